import fc from "fast-check";
import { mayRetry, type Tried } from "./may-retry";
import { DeliveryStatus } from "./next-move";

const tried = fc.record<Tried>({
  id: fc.uuid(),
  status: fc.constantFrom(...Object.values(DeliveryStatus)),
  busy: fc.boolean(),
});

test("nothing is begun again while a desk has it, is getting it, or when it is over", () => {
  fc.assert(
    fc.property(fc.array(tried, { minLength: 1, maxLength: 4 }), fc.boolean(), (all, over) => {
      const [wanted] = all as [Tried];
      const retry = mayRetry(wanted, all, over);
      const open = all.some(({ status }) =>
        ["DELIVERED", "CLOSED", "DELIVERING", "WAITING_FOR_SUMMARY"].includes(status),
      );
      if (retry.do === "begin-again") expect([over, open]).toEqual([false, false]);
      if (retry.do === "hurry") expect([over, wanted.status, wanted.busy]).toEqual([false, "DELIVERING", false]);
      if (!over && !open) expect(retry).toEqual({ do: "begin-again" });
    }),
  );
});

const one = (status: DeliveryStatus, busy = false): Tried => ({ id: status, status, busy });

test.each<[Tried, Tried[], boolean, string]>([
  [one("FAILED"), [], true, "over"],
  [one("FAILED"), [one("DELIVERED")], false, "delivered"],
  [one("FAILED"), [one("DELIVERING")], false, "running"],
  [one("DELIVERED"), [], false, "delivered"],
  [one("DELIVERING", true), [], false, "running"],
  [one("WAITING_FOR_SUMMARY"), [], false, "running"],
])("%j beside %j, over %s: refused, %s", (wanted, others, over, why) => {
  expect(mayRetry(wanted, [wanted, ...others], over)).toMatchObject({ do: "refuse", why });
});
