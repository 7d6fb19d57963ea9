import type { EntityManager } from "typeorm";
import { deliveryMetrics } from "./delivery.metrics";
import type { Held } from "./delivery.rows";
import type { MaskedRequest } from "./mask-payload";

type Rows = Pick<EntityManager, "query">;

/** One line of the delivery log. */
export interface AttemptLine {
  step: string;
  attempt: number;
  at: Date;
  durationMs: number;
  outcome: "DONE" | "AGAIN" | "GIVEN_UP";
  error?: string;
  requestId?: string | null;
  /** What was sent to the desk, masked. */
  requests: MaskedRequest[];
}

/** Requests kept of one attempt, and of one delivery: the newest. */
const mostOfAttempt = 20;
const mostOfDelivery = 200;

/** Writes one line of the delivery log, with the requests that it made. */
export async function logAttempt(
  rows: Rows,
  held: Pick<Held, "id" | "workspaceId" | "provider">,
  line: AttemptLine,
): Promise<void> {
  const requests = line.requests.slice(-mostOfAttempt);
  const requestId = line.requestId ?? requests.findLast((request) => request.requestId)?.requestId ?? null;
  const [{ id }]: [{ id: string }] = await rows.query(
    `insert into delivery_attempt (workspace_id, delivery_id, step, attempt, at, duration_ms, outcome, error, request_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
    [
      held.workspaceId,
      held.id,
      line.step,
      line.attempt,
      line.at,
      line.durationMs,
      line.outcome,
      line.error?.slice(0, 1000) ?? null,
      requestId,
    ],
  );
  deliveryMetrics.attempts.inc({ provider: held.provider, step: line.step, outcome: line.outcome });
  if (requests.length === 0) return;
  await rows.query(
    `insert into delivery_request (workspace_id, delivery_id, attempt_id, at, method, path, sent, status, answered, request_id, duration_ms)
     select $1, $2, $3, $4, r.method, r.path, r.sent, r.status, r.answered, r."requestId", r."durationMs"
     from rows from (jsonb_to_recordset($5::jsonb) as (method text, path text, sent text, status integer, answered text,
       "requestId" text, "durationMs" integer)) with ordinality as r
     order by r.ordinality`,
    [held.workspaceId, held.id, id, line.at, JSON.stringify(requests)],
  );
  await rows.query(
    `delete from delivery_request where delivery_id = $1
     and id <= (select id from delivery_request where delivery_id = $1 order by id desc offset $2 limit 1)`,
    [held.id, mostOfDelivery],
  );
}

/** Requests are for finding out what went wrong: after `keptMs` nobody asks any more. */
export async function forgetOldRequests(rows: Rows, now: Date, keptMs: number): Promise<void> {
  await rows.query("delete from delivery_request where at < $1", [new Date(now.getTime() - keptMs)]);
}
