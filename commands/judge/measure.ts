import type { JudgeOptions } from "./judge-line";
import type { JudgedSignal } from "./signals";

interface Outcome {
  right: boolean;
  /** Whether the line is labelled, and was judged, as the positive answer. */
  labelled: boolean;
  judged: boolean;
  score: number;
  /** What the line says it is among its like: "hard", "near", "unrelated". */
  kind: string | null;
}

/**
 * Judges labelled lines and counts. Measures (0..1): accuracy; where there is a positive answer also f1, auroc,
 * "false positives" and, for each kind of negative line, "false positives <kind>".
 */
export function measure(
  signal: JudgedSignal,
  lines: unknown[],
  options: JudgeOptions,
): { measures: Record<string, number>; missed: string[] } {
  const missed: string[] = [];
  const outcomes = lines.map((line): Outcome => {
    const { id, pred, score } = signal.judge(line, options);
    const fields = line as Record<string, unknown>;
    const gold = fields[signal.gold];
    if (gold === undefined) throw new Error(`Case ${id} has no "${signal.gold}".`);
    if (pred !== gold) missed.push(`${id} is ${gold}, judged ${pred} (${score.toFixed(2)}): ${saidIn(fields)}`);
    return {
      right: pred === gold,
      labelled: gold === signal.positive,
      judged: pred === signal.positive,
      score,
      kind: typeof fields.kind === "string" ? fields.kind : null,
    };
  });
  const measures: Record<string, number> = { accuracy: share(outcomes, ({ right }) => right) };
  if (signal.positive === null) return { measures, missed };
  const negatives = outcomes.filter(({ labelled }) => !labelled);
  measures.f1 = f1(outcomes);
  measures.auroc = auroc(outcomes);
  measures["false positives"] = share(negatives, ({ judged }) => judged);
  for (const kind of new Set(negatives.flatMap((one) => one.kind ?? [])))
    measures[`false positives ${kind}`] = share(
      negatives.filter((one) => one.kind === kind),
      ({ judged }) => judged,
    );
  return { measures, missed };
}

function saidIn(fields: Record<string, unknown>): string {
  const last = Array.isArray(fields.turns) ? (fields.turns.at(-1) as { text?: unknown })?.text : undefined;
  return String(fields.text ?? fields.question ?? last ?? "");
}

function share(outcomes: Outcome[], is: (outcome: Outcome) => boolean): number {
  return outcomes.length === 0 ? 0 : outcomes.filter(is).length / outcomes.length;
}

function f1(outcomes: Outcome[]): number {
  const hit = outcomes.filter(({ labelled, judged }) => labelled && judged).length;
  const wrong = outcomes.filter(({ labelled, judged }) => labelled !== judged).length;
  return hit === 0 ? 0 : (2 * hit) / (2 * hit + wrong);
}

/** How often a positive line scores above a negative one; a tie counts half. */
function auroc(outcomes: Outcome[]): number {
  const sorted = outcomes.toSorted((one, other) => one.score - other.score);
  const positives = sorted.filter(({ labelled }) => labelled).length;
  const negatives = sorted.length - positives;
  if (positives === 0 || negatives === 0) return 1;
  let above = 0;
  let negativesBelow = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end < sorted.length && sorted[end]?.score === sorted[start]?.score) end++;
    const tied = sorted.slice(start, end);
    const tiedPositives = tied.filter(({ labelled }) => labelled).length;
    const tiedNegatives = tied.length - tiedPositives;
    above += tiedPositives * (negativesBelow + tiedNegatives / 2);
    negativesBelow += tiedNegatives;
    start = end;
  }
  return above / (positives * negatives);
}
