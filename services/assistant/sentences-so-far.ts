/**
 * The finished entries of the array `sentences` in JSON that is still being written: `{"answered": true, "sentences":
 * [{...}, {...}, {"te`. Empty while there are none, and for text that is no such JSON.
 */
export function sentencesSoFar(json: string): unknown[] {
  const begin = json.indexOf("{");
  const nesting: string[] = [];
  let inString = false;
  let end = -1;
  for (let at = begin; at >= 0 && at < json.length; at++) {
    const character = json[at] as string;
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") nesting.push(character);
    else if (character === "}" || character === "]") {
      nesting.pop();
      if (nesting.join("") === "{[") end = at + 1;
    }
  }
  if (end < 0) return [];
  try {
    const { sentences } = JSON.parse(`${json.slice(begin, end)}]}`) as { sentences?: unknown };
    return Array.isArray(sentences) ? sentences : [];
  } catch {
    return [];
  }
}
