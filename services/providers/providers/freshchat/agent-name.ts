import { ProviderFailure } from "../../provider";
import type { DeskHttp } from "../../provider.http";
import { agentsOf } from "./api";

const keptMs = 600_000;
const kept = new Map<string, { until: number; names: Map<string, string> }>();

/** An agent's name, for calls hold ids only; looked up again after ten minutes. Empty when it cannot be found. */
export async function agentName(api: DeskHttp, connectionId: string, id: string, signal: AbortSignal): Promise<string> {
  const known = kept.get(connectionId);
  const name = known && known.until > Date.now() ? known.names.get(id) : undefined;
  if (name !== undefined) return name;
  try {
    const { items } = await agentsOf(api, signal);
    const names = new Map(items.map((one) => [one.id, [one.first_name, one.last_name].filter(Boolean).join(" ")]));
    kept.set(connectionId, { until: Date.now() + keptMs, names });
    return names.get(id) ?? "";
  } catch (error) {
    // What the agent wrote matters more than who it was; what may work later is tried again with the whole call.
    if (error instanceof ProviderFailure && !error.retry) return "";
    throw error;
  }
}
