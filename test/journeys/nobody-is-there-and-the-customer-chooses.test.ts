import { createFakeClock } from "../../kit/clock";
import { type House, startHouse } from "../support/house";

// A Sunday, noon in Berlin.
const clock = createFakeClock(new Date("2026-11-22T11:00:00Z"));
let house: House;
beforeAll(async () => {
  house = await startHouse({ clock });
}, 60_000);
afterAll(() => house?.stop());

interface Shown {
  control: string;
  handover: { id: string; status: string; unattended: boolean; expectedAt: string | null } | null;
}

test("on a Sunday the customer reads when somebody comes, goes on with the assistant, and is found by an agent", async () => {
  const shop = await house.newWorkspace();
  const desk = await house.as(shop.agent);
  await shop.service.run("mutation ($hours: OfficeHoursInput!) { setOfficeHours(hours: $hours) { timeZone } }", {
    hours: { timeZone: "Europe/Berlin", opening: [{ day: "MONDAY", from: "09:00", to: "17:00" }] },
  });
  const widget = await shop.openWidget();
  const { conversationId: id } = widget;
  const shown = async () =>
    (
      await desk.run<{ conversation: Shown }>(
        "query ($id: ID!) { conversation(id: $id) { control handover { id status unattended expectedAt } } }",
        { id },
      )
    ).conversation;
  const reads = (what: RegExp) =>
    widget.until(`reads ${what}`, ({ messages }) =>
      messages.some(({ author, text }) => author !== "CUSTOMER" && what.test(text)),
    );

  await widget.say("My lamp arrived broken. I want to talk to a person, please.");
  await reads(/somebody will be from Monday,? 23 November/);
  const waiting = await shown();
  expect(waiting).toMatchObject({
    control: "QUEUE",
    handover: { status: "WAITING", unattended: true, expectedAt: "2026-11-23T08:00:00.000Z" },
  });

  await widget.say("Go on with the assistant");
  await reads(/Your place in the queue is kept: a person will answer you here/);
  expect(await shown()).toMatchObject({
    control: "ASSISTANT",
    handover: { id: waiting.handover?.id, status: "WAITING" },
  });

  await widget.say("robni@example.com");
  await reads(/Our team can reach you at robni@example\.com/);
  await widget.say("Thank you!");
  // Whatever the assistant makes of that, it comes after what it would have made of the address.
  await widget.until("the assistant speaks", ({ messages }) => messages.some(({ author }) => author === "ASSISTANT"));
  expect(widget.messages.map(({ text }) => text).join()).not.toMatch(/could not find an answer/);
  await widget.say("I want to speak to a human.");
  await reads(/You are waiting for a person on our team again/);
  await widget.say("robin@example.com");
  await reads(/Our team can reach you at robin@example\.com/);
  expect(await shown()).toMatchObject({ control: "QUEUE", handover: { id: waiting.handover?.id, status: "WAITING" } });

  const { handoverQueue } = await desk.run<{ handoverQueue: { id: string }[] }>("{ handoverQueue { id } }");
  expect(handoverQueue).toEqual([{ id: waiting.handover?.id }]);
  await desk.run("mutation ($id: ID!) { takeHandover(handoverId: $id) { __typename } }", { id: waiting.handover?.id });
  await widget.until("the agent has it", ({ control }) => control === "AGENT");
}, 120_000);
