import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectPath } from "../../../kit/project";
import { sayMany } from "./grammar";

/** What stands in services/policy/corpus/situations about one situation. */
export interface Situation {
  name: string;
  /** The world it belongs to: the first part of the name of the file that gives its title. */
  domain: string;
  /** The company's words for it. */
  title: string[];
  /** Wider words for what it belongs to, as wide topics name it. */
  above: string[];
  /** How customers put it, as templates; `foreign` in another language than English. */
  sayings: { template: string; foreign: boolean }[];
}

/**
 * `# name: company's words, more of them` begins a situation, `# name` goes on with it; every other line is a way customers
 * put it. `@ wider words` says what the situations below it belong to. `= more of the company's words` and `^ wider words` add
 * to one situation. `~ ` stands before what is said in another language than English. Throws when a situation has two titles
 * or none.
 */
export function readSituations(): Situation[] {
  const folder = projectPath("services/policy/corpus/situations");
  const found = new Map<string, Situation>();
  const files = readdirSync(folder).filter((name) => name.endsWith(".txt"));
  for (const file of files.sort((one, other) => rankOf(one) - rankOf(other) || (one < other ? -1 : 1))) {
    let above: string[] = [];
    let situation: Situation | undefined;
    for (const raw of readFileSync(join(folder, file), "utf8").split("\n")) {
      const line = raw.trim();
      if (line === "") continue;
      if (line.startsWith("@ ")) {
        above = partsOf(line.slice(2));
        continue;
      }
      const [, name, title] = /^# ([\w-]+)(?:: (.*))?$/.exec(line) ?? [];
      if (name !== undefined) {
        situation = found.get(name);
        if (title !== undefined) {
          if (situation) throw new Error(`${file}: "${name}" has a title already.`);
          const domain = file.replace(/^more-/, "").replace(/[-.].*$/, "");
          situation = { name, domain, title: partsOf(title), above: [...above], sayings: [] };
          found.set(name, situation);
        }
        if (!situation) throw new Error(`${file}: no situation is called "${name}".`);
        continue;
      }
      if (!situation) throw new Error(`${file}: "${line}" stands before any situation.`);
      const [, mark, said] = /^([=^~]) (.*)/.exec(line) ?? [];
      if (mark === "=") situation.title.push(...partsOf(said as string));
      else if (mark === "^") situation.above.push(...partsOf(said as string));
      else situation.sayings.push({ template: said ?? line, foreign: mark === "~" });
    }
  }
  return [...found.values()];
}

const partsOf = (words: string) => words.split(",").map((part) => part.trim());

/**
 * Files that name situations of other files come after these: `more-retail-returns` adds to retail's world, situations and
 * wordings; `wordings-retail` has wordings only, `titles-retail` the company's words only.
 */
const rankOf = (file: string) =>
  ["more-", "wordings-", "titles-"].findIndex((beginning) => file.startsWith(beginning)) + 1;

/** Messages by language: a signal has English ones and all others. */
export interface Messages {
  english: string[];
  foreign: string[];
}

/**
 * What customers write in these situations, for signals that have to tell it from what they look for.
 * @param most so many ways to say one template
 */
export function messagesIn(names: Set<string>, most: number, random: () => number): Messages {
  return messagesOf((name) => names.has(name), names, most, random);
}

/** What customers write in all other situations, as above. */
export function messagesOutside(names: Set<string>, most: number, random: () => number): Messages {
  return messagesOf((name) => !names.has(name), names, most, random);
}

function messagesOf(isOne: (name: string) => boolean, named: Set<string>, most: number, random: () => number) {
  const situations = readSituations();
  const unknown = [...named].filter((name) => !situations.some((situation) => situation.name === name));
  if (unknown.length > 0) throw new Error(`No situation is called "${unknown.join('", "')}".`);
  const sayings = situations.flatMap(({ name, sayings }) => (isOne(name) ? sayings : []));
  const say = (foreign: boolean) =>
    sayings
      .filter((saying) => saying.foreign === foreign)
      .flatMap(({ template }) => sayMany(template, new Map(), most, random));
  return { english: say(false), foreign: say(true) };
}
