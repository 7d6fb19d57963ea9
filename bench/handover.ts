import { createGraphClient } from "../demo/client";
import { openWidget } from "../demo/widget";
import { signToken, type Viewer } from "../kit/viewer";
import { startKafka } from "../test/live/kafka";
import { createKillable, type Killable } from "../test/support/killable";

/**
 * From `postMessage` to the widget's `handover` update, and handovers a second that a desk has, for both buses, with
 * one and with fifty conversations at once; beside it, in the same run, a bare `postMessage` that leads to nothing.
 * The house is a process of its own on a Postgres that waits for the disk; the widgets are in this one. Prints; fails
 * nothing.
 */
interface Row {
  bus: string;
  "at once": number;
  "handovers/s": number;
  "p50 ms": number;
  "p99 ms": number;
  "p50 / bare postMessage": number;
}

const request = "My parcel has not come and I want to talk to a person about it.";
const rounds: Record<number, number> = { 1: 40, 50: 4 };

async function main(): Promise<void> {
  console.table(await measure("postgres", {}));
  const kafka = await startKafka().catch((error: Error) => {
    process.stderr.write(`Without Kafka: ${error.message}\n`);
    return null;
  });
  if (!kafka) return;
  try {
    console.table(await measure("kafka", { KAFKA_BROKERS: kafka.brokers.join(",") }));
  } finally {
    await kafka.remove();
  }
}

async function measure(bus: string, settings: Record<string, string>): Promise<Row[]> {
  const baton = await createKillable(settings);
  try {
    await baton.start();
    const { widgetKey, agentToken } = await makeShop(baton);
    await handovers(baton, widgetKey, 5, 4);
    const bare = middle(await barePosts(baton, widgetKey, agentToken));
    const rows: Row[] = [];
    for (const atOnce of [1, 50]) {
      const { took, seconds } = await handovers(baton, widgetKey, atOnce, rounds[atOnce] as number);
      rows.push({
        bus,
        "at once": atOnce,
        "handovers/s": round(took.length / seconds),
        "p50 ms": round(middle(took)),
        "p99 ms": round(share(took, 0.99)),
        "p50 / bare postMessage": round(middle(took) / bare),
      });
    }
    return rows;
  } finally {
    await baton.remove();
  }
}

async function makeShop(baton: Killable): Promise<{ widgetKey: string; agentToken: string }> {
  const operator = createGraphClient(baton.url, await signToken(baton.tokenSecret, "outer", { role: "OPERATOR" }, 600));
  const { createWorkspace } = await operator.run<{ createWorkspace: { id: string; widgetKey: string } }>(
    'mutation { createWorkspace(name: "A shop") { id widgetKey } }',
  );
  const agent: Viewer = { role: "AGENT", workspaceId: createWorkspace.id, agentId: "ada", name: "Ada" };
  return {
    widgetKey: createWorkspace.widgetKey,
    agentToken: await signToken(baton.tokenSecret, "outer", agent, 3_600),
  };
}

/** Customers' messages while an agent has control: written, told, and followed by nothing. */
async function barePosts(baton: Killable, widgetKey: string, agentToken: string): Promise<number[]> {
  const widget = await openWidget({ url: baton.url, widgetKey });
  const desk = createGraphClient(baton.url, agentToken);
  await desk.run('mutation ($id: ID!) { replyAsAgent(conversationId: $id, text: "Hello") { __typename } }', {
    id: widget.conversationId,
  });
  const took: number[] = [];
  for (let count = 0; count < 60; count++) {
    const began = performance.now();
    await widget.say("And one more thing.");
    took.push(performance.now() - began);
  }
  await widget.close();
  return took.slice(20);
}

/** `atOnce` conversations ask for a person at the same moment, `times` times; milliseconds each until the update. */
async function handovers(baton: Killable, widgetKey: string, atOnce: number, times: number) {
  const took: number[] = [];
  let seconds = 0;
  for (let count = 0; count < times; count++) {
    const widgets = await Promise.all(Array.from({ length: atOnce }, () => timed(baton, widgetKey)));
    const began = performance.now();
    took.push(...(await Promise.all(widgets.map((widget) => widget.ask()))));
    // Until a desk has them all: the next round must not share the processor with what is left of this one.
    await Promise.all(widgets.map((widget) => widget.delivered()));
    seconds += (performance.now() - began) / 1000;
    await Promise.all(widgets.map((widget) => widget.close()));
  }
  return { took, seconds };
}

async function timed(baton: Killable, widgetKey: string) {
  const widget = await openWidget({ url: baton.url, widgetKey });
  return {
    async ask() {
      const began = performance.now();
      await widget.say(request);
      await widget.until("the handover", ({ handover }) => handover !== null, 60);
      return performance.now() - began;
    },
    delivered: () => widget.until("the delivery", ({ handover }) => handover?.status === "WAITING", 60),
    close: () => widget.close(),
  };
}

function middle(values: number[]): number {
  return share(values, 0.5);
}

function share(values: number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

void main();
