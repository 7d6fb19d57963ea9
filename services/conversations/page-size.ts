import { refuse } from "../../kit/errors";

/** How many of a list are wanted. Throws BAD_INPUT outside 1 to `most`. */
export function pageSize(first: number, most: number): number {
  if (first >= 1 && first <= most) return first;
  throw refuse("BAD_INPUT", `first is ${first}; ask for 1 to ${most} at a time.`);
}
