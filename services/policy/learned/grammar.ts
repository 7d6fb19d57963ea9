/** A corpus file: templates by section, and the slots they use. */
export interface Corpus {
  slots: Map<string, string>;
  sections: Map<string, string[]>;
}

/** Reads a corpus file: `[section]` lines, `name = one|two` lines under `[slots]`, one template per other line. */
export function readCorpus(text: string): Corpus {
  const slots = new Map<string, string>();
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of text.split("\n").map((raw) => raw.trim())) {
    const section = /^\[(\w+)\]$/.exec(line)?.[1];
    if (section) {
      lines = section === "slots" ? new SlotLines(slots) : (sections.get(section) ?? []);
      if (section !== "slots") sections.set(section, lines);
    } else if (line) lines.push(line);
  }
  return { slots, sections };
}

/** Takes `name = one|two` lines as if they were templates, so that reading a file is one loop. */
class SlotLines extends Array<string> {
  constructor(private readonly slots: Map<string, string>) {
    super();
  }
  override push(...lines: string[]): number {
    for (const line of lines) {
      const [name, values] = line.split(/\s*=\s*/, 2);
      if (name && values) this.slots.set(name, values);
    }
    return 0;
  }
}

/** One way to say a template: every `<slot>` and `(a|b|)` decided by `random`. */
export function say(template: string, slots: Map<string, string>, random: () => number): string {
  let text = template.replace(/<(\w+)>/g, (_, name: string) => `(${slots.get(name) ?? name})`);
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/\(([^()]*)\)/g, (_, options: string) => pick(options.split("|"), random));
  }
  return text
    .replace(/\s+/g, " ")
    .replace(/\s+([,!?])/g, "$1")
    .trim();
}

/** In how many ways a template can be said, repetitions among its options counted. */
export function waysToSay(template: string, slots: Map<string, string>): number {
  let text = template.replace(/<(\w+)>/g, (_, name: string) => `(${slots.get(name) ?? name})`);
  // From the innermost brackets out, each pair becomes the number of ways it can be said: "{3}".
  const count = (option: string) =>
    Array.from(option.matchAll(/\{([\d.e+]+)\}/g)).reduce((ways, [, inner]) => ways * Number(inner), 1);
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/\(([^()]*)\)/g, (_, options: string) => {
      const ways = options.split("|").reduce((sum, option) => sum + count(option), 0);
      return `{${ways}}`;
    });
  }
  return count(text);
}

/** Up to `most` different ways to say a template. */
export function sayMany(template: string, slots: Map<string, string>, most: number, random: () => number): string[] {
  const found = new Set<string>();
  for (let tries = 0; found.size < most && tries < most * 3; tries++) found.add(say(template, slots, random));
  return [...found];
}

/** One of the options; `random` gives 0..1. */
export function pick<Option>(options: readonly Option[], random: () => number): Option {
  return options[Math.floor(random() * options.length)] as Option;
}

/** The text with one slip of the fingers: a letter left out, doubled, swapped with its neighbour or mistyped. */
export function mistype(text: string, random: () => number): string {
  const letters = Array.from(text);
  const places = letters.flatMap((letter, index) => (/\p{L}/u.test(letter) && index > 0 ? [index] : []));
  if (places.length < 4) return text;
  const at = pick(places, random);
  const letter = letters[at] as string;
  switch (Math.floor(random() * 4)) {
    case 0:
      letters.splice(at, 1);
      break;
    case 1:
      letters.splice(at, 0, letter);
      break;
    case 2:
      letters.splice(at - 1, 2, letter, letters[at - 1] as string);
      break;
    default:
      letters[at] = pick(Array.from("aeiorstnlkm"), random);
  }
  return letters.join("");
}
