/**
 * Which patterns of a workspace's own may run on what strangers write. JavaScript's matcher tries one way after the
 * other, and a careless pattern has more ways than there is time. So every repetition must be bounded, and the ways a
 * pattern can match from one place are counted before it is accepted.
 */

export const patternLimits = { characters: 200, ways: 100, longestMatch: 200 };

interface Size {
  /** In how many ways it can match from one place. */
  ways: number;
  /** Characters of the shortest and the longest match. */
  least: number;
  most: number;
}

class Refused extends Error {}

/** The pattern, ready to run with the flags g and u; or, as a sentence, why it is refused. */
export function safePattern(source: string): RegExp | string {
  if (source.length > patternLimits.characters)
    return `It is ${source.length} characters long; at most ${patternLimits.characters} fit.`;
  let pattern: RegExp;
  try {
    pattern = new RegExp(source, "gu");
  } catch (error) {
    return `It is no regular expression: ${(error as Error).message}.`;
  }
  try {
    const { least, most, ways } = measured(source);
    if (least === 0)
      return "It matches nothing at all as well, which stands everywhere. Let it match one character at least.";
    if (most > patternLimits.longestMatch)
      return `It may match ${most} characters; at most ${patternLimits.longestMatch} are allowed. Bound its repetitions lower.`;
    if (ways > patternLimits.ways)
      return `It can match in ${ways} ways from one place; at most ${patternLimits.ways} are allowed. Bound its repetitions lower.`;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
  return pattern;
}

/** Reads a pattern that is valid. Throws Refused for what cannot be bounded. */
function measured(source: string): Size {
  let at = 0;

  function alternatives(): Size {
    let all = sequence();
    while (source[at] === "|") {
      at += 1;
      const next = sequence();
      all = { ways: all.ways + next.ways, least: Math.min(all.least, next.least), most: Math.max(all.most, next.most) };
    }
    return all;
  }

  function sequence(): Size {
    let all: Size = { ways: 1, least: 0, most: 0 };
    while (at < source.length && source[at] !== "|" && source[at] !== ")") {
      const next = repeated(atom());
      all = { ways: all.ways * next.ways, least: all.least + next.least, most: all.most + next.most };
    }
    return all;
  }

  function repeated(one: Size): Size {
    const [found, from, to] = /^\{(\d+)(?:,(\d+))?\}/.exec(source.slice(at)) ?? [];
    const unbounded = source[at] === "*" || source[at] === "+" || /^\{\d+,\}/.test(source.slice(at));
    if (unbounded)
      throw new Refused("It repeats without a bound. Write {1,30} in place of +, and {0,30} in place of *.");
    if (source[at] !== "?" && !found) return one;
    at += found?.length ?? 1;
    // Lazy or greedy: the ways are the same.
    if (source[at] === "?") at += 1;
    const least = found ? Number(from) : 0;
    const most = found ? Number(to ?? from) : 1;
    let ways = 0;
    for (let times = least; times <= most && ways <= 1e6; times += 1) ways += one.ways ** times;
    return { ways: Math.min(ways, 1e6), least: one.least * least, most: one.most * most };
  }

  function atom(): Size {
    const char = source[at] as string;
    if (char === "(") return group();
    if (char === "[") return characterClass();
    if (char === "\\") return escaped();
    at += 1;
    if (char === "^" || char === "$") return { ways: 1, least: 0, most: 0 };
    // A character of two code units is one in a pattern with the flag u.
    if (/[\uD800-\uDBFF]/.test(char)) at += 1;
    return { ways: 1, least: 1, most: 1 };
  }

  function group(): Size {
    at += 1;
    if (source[at] === "?") {
      if (source[at + 1] !== ":")
        throw new Refused("It looks around or names a group. Only ( ) and (?: ) are allowed.");
      at += 2;
    }
    const inside = alternatives();
    at += 1;
    return inside;
  }

  function characterClass(): Size {
    at += 1;
    while (source[at] !== "]") at += source[at] === "\\" ? 2 : 1;
    at += 1;
    return { ways: 1, least: 1, most: 1 };
  }

  function escaped(): Size {
    const next = source[at + 1] as string;
    if (/[1-9k]/.test(next)) throw new Refused("It refers back to a group, which cannot be bounded.");
    at +=
      /^\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[A-Za-z])/.exec(source.slice(at))?.[0].length ??
      2;
    return next === "b" || next === "B" ? { ways: 1, least: 0, most: 0 } : { ways: 1, least: 1, most: 1 };
  }

  return alternatives();
}
