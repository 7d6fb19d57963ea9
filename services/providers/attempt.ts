import { isTaskCancelledError, TaskCancelledError, TimeoutStrategy, timeout } from "cockatiel";
import type { Clock } from "../../kit/clock";
import { ProviderFailure } from "./provider";

/** How one call of a provider ended. */
export type Attempt<Result> = { at: Date; durationMs: number } & (
  | { ok: true; result: Result }
  | {
      ok: false;
      error: string;
      retry: boolean;
      /** The connection's key or token was not taken. */
      access: boolean;
      afterMs: number | null;
      requestId: string | null;
      /** What was thrown, when it was no failure the contract knows. */
      unexpected: unknown;
    }
);

/** A provider whose signal was aborted has so long to tell what it knows, above all when to come back. */
const lastWordsMs = 500;

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
    const result = await timeout(timeoutMs, TimeoutStrategy.Cooperative).execute(
      (context) => Promise.race([work(context.signal), noLastWords(context.signal, timeoutMs)]),
      signal,
    );
    return { ok: true, result, at, durationMs: spent() };
  } catch (error) {
    return { ok: false, at, durationMs: spent(), ...told(error) };
  }
}

/** Rejects when the time for last words is over, too. */
function noLastWords(signal: AbortSignal, timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    const silent = () => reject(new TaskCancelledError(`no answer within ${timeoutMs} ms`));
    const listen = () => void setTimeout(silent, lastWordsMs).unref();
    if (signal.aborted) listen();
    else signal.addEventListener("abort", listen, { once: true });
  });
}

function told(error: unknown) {
  const facts = { retry: true, access: false, afterMs: null, requestId: null, unexpected: null };
  if (error instanceof ProviderFailure) {
    const { message, retry, access, afterMs, requestId } = error;
    return { error: message, retry, access, afterMs, requestId, unexpected: null };
  }
  if (isTaskCancelledError(error)) return { ...facts, error: error.message };
  // Its message may hold anything, a customer's text included: it goes to the log of the process, not to the graph.
  const code = error instanceof Error && "code" in error ? ` ${String(error.code)}` : "";
  const name = error instanceof Error ? error.name : "error";
  return { ...facts, error: `unexpected ${name}${code}`, unexpected: error };
}
