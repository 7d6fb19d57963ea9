import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Log } from "../../kit/log";
import type { Outbox } from "../../kit/outbox";
import type { Settings } from "./settings";

/** What the parts of this service are made with. */
export interface Deps {
  db: DataSource;
  outbox: Outbox;
  clock: Clock;
  log: Log;
  settings: Settings;
}
