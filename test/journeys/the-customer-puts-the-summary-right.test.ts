import { createGraphClient } from "../../demo/client";
import { type House, startHouse } from "../support/house";

let house: House;
beforeAll(async () => {
  house = await startHouse();
}, 60_000);
afterAll(() => house?.stop());

interface Shown {
  version: number;
  corrected: boolean;
  headline: string;
  text: string;
  brief: string;
  previous: { text: string } | null;
}
const shown = "version corrected headline text brief: rendered(format: BRIEF) previous { text }";

test("from the first secret to the brief on return: what the customer, the agent and the assistant get to read", async () => {
  const shop = await house.newWorkspace();
  const widget = await shop.openWidget();
  const id = widget.conversationId;
  const graph = createGraphClient(house.url, widget.token);
  const live: (Shown | null)[] = [];
  const looking: (() => void)[] = [];
  graph.live<{ summary: Shown | null }>(
    `subscription ($id: ID!) { summary(conversationId: $id) { ${shown} } }`,
    { id },
    ({ summary }) => {
      live.push(summary);
      for (const look of looking) look();
    },
  );
  const untilLive = (wanted: (summary: Shown | null | undefined) => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => wanted(live.at(-1)) && resolve();
      looking.push(look);
      look();
    });

  await widget.say(
    "My lamp from order 48213 is broken, my card is 4111 1111 1111 1111. Do you repair lamps made of glass?",
  );
  await widget.until("what was said", ({ messages }) => messages.length > 0);
  expect(widget.messages[0]?.text).toContain("my card is [card number]");

  const first = await graph.run<{ summarize: Shown }>(
    `mutation ($id: ID!) { summarize(conversationId: $id, throughSequence: 1) { ${shown} } }`,
    { id },
  );
  expect(first.summarize.brief).toContain("order 48213");
  const { correctSummary } = await graph.run<{ correctSummary: Shown }>(
    `mutation ($id: ID!) { correctSummary(conversationId: $id, correction: { wants: "A new glass for my lamp, no repair." }) {
       ... on Summary { ${shown} } } }`,
    { id },
  );
  expect(correctSummary).toMatchObject({ version: 2, corrected: true, previous: { text: first.summarize.text } });
  await untilLive((summary) => summary?.version === 2);

  await graph.run(`mutation ($id: ID!) { requestHandover(conversationId: $id) { __typename } }`, { id });
  await widget.until("the waiting handover", ({ handover }) => handover?.status === "WAITING");
  const desk = await shop.openDesk();
  const agent = await house.as(shop.agent);
  const { conversation } = await agent.run<{
    conversation: { messages: { text: string }[]; handover: { summary: Shown } };
  }>(`query ($id: ID!) { conversation(id: $id) { messages { text } handover { summary { ${shown} } } } }`, { id });
  expect(conversation.handover.summary.text).toContain("A new glass for my lamp, no repair.");
  expect(JSON.stringify(conversation)).not.toContain("4111");

  await desk.reply(id, "Hello, Ada here. We will send you a new glass by Friday.");
  await widget.until("the reply", ({ messages }) => messages.some(({ author }) => author === "AGENT"));
  await agent.run(`mutation ($id: ID!) { returnToAssistant(conversationId: $id) { __typename } }`, { id });
  await widget.until("the assistant's control", ({ control }) => control === "ASSISTANT");
  await widget.say("When will you send the new glass?");
  await widget.until("an answer out of what the person promised", ({ messages }) =>
    messages.some(({ author, text }) => author === "ASSISTANT" && text.includes("a new glass by Friday")),
  );
  expect(widget.control).toBe("ASSISTANT");
  await graph.close();
}, 60_000);
