import type { BatonEvent } from "../../schema/events/catalogue";

/** A subscription that is asleep until something it shows may have changed. */
export interface Sleeper {
  workspaceId: string;
  events: string[];
  /** The conversation whose events wake; `null`: those of every conversation of the workspace. */
  conversationId: string | null;
  /** `cause` is the same for all who are woken by the same event. */
  wake(cause: string): void;
}

export interface Sleepers {
  /** Returns how to leave. */
  join(sleeper: Sleeper): () => void;
  /** Wakes everybody this event concerns; returns how many. */
  hear(event: Pick<BatonEvent, "id" | "type" | "workspaceid" | "subject">): number;
  /** After a gap in hearing: everybody looks again. */
  wakeAll(cause: string): void;
}

/** Who sleeps for what: two look-ups per event, however many sleep. */
export function createSleepers(): Sleepers {
  const byKey = new Map<string, Set<Sleeper>>();
  const keyOf = (workspaceId: string, event: string, conversationId: string | null) =>
    `${workspaceId} ${event} ${conversationId ?? "*"}`;
  return {
    join(sleeper) {
      const keys = sleeper.events.map((event) => keyOf(sleeper.workspaceId, event, sleeper.conversationId));
      for (const key of keys) {
        const there = byKey.get(key);
        if (there) there.add(sleeper);
        else byKey.set(key, new Set([sleeper]));
      }
      return () => {
        for (const key of keys) {
          const there = byKey.get(key);
          there?.delete(sleeper);
          if (there?.size === 0) byKey.delete(key);
        }
      };
    },
    hear({ id, type, workspaceid, subject }) {
      let woken = 0;
      for (const conversationId of [subject, null])
        for (const sleeper of byKey.get(keyOf(workspaceid, type, conversationId)) ?? []) {
          sleeper.wake(id);
          woken++;
        }
      return woken;
    },
    wakeAll(cause) {
      for (const sleeper of new Set([...byKey.values()].flatMap((there) => [...there]))) sleeper.wake(cause);
    },
  };
}
