import { checkedPatience, patienceOf } from "./patience";

const byDefault = { moveOnAfterSeconds: 120, waitingMinutes: 0, whenNobodyCame: "NEXT_DESK" as const };

test("the connection's word counts more than the workspace's, and that more than Baton's", () => {
  expect(patienceOf(byDefault)).toEqual(byDefault);
  expect(patienceOf(byDefault, { moveOnAfterSeconds: 0 }, null)).toMatchObject({ moveOnAfterSeconds: 0 });
  expect(patienceOf(byDefault, { moveOnAfterSeconds: 5 }, { moveOnAfterSeconds: 3_600 })).toMatchObject({
    moveOnAfterSeconds: 3_600,
  });
  expect(patienceOf(byDefault, { moveOnAfterSeconds: 5 }, { moveOnAfterSeconds: null })).toMatchObject({
    moveOnAfterSeconds: 5,
  });
});

test("what is not set is not kept", () => {
  expect(checkedPatience(null)).toBeNull();
  expect(checkedPatience({ moveOnAfterSeconds: null })).toBeNull();
  expect(checkedPatience({ moveOnAfterSeconds: 86_400 })).toEqual({ moveOnAfterSeconds: 86_400 });
});

test.each([-1, 86_401, 1.5, Number.NaN])("%p seconds are refused by name", (moveOnAfterSeconds) => {
  expect(() => checkedPatience({ moveOnAfterSeconds })).toThrow("patience.moveOnAfterSeconds");
});

test.each([-1, 10_081, 0.5])("%p minutes are refused by name", (waitingMinutes) => {
  expect(() => checkedPatience({ waitingMinutes })).toThrow("patience.waitingMinutes");
});
