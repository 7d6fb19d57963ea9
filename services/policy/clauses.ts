import { sentencesOf, wordsOf } from "./text";

/** Between two things asked for in one breath. */
const furthermore = new RegExp(
  [
    "(?:and|but) (?:also|then|another thing|one more thing|secondly)|also|plus|besides",
    "and (?=(?:when|how|what|where|why|which|can|could|do|does|is|are|i (?:want|need|have|forgot|lost|can't))\\b)",
    "(?:und|aber) (?:außerdem|auch noch)|außerdem|und (?=(?:wann|wie|was|wo|warum|kann|ich)\\b)",
    "y (?:también|además)|además|y (?=(?:cuándo|cómo|qué|dónde|puedo|quiero)(?!\\p{L}))",
    "et (?:aussi|en plus)|en plus|et (?=(?:quand|comment|où|je|puis-je)(?!\\p{L}))",
    "e (?:também|anche|inoltre)|inoltre|além disso|en (?:ook|daarnaast)|oraz|ayrıca|а также|и ещ[её]",
  ]
    .map((way) => `\\s*[,;]?\\s+(?:${way})(?:\\s+|(?<=\\s))`)
    .join("|"),
  "iu",
);
/** Shorter ones say too little on their own. */
const fewestWords = 4;
const most = 6;

/** What a message says piece by piece, where it asks for several things; nothing where it is one piece. */
export function clausesOf(text: string): string[] {
  const clauses = sentencesOf(text)
    .flatMap((sentence) => sentence.split(furthermore))
    .filter((clause) => wordsOf(clause).length >= fewestWords);
  return clauses.length < 2 ? [] : clauses.slice(0, most);
}
