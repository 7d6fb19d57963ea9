import { HandoverStatus } from "../../schema/words";
import { isOpen, mayMove, openStatuses, transitions } from "./handover.lifecycle";

const all = Object.values(HandoverStatus);

/** Written out a second time on purpose: the table may not change without somebody meaning it. */
const allowed = new Set([
  "OFFERED>REQUESTED",
  "OFFERED>ACTIVE",
  "OFFERED>DECLINED",
  "OFFERED>CANCELLED",
  "OFFERED>EXPIRED",
  "REQUESTED>DELIVERING",
  "REQUESTED>WAITING",
  "REQUESTED>ACTIVE",
  "REQUESTED>ENDED",
  "REQUESTED>CANCELLED",
  "REQUESTED>FAILED",
  "DELIVERING>WAITING",
  "DELIVERING>ACTIVE",
  "DELIVERING>ENDED",
  "DELIVERING>CANCELLED",
  "DELIVERING>FAILED",
  "WAITING>ACTIVE",
  "WAITING>DELIVERING",
  "WAITING>ENDED",
  "WAITING>CANCELLED",
  "WAITING>EXPIRED",
  "ACTIVE>ENDED",
  "FAILED>DELIVERING",
  "FAILED>ACTIVE",
]);

describe("the life of a handover", () => {
  for (const from of all)
    for (const to of all)
      test(`${from} ${allowed.has(`${from}>${to}`) ? "may become" : "never becomes"} ${to}`, () => {
        expect(mayMove(from, to)).toBe(allowed.has(`${from}>${to}`));
      });

  test("no open status is a dead end", () => {
    for (const status of openStatuses) expect(transitions[status].length).toBeGreaterThan(0);
  });

  test("what is over stays over", () => {
    for (const status of ["ENDED", "DECLINED", "CANCELLED", "EXPIRED"] as const) {
      expect(isOpen(status)).toBe(false);
      expect(transitions[status]).toEqual([]);
    }
  });

  test("from every open status a person can take over, so that no customer is stuck", () => {
    for (const status of openStatuses.filter((each) => each !== "ACTIVE")) expect(mayMove(status, "ACTIVE")).toBe(true);
  });
});
