import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import { type Stage, stage } from "../../../test/support/stage";
import { createPolicy, policyTables } from "../service";
import { story } from "./story";

let on: Stage;
beforeAll(async () => {
  on = await stage("policy", policyTables, (parts) =>
    createPolicy({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null }),
  );
});
afterAll(() => on.close());

test("a wish for a person from before the hand-back counts no more, a new one does", async () => {
  const told = story(on);
  const first = await told.say("I want to talk to a person about my order 4711, it arrived broken");
  expect(first.assessment).toMatchObject({ decision: "HANDOVER", reason: "CUSTOMER_REQUEST" });
  await told.control("QUEUE");
  await told.post("CUSTOMER", "hello? I want a person!! this is ridiculous");
  await told.control("AGENT");
  await told.post("AGENT", "I am Ines. A new lamp is on its way.");
  await told.post("CUSTOMER", "thank you Ines");
  await told.control("ASSISTANT");
  const next = await told.say("What are your opening hours?");
  expect(next.assessment).toMatchObject({ decision: "CONTINUE", reason: null });
  const again = await told.say("I want to talk to a person about my order 4711 again");
  expect(again.assessment).toMatchObject({ decision: "HANDOVER", reason: "CUSTOMER_REQUEST" });
});
