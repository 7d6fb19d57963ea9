import { randomUUID } from "node:crypto";
import { until } from "../../../test/support/stage";
import { textsFor } from "../texts";
import { type ConversationsStage, openStage } from "./scene";

let set: ConversationsStage;
beforeAll(async () => {
  set = await openStage();
});
afterAll(() => set.close());

const en = textsFor("en");

describe("an offer", () => {
  async function offered(reason: "CANNOT_ANSWER" | "FRUSTRATION" = "CANNOT_ANSWER", input = {}) {
    const talk = await set.talk({ input });
    const message = await talk.say("Do you sell moon dust?");
    await set.hear(await talk.answerAssessed(message, "OFFER", { answered: false, text: "", reason }));
    return { talk, message };
  }

  test("is said in words and stands open, with control still the assistant's", async () => {
    const { talk } = await offered();
    const shown = await talk.shown();
    expect(shown).toMatchObject({ control: "ASSISTANT", handover: { status: "OFFERED", reason: "CANNOT_ANSWER" } });
    expect(shown.messages.at(-1)).toMatchObject({
      author: "ASSISTANT",
      answered: false,
      text: expect.stringContaining(en.talkToAPerson),
    });
  });

  test("in a widget with a button it does not ask to type", async () => {
    const { talk } = await offered("CANNOT_ANSWER", { offersAsButton: true });
    expect((await talk.shown()).messages.at(-1)?.text).toBe(`${en.cannotAnswer} ${en.offerWithButton}`);
  });

  test("accepted becomes the request itself, with its own reason and the message that led to it", async () => {
    const { talk, message } = await offered("FRUSTRATION");
    const offer = (await talk.shown()).handover;
    expect(await talk.do(talk.customer, "acceptOffer")).toMatchObject({
      __typename: "Handover",
      id: offer?.id,
      status: "REQUESTED",
      reason: "FRUSTRATION",
    });
    const [requested] = await talk.toldOf("handover.requested");
    expect(requested?.data.handover).toMatchObject({ id: offer?.id, messageId: message });
    expect(await talk.do(talk.customer, "acceptOffer")).toMatchObject({ __typename: "AlreadyHandedOver" });
    expect((await talk.shown()).handovers).toHaveLength(1);
  });

  test.each(["Talk to a person", "talk to a PERSON!", "mit einem menschen sprechen."])(
    "%j accepts it",
    async (words) => {
      const { talk } = await offered();
      await talk.say(words);
      expect(await talk.shown()).toMatchObject({
        control: "QUEUE",
        handover: { status: "REQUESTED", reason: "CANNOT_ANSWER" },
      });
    },
  );

  test("those words without an offer are left to policy", async () => {
    const talk = await set.talk();
    await talk.say("Talk to a person");
    expect(await talk.shown()).toMatchObject({ control: "ASSISTANT", handover: null });
  });

  test("another message leaves it open, and another offer does not make a second one", async () => {
    const { talk } = await offered();
    const message = await talk.say("And star dust?");
    await set.hear(await talk.answerAssessed(message, "OFFER", { answered: false, reason: "CANNOT_ANSWER" }));
    const { handovers, messages } = await talk.shown();
    expect(handovers).toMatchObject([{ status: "OFFERED" }]);
    expect(messages.filter(({ author }) => author === "ASSISTANT")).toHaveLength(2);
  });

  test("declined while the next answer is on its way to the customer is not made again either", async () => {
    const { talk } = await offered();
    const message = await talk.say("And star dust?");
    const assessed = await talk.answerAssessed(message, "OFFER", { answered: false, reason: "CANNOT_ANSWER" });
    const held = set.db.createQueryRunner();
    await held.connect();
    await held.startTransaction();
    await held.query("select from conversation where id = $1 for update", [talk.id]);
    const heard = set.hear(assessed);
    await until("the answer to wait for the customer's click", async () => {
      const [{ waiting }] = await set.db.query(
        "select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return waiting > 0;
    });
    await held.query("update handover set status = 'DECLINED', ended_at = now() where conversation_id = $1", [talk.id]);
    await held.commitTransaction();
    await held.release();
    await heard;
    const { handovers, messages } = await talk.shown();
    expect(handovers).toMatchObject([{ status: "DECLINED" }]);
    expect(messages.at(-1)).toMatchObject({ author: "ASSISTANT", text: en.cannotAnswer });
  });

  test("declined is not made again for the same reason, but for another", async () => {
    const { talk } = await offered();
    expect(await talk.do(talk.customer, "declineOffer")).toMatchObject({ __typename: "Handover", status: "DECLINED" });
    expect(await talk.do(talk.customer, "declineOffer")).toMatchObject({ __typename: "NoOffer" });
    expect(await talk.do(talk.customer, "acceptOffer")).toMatchObject({ __typename: "NoOffer" });

    const second = await talk.say("And star dust?");
    await set.hear(await talk.answerAssessed(second, "OFFER", { answered: false, reason: "CANNOT_ANSWER" }));
    const after = await talk.shown();
    expect(after.handovers).toMatchObject([{ status: "DECLINED" }]);
    expect(after.messages.at(-1)).toMatchObject({ author: "ASSISTANT", text: en.cannotAnswer, answered: false });

    const third = await talk.say("You are useless");
    await set.hear(await talk.assessed(third, "OFFER", "FRUSTRATION"));
    expect((await talk.shown()).handovers).toMatchObject([{ status: "DECLINED" }, { status: "OFFERED" }]);
  });

  test("gives way to policy's handover, which takes it over for its own reason", async () => {
    const { talk } = await offered();
    const message = await talk.say("I want a human now");
    await set.hear(await talk.assessed(message, "HANDOVER", "CUSTOMER_REQUEST"));
    expect((await talk.shown()).handovers).toMatchObject([{ status: "REQUESTED", reason: "CUSTOMER_REQUEST" }]);
  });

  test("is cancelled when the conversation closes", async () => {
    const { talk } = await offered();
    await talk.do(talk.customer, "closeConversation");
    expect(await talk.shown()).toMatchObject({ control: "NONE", handover: { status: "CANCELLED", ending: null } });
  });
});

test("a bare request is asked back once, as the assistant", async () => {
  const talk = await set.talk({ input: { language: "de" } });
  const message = await talk.say("Mensch!");
  const assessed = await talk.assessed(message, "CLARIFY", "CUSTOMER_REQUEST");
  await set.hear(assessed, { ...assessed, id: randomUUID() });
  expect((await talk.shown()).messages).toMatchObject([
    { author: "CUSTOMER" },
    { author: "ASSISTANT", text: textsFor("de").clarify, answered: null },
  ]);
});

test("a silent handover on a ticket shows nothing of what could not be answered", async () => {
  const talk = await set.talk({ input: { channel: "TICKET" } });
  const message = await talk.say("Do you sell moon dust?");
  await set.hear(
    await talk.answerAssessed(message, "HANDOVER", { answered: false, text: "", reason: "CANNOT_ANSWER" }),
  );
  const shown = await talk.shown();
  expect(shown).toMatchObject({ control: "QUEUE", handover: { reason: "CANNOT_ANSWER" } });
  expect(shown.messages.map(({ author }) => author)).toEqual(["CUSTOMER", "SYSTEM"]);
});
