/**
 * How much of a text somebody else would have written stands in another, in the same order: the longest common
 * subsequence of words, as the harmonic mean of its share of both (ROUGE-L). 0 to 1.
 */
export function rougeL(written: string, reference: string): number {
  const [left, right] = [tokensOf(written), tokensOf(reference)];
  if (left.length === 0 || right.length === 0) return 0;
  let row = new Array<number>(right.length + 1).fill(0);
  for (const word of left) {
    const next = [0];
    for (const [index, other] of right.entries())
      next.push(word === other ? (row[index] ?? 0) + 1 : Math.max(row[index + 1] ?? 0, next[index] ?? 0));
    row = next;
  }
  const common = row[right.length] ?? 0;
  return (2 * common) / (left.length + right.length);
}

/** Words and numbers in small letters; where no blanks stand between words, single characters. */
function tokensOf(text: string): string[] {
  return text.toLowerCase().match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[\p{L}\p{N}]+/gu) ?? [];
}
