import { type Logger, pino } from "pino";

export type Log = Logger;

/** One JSON line per entry on standard error, so that standard output stays for people. */
export function createLog(service: string, level = "info"): Log {
  return pino(
    { name: service, level, redact: ["token", "*.token", "authorization", "*.authorization"] },
    pino.destination({ fd: 2, sync: false }),
  );
}

/** Says nothing: for tests. */
export function createSilentLog(): Log {
  return pino({ level: "silent" });
}
