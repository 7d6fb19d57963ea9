import { createCauses } from "./causes";
import { followState, followStream } from "./follow";
import type { Reading, ReadResult } from "./read";
import { POSITION } from "./to-query";

const reading = (result: ReadResult): Reading => ({ result, text: JSON.stringify(result) });
const down: ReadResult = { data: null, errors: [{ message: "down", extensions: { code: "UNAVAILABLE" } }] };
const item = (position: number) => ({ text: `line ${position}`, [POSITION]: position });
const lines = (...positions: number[]) => ({
  data: { lines: positions.map((position) => ({ text: `line ${position}` })) },
});

test("a part that is down is told once at the start, asked again by itself, and not told in between", async () => {
  const causes = createCauses();
  const answers: ReadResult[] = [down, down, { data: { thing: 1 } }, down, { data: { thing: 2 } }];
  let asked = 0;
  const running = followState({ key: "thing", causes }, async () => {
    // Each read brings the next wake, so that the test waits for no timer.
    causes.wake(`event ${asked}`);
    return reading(answers[asked++] ?? { data: { thing: 3 } });
  });
  const said: unknown[] = [];
  for await (const result of running) {
    said.push(result);
    if (said.length === 3) causes.end();
  }
  expect(said).toEqual([down, { data: { thing: 1 } }, { data: { thing: 2 } }]);
});

test("what failed is asked again without an event", async () => {
  const causes = createCauses();
  let asked = 0;
  const running = followState({ key: "thing", causes }, async () =>
    reading(asked++ === 0 ? down : { data: { thing: 1 } }),
  );
  expect((await running.next()).value).toEqual(down);
  expect((await running.next()).value).toEqual({ data: { thing: 1 } });
  causes.end();
  expect(await running.next()).toEqual({ done: true, value: undefined });
});

test("a refusal ends it with the graph's own error", async () => {
  const refused: ReadResult = { data: null, errors: [{ message: "not yours", extensions: { code: "FORBIDDEN" } }] };
  const running = followState({ key: "thing", causes: createCauses() }, async () => reading(refused));
  await expect(running.next()).rejects.toMatchObject({ message: "not yours", extensions: { code: "FORBIDDEN" } });
});

test("a refusal of one field deep down is part of the answer, not its end", async () => {
  const partly: ReadResult = {
    data: { thing: { secret: null } },
    errors: [{ message: "not yours", path: ["thing", "secret"], extensions: { code: "FORBIDDEN" } }],
  };
  const running = followState({ key: "thing", causes: createCauses() }, async () => reading(partly));
  expect((await running.next()).value).toEqual(partly);
});

test("a stream reads on while pages are full, and never sends what is behind its cursor", async () => {
  const causes = createCauses();
  const asked: (number | null)[] = [];
  const running = followStream({ key: "lines", causes, after: 2, first: 2 }, async (after) => {
    asked.push(after);
    // A store that ignores the cursor, as a careless one might.
    const page = after === 2 ? [item(1), item(2), item(3), item(4)] : after === 4 ? [item(4), item(5)] : [];
    return reading({ data: { lines: page } });
  });
  expect((await running.next()).value).toEqual(lines(3, 4));
  expect((await running.next()).value).toEqual(lines(5));
  const more = running.next();
  causes.end();
  await more;
  expect(asked).toEqual([2, 4, 5]);
});

test("a stream whose store failed half-way goes on where it was", async () => {
  const causes = createCauses();
  let broken = true;
  const running = followStream({ key: "lines", causes, after: null, first: 2 }, async (after) => {
    if (after === null) return reading({ data: { lines: [item(1), item(2)] } });
    if (after === 2 && broken) {
      broken = false;
      causes.wake("an event");
      return reading(down);
    }
    return reading({ data: { lines: after === 2 ? [item(3)] : [] } });
  });
  expect((await running.next()).value).toEqual(lines(1, 2));
  expect((await running.next()).value).toEqual(lines(3));
  causes.end();
});
