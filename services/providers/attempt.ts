import { isTaskCancelledError, TimeoutStrategy, timeout } from "cockatiel";
import type { Clock } from "../../kit/clock";
import { ProviderFailure } from "./provider";

/** How one call of a provider ended. */
export type Attempt<Result> = { at: Date; durationMs: number } & (
  | { ok: true; result: Result }
  | {
      ok: false;
      error: string;
      retry: boolean;
      afterMs: number | null;
      requestId: string | null;
      /** What was thrown, when it was no failure the contract knows. */
      unexpected: unknown;
    }
);

/**
 * Calls a provider within `timeoutMs`. Never throws. A provider that ignores its signal is not waited for: it may
 * still take effect, which the contract's idempotency provides for.
 */
export async function attempt<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  { timeoutMs, signal, clock }: { timeoutMs: number; signal: AbortSignal; clock: Clock },
): Promise<Attempt<Result>> {
  const at = clock.now();
  const begun = performance.now();
  const spent = () => Math.round(performance.now() - begun);
  try {
    const result = await timeout(timeoutMs, TimeoutStrategy.Aggressive).execute(
      (context) => work(context.signal),
      signal,
    );
    return { ok: true, result, at, durationMs: spent() };
  } catch (error) {
    return { ok: false, at, durationMs: spent(), ...told(error, timeoutMs) };
  }
}

function told(error: unknown, timeoutMs: number) {
  const facts = { retry: true, afterMs: null, requestId: null, unexpected: null };
  if (error instanceof ProviderFailure) {
    const { message, retry, afterMs, requestId } = error;
    return { error: message, retry, afterMs, requestId, unexpected: null };
  }
  if (isTaskCancelledError(error)) return { ...facts, error: `no answer within ${timeoutMs} ms` };
  // Its message may hold anything, a customer's text included: it goes to the log of the process, not to the graph.
  const code = error instanceof Error && "code" in error ? ` ${String(error.code)}` : "";
  const name = error instanceof Error ? error.name : "error";
  return { ...facts, error: `unexpected ${name}${code}`, unexpected: error };
}
