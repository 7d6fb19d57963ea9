import { createGraphClient, type GraphClient } from "../../demo/client";
import { type House, startHouse } from "../support/house";
import { until } from "../support/stage";

let house: House;
beforeAll(async () => {
  house = await startHouse();
}, 60_000);
afterAll(() => house?.stop());

/** The answers of a subscription, as they come; fails well before the gateway looks again unwoken. */
function watch<Data>(client: GraphClient, document: string, id: string) {
  const answers: Data[] = [];
  client.live<Data>(document, { id }, (data) => void answers.push(data));
  return (what: string, fits: (data: Data) => boolean) =>
    until(what, () => answers.length > 0 && fits(answers.at(-1) as Data));
}

test("a live handover shows who has control, also when only that changes", async () => {
  const shop = await house.newWorkspace();
  const { conversationId: id } = await shop.openWidget();
  const shows = watch<{ handover: { status: string; conversation: { control: string } } | null }>(
    shop.service,
    "subscription ($id: ID!) { handover(conversationId: $id) { status conversation { control } } }",
    id,
  );
  const says = (status: string, control: string) =>
    shows(`${status} with ${control}`, ({ handover }) => {
      return handover?.status === status && handover.conversation.control === control;
    });
  await shows("no handover", ({ handover }) => handover === null);
  await shop.service.run("mutation ($id: ID!) { requestHandover(conversationId: $id) { __typename } }", { id });
  await says("WAITING", "QUEUE");
  await shop.service.run("mutation ($id: ID!) { keepTalking(conversationId: $id) { __typename } }", { id });
  await says("WAITING", "ASSISTANT");
  await shop.service.run("mutation ($id: ID!) { requestHandover(conversationId: $id) { __typename } }", { id });
  await says("WAITING", "QUEUE");
});

test("the desk's live queue shows the summary as the customer puts it right, and who has control", async () => {
  const shop = await house.newWorkspace();
  const widget = await shop.openWidget();
  const { conversationId: id } = widget;
  const shows = watch<{ handoverQueue: { summary: { text: string } | null; conversation: { control: string } }[] }>(
    await house.as(shop.agent),
    "subscription { handoverQueue { summary { text } conversation { control } } }",
    id,
  );
  await widget.say("My lamp Nora arrived broken. I want to talk to a person.");
  const first = (what: string, fits: (text: string, control: string) => boolean) =>
    shows(what, ({ handoverQueue: [one] }) => fits(one?.summary?.text ?? "", one?.conversation.control ?? ""));
  await first("the summary", (text, control) => text.includes("Nora") && control === "QUEUE");
  await widget.until("the handover to wait", ({ handover }) => handover?.status === "WAITING");
  await shop.service.run("mutation ($id: ID!) { keepTalking(conversationId: $id) { __typename } }", { id });
  await first("the assistant in control", (_text, control) => control === "ASSISTANT");
  const customer = createGraphClient(house.url, widget.token);
  const correct =
    "mutation ($id: ID!, $correction: SummaryCorrection!) { correctSummary(conversationId: $id, correction: $correction) { __typename } }";
  await customer.run(correct, { id, correction: { headline: "The lamp Olga arrived broken" } });
  await first("the corrected summary", (text) => text.includes("Olga"));
});

test("a live conversation shows the message an assistant of one's own is to answer, and that it has", async () => {
  const shop = await house.newWorkspace();
  await shop.service.run("mutation { updateWorkspace(assistantMode: EXTERNAL) { id } }");
  const { conversationId: id, say } = await shop.openWidget();
  const shows = watch<{ conversation: { awaitedMessage: { id: string; text: string } | null } }>(
    shop.service,
    "subscription ($id: ID!) { conversation(id: $id) { awaitedMessage { id text } } }",
    id,
  );
  let asked = "";
  await shows("nothing awaited", ({ conversation }) => conversation.awaitedMessage === null);
  await say("Which bulb fits the lamp Nora?");
  await shows("the question awaited", ({ conversation: { awaitedMessage } }) => {
    asked = awaitedMessage?.id ?? "";
    return awaitedMessage?.text === "Which bulb fits the lamp Nora?";
  });
  await shop.service.run(
    `mutation ($id: ID!, $asked: ID!) {
      postAssistantMessage(conversationId: $id, inReplyTo: $asked, epoch: 0, answered: true, text: "The E14.") { __typename }
    }`,
    { id, asked },
  );
  await shows("nothing awaited", ({ conversation }) => conversation.awaitedMessage === null);
});
