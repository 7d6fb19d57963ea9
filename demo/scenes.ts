import type { Desk } from "./desk";
import type { Widget } from "./widget";

/** One conversation of the demo: what it shows, and the play itself, which throws when its end is not reached. */
export interface Scene {
  title: string;
  play(widget: Widget, desk: Desk): Promise<void>;
}

const status =
  (...wanted: string[]) =>
  ({ handover }: Widget) =>
    handover !== null && wanted.includes(handover.status);
const assistantSpoke = (count: number) => (widget: Widget) => by(widget, "ASSISTANT").length >= count;

function by(widget: Widget, author: string) {
  return widget.messages.filter((message) => message.author === author);
}

/** Says something and waits for the assistant's next message. */
async function ask(widget: Widget, text: string): Promise<void> {
  const before = by(widget, "ASSISTANT").length;
  await widget.say(text);
  await widget.until("the assistant's answer", assistantSpoke(before + 1));
}

/** The part every handover shares: it waits with a summary, an agent takes it, answers, and the widget shows it. */
async function agentHelps(widget: Widget, desk: Desk, reason: string, text: string): Promise<void> {
  await widget.until("the handover to wait at the desk", status("WAITING"));
  if (widget.handover?.reason !== reason)
    throw new Error(`the handover's reason should be ${reason}, it is ${widget.handover?.reason}`);
  await widget.until("the summary", ({ handover }) => Boolean(handover?.summary?.text));
  await desk.take(widget.conversationId);
  await widget.until(
    "an agent in control",
    ({ control, handover }) => control === "AGENT" && handover?.status === "ACTIVE",
  );
  await desk.reply(widget.conversationId, text);
  await widget.until("the agent's reply", (shown) => by(shown, "AGENT").some((message) => message.text === text));
}

async function backToAssistant(widget: Widget, desk: Desk, note: string): Promise<void> {
  const told = by(widget, "SYSTEM").length;
  await desk.giveBack(widget.conversationId, note);
  // What the customer is told comes over a subscription of its own: without waiting, it is shown after the end.
  await widget.until(
    "the assistant back in control, and the customer told so",
    (shown) => shown.control === "ASSISTANT" && shown.handover?.status === "ENDED" && by(shown, "SYSTEM").length > told,
  );
}

/** The five conversations of the demo, over the invented shop Lumen & Loom. */
export const scenes: Scene[] = [
  {
    title: "A customer asks for a person",
    async play(widget, desk) {
      await ask(widget, "How long does delivery take?");
      await widget.say("Thanks, but can I talk to a real person please?");
      await agentHelps(widget, desk, "CUSTOMER_REQUEST", "Hello, Ada here. Of course - what can I do for you?");
      await widget.say("My parcel should go to my office instead.");
      await desk.reply(widget.conversationId, "Done: it goes to your office now.");
      await widget.until("the agent's second reply", (shown) => by(shown, "AGENT").length === 2);
      await backToAssistant(widget, desk, "Delivery address changed to the office.");
      await ask(widget, "Can I return a lamp I have used?");
    },
  },
  {
    title: "A customer is frustrated after two failed answers",
    async play(widget, desk) {
      await ask(widget, "Do you rewire antique chandeliers from the 1920s?");
      await widget.until("an offer", status("OFFERED"));
      await widget.declineOffer();
      await widget.until("the offer declined", status("DECLINED"));
      await ask(widget, "Which museum would appraise my grandmother's chandelier?");
      await widget.say("This is useless, you are not helping me at all!");
      await agentHelps(widget, desk, "FRUSTRATION", "I am sorry about that. Let me ask our workshop for you.");
      await backToAssistant(widget, desk, "Asked the workshop; they will write an e-mail.");
    },
  },
  {
    title: "A question that cannot be answered: offered, accepted",
    async play(widget, desk) {
      await ask(widget, "Will you match the price of a lamp I saw in another shop?");
      await widget.until("an offer", status("OFFERED"));
      await widget.acceptOffer();
      await agentHelps(widget, desk, "CANNOT_ANSWER", "We can take 10 % off for you. The code is in your e-mail.");
      await desk.closeConversation(widget.conversationId);
      await widget.until(
        "the conversation closed",
        ({ control, handover }) => control === "NONE" && handover?.status === "ENDED",
      );
    },
  },
  {
    title: "A guidance rule: product safety goes to a person",
    async play(widget, desk) {
      await ask(widget, "How do I wash linen curtains?");
      await widget.say("The lamp I bought gets so hot that it smells of burning.");
      await agentHelps(
        widget,
        desk,
        "GUIDANCE_RULE",
        "Please unplug it at once. A new one is on its way to you today.",
      );
      await backToAssistant(widget, desk, "Lamp unplugged, replacement sent.");
    },
  },
  {
    title: "A blocked tag: wholesale goes to a person before the assistant says anything",
    async play(widget, desk) {
      await widget.say("I want to order 200 lamps for our hotel, what is the trade price?");
      await agentHelps(widget, desk, "BLOCKED_TAG", "Good morning! For 200 lamps I can offer you 22 % off.");
      if (by(widget, "ASSISTANT").length > 0) throw new Error("the assistant answered a blocked topic");
      await backToAssistant(widget, desk, "Offer for 200 lamps sent.");
    },
  },
];
