import { type Stage, until } from "../../../test/support/stage";
import { createFailingProvider, type FailingProvider } from "../provider.failing";
import { type AHandover, aHandover, connect, deskConfig, openStage } from "./scene";

let on: Stage;
const desk = createFailingProvider("INTERCOM");
const freshchat = createFailingProvider("FRESHCHAT");
const withoutEmail = { ...freshchat.provider, capabilities: { ...freshchat.provider.capabilities, email: false } };
beforeAll(async () => {
  on = await openStage({ providers: [desk.provider, withoutEmail] });
});
afterAll(() => on.close());

async function waiting(provider: "INTERCOM" | "FRESHCHAT" = "INTERCOM"): Promise<AHandover> {
  const handover = aHandover();
  await connect(on, handover, provider, deskConfig);
  await on.hear(handover.requested, handover.summarized);
  await on.said("handover.delivered", handover.conversationId);
  return handover;
}

/** What followed the handover into the desk, once something that is said last has. */
async function followed(handover: AHandover, at: FailingProvider = desk): Promise<string[] | undefined> {
  await on.hear(handover.wrote(99, "the last word"));
  const messages = () => at.items.get(handover.handoverId)?.messages;
  await until("the last word is there", () => messages()?.includes("the last word"));
  return messages()?.filter((text) => text !== "the last word");
}

test("an address that the customer leaves while they wait follows into the desk, once", async () => {
  const handover = await waiting();
  await on.hear(handover.identified("robin@example.com"));
  await on.hear(handover.identified("robin@example.com", "Robin"));
  expect(await followed(handover)).toEqual(["The customer's e-mail address: robin@example.com"]);
});

test("one that was typed as a message, or that the desk had from the beginning, is not told again", async () => {
  const handover = await waiting();
  await on.hear(handover.wrote(9, "robin@example.com"), handover.identified("robin@example.com"));
  expect(await followed(handover)).toEqual(["robin@example.com"]);

  const known = await waiting();
  await on.hear(known.identified(known.requested.data.conversation.customer.email, "Mia"));
  expect(await followed(known)).toEqual([]);
});

test("of an address that is changed and changed back, the desk reads the last one last", async () => {
  const handover = await waiting();
  for (const email of ["robin@example.com", "robin@example.org", "robin@example.com"])
    await on.hear(handover.identified(email));
  await on.hear(handover.identified("robin@example.com", "Robin"));
  expect(await followed(handover)).toEqual(
    ["robin@example.com", "robin@example.org", "robin@example.com"].map(
      (email) => `The customer's e-mail address: ${email}`,
    ),
  );

  const known = await waiting();
  const email = known.requested.data.conversation.customer.email ?? "";
  await on.hear(known.identified("robin@example.org"), known.identified(email));
  expect(await followed(known)).toEqual([
    "The customer's e-mail address: robin@example.org",
    `The customer's e-mail address: ${email}`,
  ]);
});

test("a desk that is not to have addresses gets none, and a handover that is over takes none along", async () => {
  const handover = await waiting("FRESHCHAT");
  await on.hear(handover.identified("robin@example.com"));
  expect(await followed(handover, freshchat)).toEqual([]);

  const over = await waiting();
  await on.hear(over.changed("ENDED", null, "WAITING"));
  await on.hear(over.identified("robin@example.com"));
  expect(desk.items.get(over.handoverId)?.messages).toEqual([]);
});
