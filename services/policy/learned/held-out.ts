import { readFileSync } from "node:fs";
import { projectPath } from "../../../kit/project";
import { normalize, wordsOf } from "./features";

/**
 * What `npm run eval` measures with a file of services/policy/cases, as `sayingOf` gives it: not to be learned from, even
 * where a template happens to say it. A bare word ("agent") belongs to the language, and may be learned.
 */
export function heldOut(file: string): Set<string> {
  const cases = readFileSync(projectPath("services/policy/cases", `${file}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return new Set(
    cases.map((line) => sayingOf((JSON.parse(line) as { text: string }).text)).filter((said) => said.length > 8),
  );
}

/** A text without marks, blanks and accents. */
export function sayingOf(text: string): string {
  return wordsOf(normalize(text)).join("");
}
