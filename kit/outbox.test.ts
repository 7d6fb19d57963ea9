import { randomUUID } from "node:crypto";
import { parseEvent } from "../schema/events/catalogue";
import { until } from "../test/support/stage";
import type { Bus } from "./bus";
import { createOutbox } from "./outbox";
import { type Chassis, createChassis, log, spoken } from "./test/chassis";

let chassis: Chassis;
let heard: string[];
beforeEach(async () => {
  chassis = await createChassis();
  heard = [];
  await chassis.bus.subscribe({
    group: "ear",
    topics: ["providers"],
    from: "committed",
    async onBatch(records) {
      for (const { value } of records) {
        const parsed = parseEvent(value);
        if (parsed.ok && parsed.event.type === "agent.replied") heard.push(parsed.event.data.text);
      }
    },
  });
  await chassis.db.query("create table told (text text)");
});
afterEach(() => chassis.close());
const count = async (table: string) => Number((await chassis.db.query(`select count(*) from ${table}`))[0].count);

test("what is said is heard, with the effect, and nothing stays behind", async () => {
  const outbox = await chassis.outbox();
  const answer = await outbox.transaction(async (tx, say) => {
    await tx.query("insert into told values ('hello')");
    say(spoken(randomUUID(), "hello"));
    return 42;
  });
  expect(answer).toBe(42);
  await until("it is heard", () => heard.length === 1);
  expect(await count("told")).toBe(1);
  await until("the outbox is empty", async () => (await count("outbox")) === 0);
});

test("an effect that fails says nothing", async () => {
  const outbox = await chassis.outbox();
  const failing = outbox.transaction(async (tx, say) => {
    await tx.query("insert into told values ('never')");
    say(spoken(randomUUID(), "never"));
    throw new Error("no");
  });
  await expect(failing).rejects.toThrow("no");
  await outbox.transaction(async (_tx, say) => say(spoken(randomUUID(), "after")));
  await until("the next one is heard", () => heard.length > 0);
  expect(heard).toEqual(["after"]);
  expect(await count("told")).toBe(0);
});

test("a conversation's events come in the order of its changes, whoever relays them", async () => {
  const conversations = Array.from({ length: 5 }, () => randomUUID());
  await chassis.db.query("create table conversation (id uuid primary key, sequence int not null)");
  for (const id of conversations) await chassis.db.query("insert into conversation values ($1, 0)", [id]);
  const processes = await Promise.all([chassis.outbox(), chassis.outbox({ bus: await chassis.openBus() })]);
  await Promise.all(
    conversations.flatMap((id) =>
      processes.map(async (outbox) => {
        for (let n = 0; n < 20; n++)
          await outbox.transaction(async (tx, say) => {
            const [[row]] = await tx.query(
              "update conversation set sequence = sequence + 1 where id = $1 returning sequence",
              [id],
            );
            say(spoken(id, `${id} ${row.sequence}`));
          });
      }),
    ),
  );
  await until("all are heard", () => heard.length >= 200);
  for (const id of conversations)
    expect(heard.filter((text) => text.startsWith(id))).toEqual(Array.from({ length: 40 }, (_, n) => `${id} ${n + 1}`));
});

test("while the bus is away everything is kept, in order, and goes out when it is back", async () => {
  let away = true;
  const moody: Bus = {
    ...chassis.bus,
    publish: (records) => (away ? Promise.reject(new Error("away")) : chassis.bus.publish(records)),
  };
  const outbox = await chassis.outbox({ bus: moody });
  const id = randomUUID();
  for (const text of ["one", "two", "three"]) await outbox.transaction(async (_tx, say) => say(spoken(id, text)));
  expect(await count("outbox")).toBe(3);
  away = false;
  await until("they are heard", () => heard.length === 3);
  expect(heard).toEqual(["one", "two", "three"]);
});

test("what a process said and did not live to relay goes out at the next start", async () => {
  const died = createOutbox({ service: "hearer", db: chassis.db, bus: chassis.bus, log });
  await died.transaction(async (_tx, say) => say(spoken(randomUUID(), "last words")));
  expect(heard).toEqual([]);
  await chassis.outbox();
  await until("they are heard", () => heard.includes("last words"));
});

test("stopping sends out what was said until then", async () => {
  const outbox = await chassis.outbox();
  await outbox.transaction(async (_tx, say) => say(spoken(randomUUID(), "goodbye")));
  await outbox.stop();
  expect(await count("outbox")).toBe(0);
  await until("it is heard", () => heard.includes("goodbye"));
});
