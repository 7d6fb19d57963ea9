import { type MaskPattern, mask } from "./mask";
import { safePattern } from "./safe-pattern";

/** A workspace's own pattern as it is kept and told. */
export interface KeptPattern {
  /** What stands in its place, in square brackets. */
  name: string;
  /** The source of a regular expression that `safePattern` accepts. */
  pattern: string;
}

/** Masks a text; `before`: what was said just before it, as far as it is known, the oldest first. */
export type Mask = (text: string, before?: readonly string[]) => string;

/** How a workspace's texts are masked before anybody keeps, reads or hears them: what always is, and its own patterns. */
export function masking(patterns: KeptPattern[]): Mask {
  const own = patterns.length === 0 ? [] : ready(patterns);
  return (text, before) => mask(text, own, before);
}

/** Compiling costs more than looking up, and every message asks for it. */
const compiled = new Map<string, MaskPattern[]>();

function ready(patterns: KeptPattern[]): MaskPattern[] {
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
