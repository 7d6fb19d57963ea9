import { z } from "zod";
import { defineProvider, type Provider } from "../../provider";
import { closeItem, openItem, type Rows } from "./desk";

/**
 * The desk built into Baton: agents see the queue in the graph, take a handover, reply, return or close. It reads the
 * conversation and the summary from the graph, so nothing is copied and no later message needs forwarding.
 */
export function createConsole({ db, now }: { db: Rows; now: () => Date }): Provider {
  return defineProvider<Record<string, never>>({
    name: "CONSOLE",
    title: "Console",
    mode: "DESK",
    capabilities: { handover: true, email: true, summary: "AUTOMATED", tags: true, handBack: true },
    config: z.object({}) as never,
    steps: {
      async conversation({ handing }) {
        await openItem(db, handing);
        return { externalId: handing.handoverId };
      },
    },
    async testConnection() {
      await db.query("select 1 from desk_item limit 1");
      return { ok: true, message: "The desk built into Baton is there." };
    },
    async close({ handing }) {
      await closeItem(db, handing.handoverId, now());
    },
  });
}
