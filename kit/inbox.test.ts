import { randomUUID } from "node:crypto";
import { until } from "../test/support/stage";
import { deadLetterTopic, listDeadLetters, redriveDeadLetters } from "./dead-letters";
import { LeaseLost } from "./inbox";
import { type Chassis, createChassis, publish, spoken } from "./test/chassis";

let chassis: Chassis;
beforeEach(async () => {
  chassis = await createChassis();
  await chassis.db.query("create table effect (text text)");
});
afterEach(() => chassis.close());

const effects = async () =>
  (await chassis.db.query("select text from effect")).map((row: { text: string }) => row.text);
const allAre = (state: string, count: number) =>
  until(`${count} are ${state}`, async () => {
    const rows = await chassis.rows();
    return rows.length === count && rows.every((row) => row.state === state) && rows;
  });

async function listenForDeadLetters() {
  const letters: { service: string; eventId: string; error: string; attempts: number }[] = [];
  await chassis.bus.subscribe({
    group: "undertaker",
    topics: [deadLetterTopic],
    from: "end",
    onBatch: async (records) => {
      letters.push(...records.map((record) => JSON.parse(record.value)));
    },
  });
  return letters;
}

test("an event that arrives three times has its effect once", async () => {
  await chassis.inbox({
    "agent.replied": (event, work) =>
      work.transaction(async (tx) => {
        await tx.query("insert into effect values ($1)", [event.data.text]);
        return "done" as const;
      }),
  });
  const event = spoken(randomUUID(), "hello");
  await publish(chassis.bus, event, event);
  await allAre("done", 1);
  await publish(chassis.bus, event, spoken(event.subject, "next"));
  await allAre("done", 2);
  expect(await effects()).toEqual(["hello", "next"]);
});

test("a conversation's events are handled one at a time and in order, different conversations side by side", async () => {
  const running = new Map<string, number>();
  const handled: string[] = [];
  let atOnce = 0;
  await chassis.inbox({
    "agent.replied": async (event) => {
      running.set(event.subject, (running.get(event.subject) ?? 0) + 1);
      expect(running.get(event.subject)).toBe(1);
      atOnce = Math.max(
        atOnce,
        [...running.values()].reduce((sum, n) => sum + n, 0),
      );
      await until("others run beside it", () => atOnce >= 4 || handled.length > 0);
      running.set(event.subject, 0);
      handled.push(event.data.text);
      return "done";
    },
  });
  const conversations = Array.from({ length: 6 }, () => randomUUID());
  await publish(chassis.bus, ...[0, 1, 2, 3, 4].flatMap((n) => conversations.map((id) => spoken(id, `${id} ${n}`))));
  await allAre("done", 30);
  for (const id of conversations)
    expect(handled.filter((text) => text.startsWith(id))).toEqual([0, 1, 2, 3, 4].map((n) => `${id} ${n}`));
  expect(atOnce).toBeGreaterThanOrEqual(4);
});

test("two processes never handle one conversation side by side, and together handle each event once", async () => {
  const running = new Set<string>();
  const handled: string[] = [];
  const handlers: Parameters<Chassis["inbox"]>[0] = {
    "agent.replied": async (event, work) => {
      expect(running.has(event.subject)).toBe(false);
      running.add(event.subject);
      await work.transaction(async (tx) => {
        await tx.query("insert into effect values ($1)", [event.data.text]);
      });
      handled.push(event.data.text);
      running.delete(event.subject);
      return "done";
    },
  };
  await chassis.inbox(handlers);
  await chassis.inbox(handlers, { bus: await chassis.openBus() });
  const conversations = Array.from({ length: 10 }, () => randomUUID());
  for (let n = 0; n < 10; n++) await publish(chassis.bus, ...conversations.map((id) => spoken(id, `${id} ${n}`)));
  await allAre("done", 100);
  expect(new Set(await effects()).size).toBe(100);
  for (const id of conversations)
    expect(handled.filter((text) => text.startsWith(id))).toEqual(Array.from({ length: 10 }, (_, n) => `${id} ${n}`));
});

test("an event that fails is tried again, and neither its effect nor its words stay from a failed attempt", async () => {
  const words: string[] = [];
  await chassis.inbox({
    "agent.replied": (event, work) =>
      work.transaction(async (tx, say) => {
        await tx.query("insert into effect values ($1)", [`${event.data.text} ${work.attempt}`]);
        say(spoken(event.subject, `said in attempt ${work.attempt}`, event));
        if (event.data.text === "unlucky" && work.attempt < 3) throw new Error("not yet");
        if (event.data.text.startsWith("said")) words.push(event.data.text);
        return "done" as const;
      }),
  });
  await publish(chassis.bus, spoken(randomUUID(), "unlucky"));
  await until("it worked", async () => (await effects()).includes("unlucky 3"));
  await until("its words were heard", () => words.length > 0);
  expect(words[0]).toBe("said in attempt 3");
  expect((await effects()).filter((text: string) => text.startsWith("unlucky"))).toEqual(["unlucky 3"]);
  expect((await chassis.rows())[0]).toMatchObject({ state: "done", attempts: 3 });
});

test("an event that always fails becomes a dead letter; meanwhile others go on, and afterwards its conversation does", async () => {
  const letters = await listenForDeadLetters();
  const handled: string[] = [];
  await chassis.inbox({
    "agent.replied": async (event) => {
      if (event.data.text === "poison") throw new Error("cannot be handled");
      handled.push(event.data.text);
      return "done";
    },
  });
  const poisoned = randomUUID();
  const poison = spoken(poisoned, "poison");
  await publish(chassis.bus, poison, spoken(poisoned, "after the poison"), spoken(randomUUID(), "elsewhere"));
  await until("the dead letter is announced", () => letters.length > 0);
  await until("its conversation goes on", () => handled.includes("after the poison"));
  expect(handled).toEqual(["elsewhere", "after the poison"]);
  expect(letters).toEqual([expect.objectContaining({ service: "hearer", eventId: poison.id, attempts: 8 })]);
  expect(letters[0]?.error).toContain("cannot be handled");
  const rows = await chassis.rows();
  expect(rows.find((row) => row.event_id === poison.id)).toMatchObject({ state: "dead", attempts: 8 });
});

test("a record that cannot be read is a dead letter and holds up nothing", async () => {
  const letters = await listenForDeadLetters();
  const handled: string[] = [];
  await chassis.inbox({
    "agent.replied": async (event) => {
      handled.push(event.data.text);
      return "done";
    },
  });
  const id = randomUUID();
  const wrong = { ...spoken(id, "x"), data: { nonsense: true } };
  await chassis.bus.publish([
    { topic: "providers", key: id, value: "{ not JSON" },
    { topic: "providers", key: "k".repeat(9_000), value: JSON.stringify(wrong) },
    { topic: "providers", key: id, value: "" },
    { topic: "providers", key: id, value: JSON.stringify(spoken(id, "fine")) },
  ]);
  await until("the good one is handled", () => handled.length > 0);
  await until("the bad ones are announced", () => letters.length === 3);
  expect(handled).toEqual(["fine"]);
  expect((await chassis.rows()).filter((row) => row.state === "dead")).toHaveLength(3);
  for (const letter of letters) expect(letter.eventId).toMatch(/^providers\/\d\/\d+$/);
});

test("events of a kind that nobody here handles are passed over", async () => {
  const handled: string[] = [];
  await chassis.inbox({
    "agent.replied": async (event) => {
      handled.push(event.data.text);
      return { ignored: "stale_epoch" };
    },
  });
  const id = randomUUID();
  const tomorrow = { ...spoken(id, "x"), type: "agent.danced" };
  await chassis.bus.publish([{ topic: "providers", key: id, value: JSON.stringify(tomorrow) }]);
  await publish(chassis.bus, spoken(id, "known"));
  expect(await allAre("done", 1)).toMatchObject([{ outcome: "stale_epoch" }]);
});

test("a reason that is given inside or after the transaction is kept", async () => {
  await chassis.inbox({
    "agent.replied": async (event, work) => {
      if (event.data.text === "inside") return work.transaction(async () => ({ ignored: "already_done" }) as const);
      await work.transaction(async () => {});
      return { ignored: "not_ours" };
    },
  });
  await publish(chassis.bus, spoken(randomUUID(), "inside"), spoken(randomUUID(), "after"));
  const rows = await until("both are noted", async () => {
    const rows = await chassis.rows();
    return rows.length === 2 && rows.every((row) => row.outcome && row.outcome !== "done") && rows;
  });
  expect(rows.map((row) => row.outcome).sort()).toEqual(["already_done", "not_ours"]);
});

test("a worker whose lease was taken by another cannot keep its effect", async () => {
  const problems: unknown[] = [];
  await chassis.inbox({
    "agent.replied": async (event, work) => {
      if (work.attempt === 1) {
        await chassis.db.query("update inbox set lease = gen_random_uuid(), leased_until = now()");
        await work
          .transaction(async (tx) => tx.query("insert into effect values ('too late')"))
          .catch((error) => {
            problems.push(error);
            throw error;
          });
      }
      await work.transaction(async (tx) => tx.query("insert into effect values ($1)", [event.data.text]));
      return "done";
    },
  });
  await publish(chassis.bus, spoken(randomUUID(), "in time"));
  await allAre("done", 1);
  expect(problems).toEqual([expect.any(LeaseLost)]);
  expect(await effects()).toEqual(["in time"]);
});

test("what a dead process had in hand is taken over when its lease ends", async () => {
  const event = spoken(randomUUID(), "left behind");
  await chassis.db.query(
    `insert into inbox (event_id, workspace_id, type, topic, partition, record_offset, key, value, attempts, lease, leased_until)
     values ($1, $2, $3, 'providers', 0, '0', $4, $5, 1, gen_random_uuid(), now() + interval '300 milliseconds')`,
    [event.id, event.workspaceid, event.type, event.subject, JSON.stringify(event)],
  );
  const attempts: number[] = [];
  await chassis.inbox({
    "agent.replied": async (_event, work) => {
      attempts.push(work.attempt);
      return "done";
    },
  });
  await allAre("done", 1);
  expect(attempts).toEqual([2]);
});

test("an event that kills its process every time is set aside in the end", async () => {
  const letters = await listenForDeadLetters();
  const event = spoken(randomUUID(), "deadly");
  await chassis.db.query(
    `insert into inbox (event_id, workspace_id, type, topic, partition, record_offset, key, value, attempts, lease, leased_until)
     values ($1, $2, $3, 'providers', 0, '0', $4, $5, 8, gen_random_uuid(), now())`,
    [event.id, event.workspaceid, event.type, event.subject, JSON.stringify(event)],
  );
  await chassis.inbox({ "agent.replied": async () => "done" });
  await allAre("dead", 1);
  await until("it is announced", () => letters.length === 1);
});

test("stopping lets go of what cannot be finished, without counting the attempt", async () => {
  let started = false;
  const inbox = await chassis.inbox({
    "agent.replied": (_event, work) =>
      new Promise((_resolve, reject) => {
        started = true;
        work.signal.addEventListener("abort", () => reject(work.signal.reason));
      }),
  });
  await publish(chassis.bus, spoken(randomUUID(), "slow"));
  await until("it runs", () => started);
  await inbox.stop();
  expect(await chassis.rows()).toMatchObject([{ state: "waiting", attempts: 0 }]);
});

test("a dead letter that is put back is handled, and only the one that was chosen", async () => {
  let mended = false;
  const handled: string[] = [];
  const inbox = await chassis.inbox({
    "agent.replied": async (event) => {
      if (!mended) throw new Error("broken");
      handled.push(event.data.text);
      return "done";
    },
  });
  const [one, two] = [spoken(randomUUID(), "one"), spoken(randomUUID(), "two")];
  await publish(chassis.bus, one, two);
  await allAre("dead", 2);
  await inbox.stop();
  mended = true;
  const dead = await chassis.withClient(listDeadLetters);
  expect(dead.map((row) => [row.eventId, row.attempts])).toEqual(
    expect.arrayContaining([
      [one.id, 8],
      [two.id, 8],
    ]),
  );
  await chassis.withClient((client) => redriveDeadLetters(client, [two.id]));
  await chassis.inbox({
    "agent.replied": async (event) => {
      handled.push(event.data.text);
      return "done";
    },
  });
  await until("it is handled", () => handled.length > 0);
  expect(handled).toEqual(["two"]);
  expect(await chassis.withClient(listDeadLetters)).toMatchObject([{ eventId: one.id }]);
});
