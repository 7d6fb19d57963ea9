import { createGraphClient } from "../../demo/client";
import type { Model, ModelOutcome } from "../../kit/model";
import { type House, startHouse } from "../support/house";

/** A model that writes the first of two sentences and waits; everything but answers it leaves to the rules. */
function slowModel() {
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const first = { text: "You can return a lamp within 30 days.", passages: [1] };
  const second = { text: "The parcel back is free.", passages: [1] };
  const model: Model = {
    name: "slow",
    async ask(request) {
      if (!request.prompt.startsWith("answer/"))
        return { ok: false, failure: "UNAVAILABLE", detail: "not asked in this test", model: "slow" };
      request.onText?.(`{"answered":true,"sentences":[${JSON.stringify(first)},{"te`);
      await gate;
      const answer = { answered: true, sentences: [first, second] };
      return { ok: true, answer, model: "slow" } as ModelOutcome<never>;
    },
  };
  return { model, first, second, go: () => go() };
}

const { model, first, second, go } = slowModel();
let house: House;

beforeAll(async () => {
  house = await startHouse({ model });
}, 60_000);
afterAll(() => house?.stop());

test("a widget sees an answer grow, and nothing of it once an agent has taken over", async () => {
  const shop = await house.newWorkspace();
  await shop.service.run("mutation ($d: [DocumentInput!]!) { importArticles(documents: $d) { created } }", {
    d: [
      {
        name: "returns.md",
        format: "MARKDOWN",
        content: "# Returns\n\nA lamp can be returned within 30 days. The parcel back is free.",
      },
    ],
  });
  const open = async () => {
    const widget = await shop.openWidget();
    const shown: (string | null)[] = [];
    const seen: (() => void)[] = [];
    const live = createGraphClient(house.url, widget.token);
    live.live<{ conversation: { answerDelta: { text: string } | null } }>(
      "subscription ($id: ID!) { conversation(id: $id) { answerDelta { text } } }",
      { id: widget.conversationId },
      ({ conversation }) => {
        shown.push(conversation.answerDelta?.text ?? null);
        for (const look of seen) look();
      },
    );
    const until = (wanted: (shown: (string | null)[]) => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => wanted(shown) && resolve();
        seen.push(look);
        look();
      });
    return { widget, shown, until, close: () => live.close() };
  };
  const [anna, ben] = await Promise.all([open(), open()]);
  for (const { widget } of [anna, ben]) await widget.say("Can I return a lamp?");
  for (const { until } of [anna, ben]) await until((shown) => shown.includes(first.text));

  const desk = await shop.openDesk();
  await desk.reply(ben.widget.conversationId, "Hello, Ada here.");
  await ben.until((shown) => shown.at(-1) === null);

  go();
  await anna.widget.until("the answer", ({ messages }) => messages.some(({ author }) => author === "ASSISTANT"));
  expect(anna.widget.messages.at(-1)?.text).toBe(`${first.text} ${second.text}`);
  await anna.until((shown) => shown.at(-1) === null);
  expect(new Set(anna.shown)).toEqual(new Set([null, first.text]));
  expect(ben.widget.messages.some(({ author }) => author === "ASSISTANT")).toBe(false);
  await Promise.all([anna.close(), ben.close()]);
}, 60_000);
