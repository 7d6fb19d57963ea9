import type { Meaning } from "./situations";

/**
 * Which situations a text leans to: those that its words speak for more than for most, whether or not one of them stands
 * out. Chances say which situation it is; leanings say what a text is like, also where the chances are wrong.
 */
export interface Leaning {
  /** Of each situation, of length one in all. */
  all: Float64Array;
  /** Those that are not 0: their numbers. */
  situations: number[];
}

/** The strongest ones say it; the rest is noise. */
const mostLeanings = 40;

export function leaningOf({ scores }: Meaning): Leaning {
  let sum = 0;
  for (const score of scores) sum += score;
  const mean = sum / scores.length;
  const least = weakestOf(scores, mean);
  const situations: number[] = [];
  let length = 0;
  for (let s = 0; s < scores.length; s += 1) {
    const more = (scores[s] as number) - mean;
    if (more <= 0 || (scores[s] as number) < least) continue;
    situations.push(s);
    length += more * more;
  }
  const all = new Float64Array(scores.length);
  for (const s of situations) all[s] = ((scores[s] as number) - mean) / Math.sqrt(length);
  return { all, situations };
}

/** The least of the strongest scores above the mean. */
function weakestOf(scores: Float64Array, mean: number): number {
  const above = new Float64Array(scores.length);
  let count = 0;
  for (const score of scores) if (score > mean) above[count++] = score;
  return count < mostLeanings ? mean : (above.subarray(0, count).sort()[count - mostLeanings] as number);
}

/** How much two texts lean to the same, 0..1. */
export function agreement(one: Leaning, other: Leaning): number {
  let sum = 0;
  for (const s of one.situations) sum += (one.all[s] as number) * (other.all[s] as number);
  return sum;
}
