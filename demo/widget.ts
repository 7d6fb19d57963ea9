import { EventEmitter, once } from "node:events";
import { createGraphClient, type GraphClient } from "./client";

export interface ShownMessage {
  id: string;
  sequence: number;
  author: "CUSTOMER" | "ASSISTANT" | "AGENT" | "SYSTEM";
  authorName: string | null;
  text: string;
}

export interface ShownHandover {
  id: string;
  status: string;
  reason: string;
  ending: string | null;
  agentName: string | null;
  summary: { text: string } | null;
}

/** What a chat widget knows: everything here came from a subscription. */
export interface Widget {
  readonly conversationId: string;
  readonly token: string;
  readonly messages: ShownMessage[];
  readonly handover: ShownHandover | null;
  readonly control: string;
  say(text: string): Promise<void>;
  acceptOffer(): Promise<void>;
  declineOffer(): Promise<void>;
  /** Waits until what is shown fits; throws after `seconds`, saying what was waited for and what is shown. */
  until(what: string, fits: (widget: Widget) => boolean, seconds?: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a conversation as a customer's widget does and follows it live. */
export async function openWidget(options: {
  url: string;
  widgetKey: string;
  channel?: "CHAT" | "TICKET";
  language?: string;
  customer?: { name?: string; email?: string };
  onMessage?: (message: ShownMessage) => void;
  onHandover?: (handover: ShownHandover) => void;
  onControl?: (control: string) => void;
}): Promise<Widget> {
  const { startConversation } = await createGraphClient(options.url).run<{
    startConversation: { token: string; conversation: { id: string } };
  }>(
    /* GraphQL */ `
      mutation Start($input: StartConversationInput!) {
        startConversation(input: $input) {
          token
          conversation {
            id
          }
        }
      }
    `,
    {
      input: {
        widgetKey: options.widgetKey,
        channel: options.channel ?? "CHAT",
        language: options.language ?? "en",
        customer: options.customer ?? {},
      },
    },
  );
  const { token } = startConversation;
  const { id } = startConversation.conversation;
  const graph = createGraphClient(options.url, token);
  const changes = new EventEmitter();
  let failure: Error | undefined;
  const shown = { messages: [] as ShownMessage[], handover: null as ShownHandover | null, control: "" };

  function ended(error?: Error): void {
    failure ??= error;
    changes.emit("changed");
  }

  // Sent anew with every connection: one that comes back goes on where the last one ended.
  const place = { id, after: 0 };
  graph.live<{ messages: ShownMessage[] }>(
    /* GraphQL */ `
      subscription Messages($id: ID!, $after: Int!) {
        messages(conversationId: $id, after: $after) {
          id
          sequence
          author
          authorName
          text
        }
      }
    `,
    place,
    ({ messages }) => {
      for (const message of messages) {
        place.after = message.sequence;
        shown.messages.push(message);
        options.onMessage?.(message);
      }
      changes.emit("changed");
    },
    ended,
  );
  graph.live<{ handover: ShownHandover | null }>(
    /* GraphQL */ `
      subscription Handover($id: ID!) {
        handover(conversationId: $id) {
          id
          status
          reason
          ending
          agentName
          summary {
            text
          }
        }
      }
    `,
    { id },
    ({ handover }) => {
      shown.handover = handover;
      if (handover) options.onHandover?.(handover);
      changes.emit("changed");
    },
    ended,
  );
  graph.live<{ conversation: { control: string } }>(
    /* GraphQL */ `
      subscription Control($id: ID!) {
        conversation(id: $id) {
          control
        }
      }
    `,
    { id },
    ({ conversation }) => {
      if (conversation.control !== shown.control) options.onControl?.(conversation.control);
      shown.control = conversation.control;
      changes.emit("changed");
    },
    ended,
  );

  let said = 0;
  const widget: Widget = {
    conversationId: id,
    token,
    get messages() {
      return shown.messages;
    },
    get handover() {
      return shown.handover;
    },
    get control() {
      return shown.control;
    },
    say: (text) => mutate(graph, postMessage, { id, text, clientMessageId: `${id}-${++said}` }, "postMessage"),
    acceptOffer: () => mutate(graph, acceptOffer, { id }, "acceptOffer"),
    declineOffer: () => mutate(graph, declineOffer, { id }, "declineOffer"),
    async until(what, fits, seconds = 15) {
      const deadline = Date.now() + seconds * 1000;
      while (!fits(widget)) {
        if (failure) throw failure;
        const left = deadline - Date.now();
        if (left <= 0) throw new Error(`waited ${seconds} s for ${what}; the widget shows ${describe(widget)}`);
        await once(changes, "changed", { signal: AbortSignal.timeout(left) }).catch(() => {});
      }
    },
    close: () => graph.close(),
  };
  await widget.until("the first answers of the subscriptions", () => shown.control !== "");
  return widget;
}

/** Runs a mutation whose result is a union with refusals; a refusal is thrown. */
export async function mutate(
  graph: GraphClient,
  document: string,
  variables: Record<string, unknown>,
  field: string,
): Promise<void> {
  const data = await graph.run<Record<string, { __typename: string; message?: string }>>(document, variables);
  const result = data[field];
  if (result && "message" in result) throw new Error(`${field} was refused: ${result.__typename}: ${result.message}`);
}

const postMessage = /* GraphQL */ `
  mutation Say($id: ID!, $text: String!, $clientMessageId: String!) {
    postMessage(conversationId: $id, text: $text, clientMessageId: $clientMessageId) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`;

const acceptOffer = /* GraphQL */ `
  mutation Accept($id: ID!) {
    acceptOffer(conversationId: $id) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`;

const declineOffer = /* GraphQL */ `
  mutation Decline($id: ID!) {
    declineOffer(conversationId: $id) {
      __typename
      ... on Refusal {
        message
      }
    }
  }
`;

function describe(widget: Widget): string {
  const last = widget.messages.at(-1);
  return [
    `control ${widget.control || "unknown"}`,
    widget.handover ? `handover ${widget.handover.status} (${widget.handover.reason})` : "no handover",
    last ? `last message ${last.author}: ${JSON.stringify(last.text.slice(0, 120))}` : "no message",
  ].join(", ");
}
