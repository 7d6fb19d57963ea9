import type { ProviderName } from "../../schema/words";
import { type Provider, ProviderFailure } from "./provider";

/** A provider whose folder is gone takes nothing more; what it would have been given goes to the next desk. */
export function missingProvider(name: ProviderName): Provider {
  const gone = async () => {
    throw new ProviderFailure(`${name} is not part of this installation`, { retry: false });
  };
  return {
    name,
    title: name,
    mode: "DESK",
    capabilities: { handover: false, email: false, summary: "AUTOMATED", tags: false, handBack: false },
    config: null as never,
    steps: { conversation: gone },
    testConnection: gone,
  };
}
