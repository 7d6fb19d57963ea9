import { createGraphClient } from "./client";
import { mutate } from "./widget";

/** An agent at the console, the desk built into Baton: works through the public graph only. */
export interface Desk {
  /** Waits until the conversation's handover stands in the queue, then takes it. */
  take(conversationId: string, seconds?: number): Promise<void>;
  reply(conversationId: string, text: string): Promise<void>;
  giveBack(conversationId: string, note: string): Promise<void>;
  closeConversation(conversationId: string): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  id: string;
  status: string;
  conversation: { id: string };
}

/** @param token an agent's, from `npm run token -- agent` */
export function openDesk(options: { url: string; token: string }): Desk {
  const graph = createGraphClient(options.url, options.token);
  return {
    async take(conversationId, seconds = 15) {
      const handoverId = await new Promise<string>((resolve, reject) => {
        let stop = () => {};
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`waited ${seconds} s for the handover in the queue`));
        }, seconds * 1000);
        stop = graph.live<{ handoverQueue: Waiting[] }>(
          /* GraphQL */ `
            subscription Queue {
              handoverQueue {
                id
                status
                conversation {
                  id
                }
              }
            }
          `,
          {},
          ({ handoverQueue }) => {
            const mine = handoverQueue.find((handover) => handover.conversation.id === conversationId);
            if (!mine) return;
            clearTimeout(timer);
            stop();
            resolve(mine.id);
          },
          (error) => {
            if (!error) return;
            clearTimeout(timer);
            reject(error);
          },
        );
      });
      await mutate(graph, take, { handoverId }, "takeHandover");
    },
    reply: (conversationId, text) =>
      mutate(graph, reply, { conversationId, text, clientMessageId: crypto.randomUUID() }, "replyAsAgent"),
    giveBack: (conversationId, note) => mutate(graph, giveBack, { conversationId, note }, "returnToAssistant"),
    closeConversation: (conversationId) => mutate(graph, end, { conversationId }, "closeConversation"),
    close: () => graph.close(),
  };
}

const take = /* GraphQL */ `
  mutation Take($handoverId: ID!) {
    takeHandover(handoverId: $handoverId) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`;

const reply = /* GraphQL */ `
  mutation Reply($conversationId: ID!, $text: String!, $clientMessageId: String!) {
    replyAsAgent(conversationId: $conversationId, text: $text, clientMessageId: $clientMessageId) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`;

const giveBack = /* GraphQL */ `
  mutation GiveBack($conversationId: ID!, $note: String) {
    returnToAssistant(conversationId: $conversationId, note: $note) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`;

const end = /* GraphQL */ `
  mutation Close($conversationId: ID!) {
    closeConversation(conversationId: $conversationId) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`;
