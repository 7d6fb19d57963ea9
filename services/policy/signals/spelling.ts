/**
 * The word of the list that `word` is a slip of: one edit (a letter more, less, changed, or two swapped) from five
 * letters on, two from nine on; the first letter must be right. Null when it is none, or already in the list.
 */
export function nearestWord(word: string, list: readonly string[]): string | null {
  if (list.includes(word)) return null;
  for (const wanted of list) {
    if (wanted[0] !== word[0] || Math.abs(wanted.length - word.length) > 2) continue;
    // A plural or an inflected form is no slip.
    if (word.startsWith(wanted) || wanted.startsWith(word)) continue;
    if (edits(word, wanted) <= (wanted.length >= 9 ? 2 : 1)) return wanted;
  }
  return null;
}

/** Damerau-Levenshtein distance (adjacent swaps count one). */
function edits(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
