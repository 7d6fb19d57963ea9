/** "habe:hat bin:ist": what one says of oneself, and what others say of one. */
export function firstToThird(list: string): Map<string, string> {
  return new Map(list.split(" ").map((pair) => pair.split(":") as [string, string]));
}
