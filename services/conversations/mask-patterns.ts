import { mask, type MaskPattern as ReadyPattern } from "../../kit/mask";
import { checkedLine } from "./customer-input";
import { UnsafePattern } from "./refusals";
import { safePattern } from "./safe-pattern";
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

/** How a workspace's messages are masked before anybody keeps, reads or hears them. */
export function masking({ maskPatterns }: { maskPatterns: MaskPattern[] }): (text: string) => string {
  if (maskPatterns.length === 0) return (text) => mask(text);
  const own = ready(maskPatterns);
  return (text) => mask(text, own);
}

/** Compiling costs more than looking up, and every message asks for it. */
const compiled = new Map<string, ReadyPattern[]>();

function ready(patterns: MaskPattern[]): ReadyPattern[] {
  const key = JSON.stringify(patterns);
  const known = compiled.get(key);
  if (known) return known;
  const own = patterns.flatMap(({ name, pattern }) => {
    // Checked when they were set; a rule that became stricter since must not run an older pattern all the same.
    const checked = safePattern(pattern);
    return typeof checked === "string" ? [] : [{ name, pattern: checked }];
  });
  if (compiled.size >= 200) compiled.clear();
  compiled.set(key, own);
  return own;
}
