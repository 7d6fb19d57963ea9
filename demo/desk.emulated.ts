import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "../services/providers/emulators/emulator";
import { createGraphClient } from "./client";
import type { Desk } from "./desk";
import { openDesk } from "./desk";

const agentName = "Ada";

/**
 * An agent at an emulated help desk: takes, answers and gives back there, as a person at the real one would. Closing a
 * whole conversation, and giving back at a desk without means of its own, is done with Baton's buttons.
 *
 * @param options.token an agent's
 */
export function openEmulatedDesk(options: { url: string; token: string; emulator: Emulator }): Desk {
  const { emulator } = options;
  const graph = createGraphClient(options.url, options.token);
  const buttons = openDesk(options);
  const carried = new Map<string, string>();

  async function itemOf(conversationId: string, seconds: number): Promise<string> {
    const known = carried.get(conversationId);
    if (known) return known;
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const { conversation } = await graph.run<Asked>(deliveries, { conversationId });
      const found = conversation?.handover?.deliveries.find(
        ({ provider, status }) => provider === emulator.name && status === "DELIVERED",
      );
      if (found?.externalId) {
        carried.set(conversationId, found.externalId);
        return found.externalId;
      }
      if (Date.now() > deadline) throw new Error(`waited ${seconds} s for the handover at ${emulator.title}`);
      await pause(50);
    }
  }

  return {
    async take(conversationId, seconds = 15) {
      await emulator.agent.take(await itemOf(conversationId, seconds), agentName);
    },
    async reply(conversationId, text) {
      await emulator.agent.reply(await itemOf(conversationId, 1), agentName, text);
    },
    async giveBack(conversationId, note) {
      const item = await itemOf(conversationId, 1);
      // The next handover of the conversation is another item.
      carried.delete(conversationId);
      if (!emulator.agent.giveBack) return buttons.giveBack(conversationId, note);
      await emulator.agent.note(item, agentName, note);
      await emulator.agent.giveBack(item, agentName);
    },
    closeConversation: (conversationId) => buttons.closeConversation(conversationId),
    async close() {
      await Promise.all([graph.close(), buttons.close()]);
    },
  };
}

interface Asked {
  conversation: {
    handover: { deliveries: { provider: string; status: string; externalId: string | null }[] } | null;
  } | null;
}

const deliveries = /* GraphQL */ `
  query Deliveries($conversationId: ID!) {
    conversation(id: $conversationId) {
      handover {
        deliveries {
          provider
          status
          externalId
        }
      }
    }
  }
`;
