import type { Clock } from "../../kit/clock";
import type { Held } from "./delivery.rows";
import type { Standing } from "./next-move";
import type { Provider } from "./provider";
import type { Settings } from "./settings";
import { waitsUntil } from "./unclaimed";

/** Of a held delivery, what its next move depends on. */
export function standingOf(
  held: Held,
  provider: Pick<Provider, "forwardMessage">,
  { settings, clock }: { settings: Pick<Settings, "patience">; clock: Clock },
): Standing {
  const until = waitsUntil(held, settings);
  return {
    unclaimed: until !== null && until <= clock.now(),
    status: held.status,
    receipts: held.receipts,
    hasSummary: held.summary !== null,
    over: held.over,
    elsewhere: held.elsewhere,
    tidied: held.tidied,
    unsure: held.unsureSince !== null,
    hasMessage: held.message !== null && provider.forwardMessage !== undefined,
  };
}
