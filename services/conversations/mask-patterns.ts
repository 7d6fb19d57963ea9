import { safePattern } from "../../kit/safe-pattern";
import { checkedLine } from "./customer-input";
import { UnsafePattern } from "./refusals";
import type { MaskPattern } from "./workspace.entity";

/** How many patterns a workspace may have: each runs over every message. */
export const patternCount = 20;

/** The patterns as they are kept, or which of them may not run and why. */
export function checkedPatterns(asked: MaskPattern[]): MaskPattern[] | UnsafePattern {
  const [first] = asked;
  if (first && asked.length > patternCount)
    return new UnsafePattern(first.pattern, `There are ${asked.length} patterns; at most ${patternCount} are allowed.`);
  const kept: MaskPattern[] = [];
  for (const { name: raw, pattern } of asked) {
    const name = checkedLine("name", raw, 40);
    if (!name || /[[\]\n]/.test(name))
      return new UnsafePattern(pattern, "Its name must have 1 to 40 characters and no square brackets.");
    const checked = safePattern(pattern);
    if (typeof checked === "string") return new UnsafePattern(pattern, checked);
    kept.push({ name, pattern });
  }
  return kept;
}
