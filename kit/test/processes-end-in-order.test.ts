import { EventEmitter } from "node:events";
import { createLifecycle } from "../lifecycle";
import { createSilentLog } from "../log";

function fakeProcess() {
  const events = new EventEmitter();
  let exited: (code: number) => void = () => {};
  const exit = new Promise<number>((resolve) => {
    exited = resolve;
  });
  const process = { on: events.on.bind(events), exit: (code?: number) => exited(code ?? 0) } as never;
  return { process, exit, signal: (name: string, value?: unknown) => events.emit(name, value) };
}

test("what was started last stops first, and one part that fails keeps no other from stopping", async () => {
  const { process, exit, signal } = fakeProcess();
  const lifecycle = createLifecycle({ log: createSilentLog(), process });
  const stopped: string[] = [];
  lifecycle.onStop("database", () => stopped.push("database"));
  lifecycle.onStop("bus", () => Promise.reject(new Error("broken")));
  lifecycle.onStop("http", async () => stopped.push("http"));
  signal("SIGTERM");
  expect(await exit).toBe(0);
  expect(stopped).toEqual(["http", "database"]);
});

test("a second Ctrl-C exits at once", async () => {
  const { process, exit, signal } = fakeProcess();
  const lifecycle = createLifecycle({ log: createSilentLog(), process, secondAfterMs: 0 });
  lifecycle.onStop("never ends", () => new Promise(() => {}));
  signal("SIGINT");
  signal("SIGINT");
  expect(await exit).toBe(130);
});

test("one Ctrl-C that npm passes on as well is one", async () => {
  const { process, exit, signal } = fakeProcess();
  const lifecycle = createLifecycle({ log: createSilentLog(), process });
  lifecycle.onStop("http", () => new Promise((resolve) => setImmediate(resolve)));
  signal("SIGINT");
  signal("SIGINT");
  expect(await exit).toBe(0);
});

test("a part that never stops does not keep the process", async () => {
  const { process, exit, signal } = fakeProcess();
  const lifecycle = createLifecycle({ log: createSilentLog(), process, withinMs: 5 });
  lifecycle.onStop("never ends", () => new Promise(() => {}));
  signal("SIGTERM");
  expect(await exit).toBe(1);
});

test("an exception that nobody caught ends the process with code 1, in order", async () => {
  const { process, exit, signal } = fakeProcess();
  const lifecycle = createLifecycle({ log: createSilentLog(), process });
  const stop = jest.fn();
  lifecycle.onStop("http", stop);
  signal("unhandledRejection", new Error("nobody caught this"));
  expect(await exit).toBe(1);
  expect(stop).toHaveBeenCalledTimes(1);
});
