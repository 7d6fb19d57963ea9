import { AsyncLocalStorage } from "node:async_hooks";

/** One request to a desk as it was made. Nothing of it is masked yet: it is kept only after `maskPayload`. */
export interface Exchange {
  method: string;
  /** Below the desk's address, without the query. */
  path: string;
  query: Record<string, string | number | undefined>;
  /** What was sent: JSON, a form's fields, or the fields of a multipart. Headers are never recorded. */
  sent: unknown;
  /** Null while it runs, and when no answer came. */
  status: number | null;
  answered: unknown;
  requestId: string | null;
  durationMs: number | null;
  /** Keys, passwords and tokens that the request was made with. */
  secrets: string[];
}

const books = new AsyncLocalStorage<Exchange[]>();

/** Runs `work`; every request that it makes to a desk is written into `book` as it begins. */
export function recordExchanges<Result>(book: Exchange[], work: () => Promise<Result>): Promise<Result> {
  return books.run(book, work);
}

/** Notes a request that begins; the returned function notes its answer. Does nothing where nobody records. */
export function beginExchange(
  begun: Pick<Exchange, "method" | "path" | "query" | "sent" | "secrets">,
): (answer: Pick<Exchange, "status" | "answered" | "requestId">) => void {
  const book = books.getStore();
  if (!book) return () => {};
  const from = performance.now();
  const exchange: Exchange = { ...begun, status: null, answered: null, requestId: null, durationMs: null };
  book.push(exchange);
  return (answer) => {
    Object.assign(exchange, answer, { durationMs: Math.round(performance.now() - from) });
  };
}
