import type { DataSource } from "typeorm";
import type { Clock } from "../../kit/clock";
import type { Log } from "../../kit/log";
import type { Outbox } from "../../kit/outbox";
import { createSweep, type Sweep } from "../../kit/sweep";
import { newEvent } from "../../schema/events/catalogue";
import { givingWay } from "./give-way";
import { listConversations, loadConversations } from "./past-conversations";
import { publishedPolicy } from "./policy-version";
import { recordedOutcome, replayBoth } from "./replay";
import type { Replay, ReplayStatus } from "./replay.entity";
import { createTally, type Difference } from "./replay.tally";
import { tagsOf } from "./run-scenarios";

/** Conversations read at once. */
const batch = 100;
/** How often progress is told, and how long a replay waits for a process that went silent. */
const toldEveryMs = 250;
const heldSeconds = 30;

/**
 * Runs replays, one at a time in this process. The row is the work item: a replay whose process died is begun again by
 * another one, which does no harm, since nothing is written before the end.
 */
export function createReplayWorker(deps: { db: DataSource; outbox: Outbox; clock: Clock; log: Log }): Sweep {
  const { db, outbox, clock, log } = deps;
  let stopping = false;

  const sweep = createSweep({
    name: "replays",
    everyMs: 10_000,
    log,
    async run() {
      // Whoever stops takes no more: not even the one it has just let go.
      while (!stopping) {
        const replay = await take();
        if (!replay) break;
        await runOne(replay);
      }
    },
  });

  async function take(): Promise<Replay | null> {
    const [rows]: [Replay[]] = await db.query(
      `update replay set held_until = now() + interval '${heldSeconds} seconds', processed = 0
       where id = (select id from replay where status = 'RUNNING' and (held_until is null or held_until < now())
                   order by started_at limit 1 for update skip locked)
       returning id, workspace_id as "workspaceId", draft_id as "draftId", rules, settings, baseline, since, until,
         most_messages as "mostMessages"`,
    );
    return rows[0] ?? null;
  }

  async function runOne(replay: Replay): Promise<void> {
    try {
      const differences = await play(replay);
      if (differences) log.info({ replay: replay.id, changed: differences }, "replay done");
    } catch (error) {
      log.warn({ err: error, replay: replay.id }, "replay failed");
      await finish(replay, "FAILED", { error: "It stopped with an error on our side; start it again.", found: [] });
    }
  }

  /** Null: it was cancelled, or this process is stopping and another one goes on. */
  async function play(replay: Replay): Promise<number | null> {
    const { workspaceId } = replay;
    const tags = await tagsOf(db.manager, workspaceId);
    const published = await publishedPolicy(db.manager, workspaceId);
    const conversations = await listConversations(db, replay);
    const total = conversations.reduce((sum, { messages }) => sum + messages, 0);
    const tally = createTally();
    let processed = 0;
    let toldAt = Date.now();
    if (!(await tell(replay, processed, total))) return null;
    const giveWay = givingWay();
    for (let from = 0; from < conversations.length; from += batch) {
      const some = new Map(conversations.slice(from, from + batch).map(({ id, messages }) => [id, messages]));
      for (const past of await loadConversations(db, replay, [...some.keys()])) {
        const [before, after] = replayBoth(past, [published, replay], tags);
        tally.add(past.id, replay.baseline === "RECORDED" ? recordedOutcome(past) : before, after);
        processed += some.get(past.id) ?? 0;
        await giveWay();
        if (stopping) {
          await db.query("update replay set held_until = null where id = $1", [replay.id]);
          return null;
        }
        if (Date.now() - toldAt < toldEveryMs) continue;
        toldAt = Date.now();
        if (!(await tell(replay, processed, total))) return null;
      }
    }
    await finish(replay, "DONE", { result: tally.result(), found: tally.differences, processed, total });
    return tally.differences.length;
  }

  /** Keeps hold of the replay and says how far it is. False: somebody cancelled it. */
  async function tell(replay: Replay, processed: number, total: number): Promise<boolean> {
    return outbox.transaction(async (tx, say) => {
      const [rows]: [unknown[]] = await tx.query(
        `update replay set processed = $2, total = $3, held_until = now() + interval '${heldSeconds} seconds'
         where id = $1 and status = 'RUNNING' returning 1`,
        [replay.id, processed, total],
      );
      if (rows.length > 0) say(progressed(replay, "RUNNING", processed, total));
      return rows.length > 0;
    });
  }

  async function finish(
    replay: Replay,
    status: ReplayStatus,
    end: { result?: object; error?: string; found: Difference[]; processed?: number; total?: number },
  ): Promise<void> {
    const { result = null, error = null, found, processed = 0, total = 0 } = end;
    await outbox.transaction(async (tx, say) => {
      const [rows]: [unknown[]] = await tx.query(
        `update replay set status = $2, result = $3, error = $4, processed = greatest(processed, $5),
           total = greatest(total, $6), finished_at = $7, held_until = null
         where id = $1 and status = 'RUNNING' returning 1`,
        [replay.id, status, result && JSON.stringify(result), error, processed, total, clock.now()],
      );
      if (rows.length === 0) return;
      await tx.query(
        `insert into replay_change (replay_id, position, workspace_id, conversation_id, change, before, after)
         select $1, position, $2, (one->>'conversationId')::uuid, one->>'change', one->'before', one->'after'
         from jsonb_array_elements($3::jsonb) with ordinality as found(one, position)`,
        [replay.id, replay.workspaceId, JSON.stringify(found)],
      );
      say(progressed(replay, status, processed, total));
    });
  }

  return {
    start: sweep.start,
    wake: sweep.wake,
    async stop() {
      stopping = true;
      await sweep.stop();
    },
  };
}

/** Tells whoever watches the replay; its id stands where other events have the conversation's. */
export function progressed(
  replay: { id: string; workspaceId: string; draftId: string | null },
  status: ReplayStatus,
  processed: number,
  total: number,
) {
  const { id, workspaceId, draftId } = replay;
  const data = { replay: { id, draftId, status, processed, total } };
  return newEvent("replay.progressed", { workspaceId, conversationId: id, data });
}
