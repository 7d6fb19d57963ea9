import type { Held } from "./delivery.rows";
import type { Standing } from "./next-move";
import type { Provider } from "./provider";

/** Of a held delivery, what its next move depends on. */
export function standingOf(held: Held, provider: Pick<Provider, "forwardMessage">): Standing {
  return {
    status: held.status,
    receipts: held.receipts,
    hasSummary: held.summary !== null,
    over: held.over,
    elsewhere: held.elsewhere,
    tidied: held.tidied,
    hasMessage: held.message !== null && provider.forwardMessage !== undefined,
  };
}
