import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { Bus, BusRecord, ReceivedRecord } from "./bus";

/** One installation of a bus that the contract is tried on. */
export interface BusInstallation {
  /** Connects to it; every call is like another process. */
  open(): Promise<Bus>;
  /** Cuts the connections of everybody, as a failing network does. */
  cutConnections?(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * What every bus promises. Run by a test file of each implementation: `busContract("bus.postgres", install)`.
 * `cuts`: the installation can cut connections.
 */
export function busContract(name: string, install: () => Promise<BusInstallation>, { cuts = false } = {}): void {
  describe(name, () => {
    let installation: BusInstallation;
    /** Shared by the tests, each with topics and groups of its own. */
    let bus: Bus;
    const opened: Bus[] = [];

    async function open(): Promise<Bus> {
      const another = await installation.open();
      opened.push(another);
      return another;
    }

    beforeAll(async () => {
      installation = await install();
      bus = await installation.open();
    });
    afterEach(() => Promise.all(opened.splice(0).map((another) => another.close())));
    afterAll(async () => {
      await bus?.close();
      await installation?.remove();
    });

    test("records of a key arrive in the order they were published", async () => {
      const topic = uniqueName("topic");
      await bus.publish(numbered(topic, ["a", "b", "c"], 0, 20));
      const heard = await listen(bus, { topics: [topic] });
      for (let from = 20; from < 40; from += 5) await bus.publish(numbered(topic, ["a", "b", "c"], from, from + 5));
      await heard.until(120);
      for (const key of ["a", "b", "c"]) expect(heard.of(key)).toEqual(range(0, 40));
      const partitions = new Map(heard.records.map((record) => [record.key, record.partition]));
      for (const record of heard.records) expect(record.partition).toBe(partitions.get(record.key));
    });

    test("a new group begins with what is kept", async () => {
      const topic = uniqueName("topic");
      await bus.publish(numbered(topic, ["a", "b"], 0, 10));
      const heard = await listen(bus, { topics: [topic] });
      await heard.until(20);
    });

    test("what failed is handed over again, in order, and the rest is not lost over it", async () => {
      const topic = uniqueName("topic");
      let failures = 3;
      const heard = await listen(bus, {
        topics: [topic],
        before: (records) => {
          if (records.some((record) => record.key === "poison") && failures-- > 0) throw new Error("not now");
        },
      });
      await bus.publish(numbered(topic, ["a", "poison", "b"], 0, 5));
      await heard.until(15);
      for (const key of ["a", "poison", "b"]) expect(onceEach(heard.of(key))).toEqual(range(0, 5));
      expect(failures).toBeLessThan(0);
    });

    test("a group goes on where it stopped", async () => {
      const topic = uniqueName("topic");
      const group = uniqueName("group");
      await bus.publish(numbered(topic, ["a", "b"], 0, 10));
      const first = await open();
      const before = await listen(first, { topics: [topic], group });
      await before.until(20);
      await first.close();
      await bus.publish(numbered(topic, ["a", "b"], 10, 15));
      const after = await listen(await open(), { topics: [topic], group });
      await after.until(10);
      expect(after.of("a")).toEqual(range(10, 15));
      expect(after.of("b")).toEqual(range(10, 15));
    });

    test("what was in hand when a reader failed to finish comes again to the next one", async () => {
      const topic = uniqueName("topic");
      const group = uniqueName("group");
      const first = await open();
      const tried: string[] = [];
      const failing = await first.subscribe({
        group,
        topics: [topic],
        from: "committed",
        onBatch: async (records) => {
          tried.push(...records.map((record) => record.value));
          throw new Error("never");
        },
      });
      await bus.publish(numbered(topic, ["a"], 0, 3));
      await waitFor("the batch to be tried", () => tried.length > 0);
      await failing.stop();
      const heard = await listen(await open(), { topics: [topic], group });
      await heard.until(3);
      expect(heard.of("a")).toEqual(range(0, 3));
    });

    test("two members of a group share the records, each one once", async () => {
      const topic = uniqueName("topic");
      const group = uniqueName("group");
      const keys = range(0, 40).map((n) => `key-${n}`);
      const one = await listen(await open(), { topics: [topic], group });
      const two = await listen(await open(), { topics: [topic], group });
      // The first records also wait until both members are in and the partitions are shared out.
      const both = () => one.records.length + two.records.length;
      await bus.publish(numbered(topic, keys, 0, 1));
      await waitFor("the first round", () => onceEach([...one.records, ...two.records].map(idOf)).length === 40);
      const settled = both();
      for (let n = 1; n < 10; n++) await bus.publish(numbered(topic, keys, n, n + 1));
      await waitFor("all rounds", () => both() >= settled + 360);
      const all = [...one.records, ...two.records].slice(0);
      expect(onceEach(all.map(idOf))).toHaveLength(400);
      expect(both()).toBe(settled + 360);
    });

    test("every group gets every record", async () => {
      const topic = uniqueName("topic");
      const one = await listen(bus, { topics: [topic] });
      const two = await listen(bus, { topics: [topic] });
      await bus.publish(numbered(topic, ["a", "b"], 0, 10));
      await Promise.all([one.until(20), two.until(20)]);
      expect(one.of("a")).toEqual(two.of("a"));
    });

    test("a reader from the end gets what is published after it is live, all of it and nothing else", async () => {
      const topics = [uniqueName("topic"), uniqueName("topic")];
      const [first = "", second = ""] = topics;
      await bus.publish(numbered(first, ["old"], 0, 5));
      const replica = await open();
      const heard = await listen(replica, { topics, from: "end" });
      await bus.publish([...numbered(first, ["new"], 0, 5), ...numbered(second, ["first"], 0, 5)]);
      await heard.until(10);
      expect(heard.of("old")).toEqual([]);
      expect(heard.of("new")).toEqual(range(0, 5));
      expect(heard.of("first")).toEqual(range(0, 5));
    });

    test("two readers from the end with one name get everything each", async () => {
      const topic = uniqueName("topic");
      const group = uniqueName("gateway");
      const one = await listen(await open(), { topics: [topic], group, from: "end" });
      const two = await listen(await open(), { topics: [topic], group, from: "end" });
      await bus.publish(numbered(topic, ["a", "b", "c"], 0, 5));
      await Promise.all([one.until(15), two.until(15)]);
    });

    test("a reader from the end gets again what its callback failed on", async () => {
      const topic = uniqueName("topic");
      let failures = 2;
      const heard = await listen(bus, {
        topics: [topic],
        from: "end",
        before: () => {
          if (failures-- > 0) throw new Error("not now");
        },
      });
      await bus.publish(numbered(topic, ["a"], 0, 5));
      await heard.until(5);
      expect(onceEach(heard.of("a"))).toEqual(range(0, 5));
    });

    test("many keys at once keep their order", async () => {
      const topic = uniqueName("topic");
      const heard = await listen(bus, { topics: [topic] });
      const keys = range(0, 100).map((n) => `conversation-${n}`);
      await Promise.all(
        keys.map(async (key) => {
          for (let n = 0; n < 10; n++) await bus.publish(numbered(topic, [key], n, n + 1));
        }),
      );
      await heard.until(1000);
      for (const key of keys) expect(heard.of(key)).toEqual(range(0, 10));
    });

    test("calls that do not wait for each other keep the order of a key", async () => {
      const topic = uniqueName("topic");
      const heard = await listen(bus, { topics: [topic] });
      await Promise.all(range(0, 50).map((n) => bus.publish(numbered(topic, ["a"], n, n + 1))));
      await heard.until(50);
      expect(heard.of("a")).toEqual(range(0, 50));
    });

    test("a record is heard in another process at once, not when somebody looks again", async () => {
      const topic = uniqueName("topic");
      const heard = await listen(await open(), { topics: [topic] });
      const live = await listen(await open(), { topics: [topic], from: "end" });
      const took: number[] = [];
      for (let n = 0; n < 9; n++) {
        const began = performance.now();
        await bus.publish(numbered(topic, ["a"], n, n + 1));
        await Promise.all([heard.until(n + 1), live.until(n + 1)]);
        took.push(performance.now() - began);
      }
      // The middle one, so that a machine that is busy for a moment does not count.
      expect(took.sort((a, b) => a - b)[4]).toBeLessThan(400);
    });

    test("processes that publish side by side lose nothing", async () => {
      const topic = uniqueName("topic");
      const others = await Promise.all([open(), open(), open()]);
      const heard = await listen(bus, { topics: [topic] });
      await Promise.all(
        others.map(async (other, process) => {
          for (let n = 0; n < 20; n++)
            await other.publish([0, 1, 2, 3, 4].map((k) => ({ topic, key: `${process}-${k}`, value: String(n) })));
        }),
      );
      await heard.until(300);
      for (const process of [0, 1, 2])
        for (const k of [0, 1, 2, 3, 4]) expect(heard.of(`${process}-${k}`)).toEqual(range(0, 20));
    });

    test("half a megabyte and every script arrive as they were sent", async () => {
      const topic = uniqueName("topic");
      const heard = await listen(bus, { topics: [topic] });
      const text = "naïve 人工 🙋 اهلا \\u0000 \n";
      const big = text.repeat(Math.ceil(500_000 / Buffer.byteLength(text)));
      await bus.publish([
        { topic, key: "ключ", value: text },
        ...range(0, 5).map((n) => ({ topic, key: `big-${n}`, value: big })),
        { topic, key: "ключ", value: "" },
      ]);
      await heard.until(7);
      expect(heard.records.filter((record) => record.key === "ключ").map((record) => record.value)).toEqual([text, ""]);
      for (const n of range(0, 5)) expect(heard.records.find((record) => record.key === `big-${n}`)?.value).toBe(big);
    });

    test("nothing is handed over any more once a subscription has stopped", async () => {
      const topic = uniqueName("topic");
      let finished = 0;
      let started = 0;
      const { promise: mayFinish, resolve: letFinish } = later();
      const subscription = await bus.subscribe({
        group: uniqueName("group"),
        topics: [topic],
        from: "committed",
        onBatch: async () => {
          started++;
          await mayFinish;
          finished++;
        },
      });
      await bus.publish(numbered(topic, ["a"], 0, 1));
      await waitFor("the batch to start", () => started === 1);
      const stopping = subscription.stop();
      await bus.publish(numbered(topic, ["a"], 1, 2));
      letFinish();
      await stopping;
      expect({ started, finished }).toEqual({ started: 1, finished: 1 });
    });

    test("a bus that answers says so, and one that is closed refuses", async () => {
      const another = await installation.open();
      await another.ping();
      await another.close();
      await another.close();
      await expect(another.publish(numbered(uniqueName("topic"), ["a"], 0, 1))).rejects.toThrow("closed");
    });

    if (cuts)
      test("publishing and hearing go on after every connection was cut", async () => {
        const topic = uniqueName("topic");
        const heard = await listen(bus, { topics: [topic] });
        const live = await listen(await open(), { topics: [topic], from: "end" });
        await bus.publish(numbered(topic, ["a"], 0, 5));
        await Promise.all([heard.until(5), live.until(5)]);
        for (let n = 5; n < 10; n++) {
          await installation.cutConnections?.();
          await publishUntilTaken(bus, numbered(topic, ["a"], n, n + 1));
        }
        await waitFor("the rest", () => [heard, live].every(({ of }) => onceEach(of("a")).length === 10));
        for (const { of } of [heard, live]) expect(onceEach(of("a"))).toEqual(range(0, 10));
      });
  });
}

/** Subscribes and keeps what arrives. */
async function listen(
  bus: Bus,
  options: {
    topics: string[];
    group?: string;
    from?: "committed" | "end";
    /** Runs before a batch is kept; may throw. */
    before?: (records: ReceivedRecord[]) => void;
  },
) {
  const { topics, group = uniqueName("group"), from = "committed", before } = options;
  const records: ReceivedRecord[] = [];
  const subscription = await bus.subscribe({
    group,
    topics,
    from,
    onBatch: async (batch) => {
      before?.(batch);
      records.push(...batch);
    },
  });
  return {
    records,
    stop: subscription.stop,
    /** The numbers heard of one key, in order of arrival. */
    of: (key: string) => records.filter((record) => record.key === key).map((record) => Number(record.value)),
    until: (count: number) =>
      waitFor(
        `${count} records`,
        () => records.length >= count,
        () => `${records.length} came`,
      ),
  };
}

/** What the outbox does: publishes again until it is taken. */
async function publishUntilTaken(bus: Bus, records: BusRecord[]): Promise<void> {
  const until = Date.now() + 20_000;
  for (;;)
    try {
      return await bus.publish(records);
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(50);
    }
}

async function waitFor(what: string, check: () => boolean, found: () => string = () => ""): Promise<void> {
  const until = Date.now() + 25_000;
  while (!check()) {
    if (Date.now() > until) throw new Error(`waited too long for ${what} ${found()}`);
    await pause(5);
  }
}

const uniqueName = (kind: string) => `${kind}-${randomUUID()}`;
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const onceEach = <Value>(values: Value[]) => [...new Set(values)];
const idOf = (record: ReceivedRecord) => `${record.key}/${record.value}`;
/** For each number in turn one record of every key. */
const numbered = (topic: string, keys: string[], from: number, to: number): BusRecord[] =>
  range(from, to).flatMap((n) => keys.map((key) => ({ topic, key, value: String(n) })));

function later() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
