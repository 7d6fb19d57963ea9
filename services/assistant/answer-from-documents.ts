import { answer, type Draft } from "./answer";
import { cover } from "./coverage";
import { passagesOf } from "./passages";
import { questionOf, type Said } from "./question";
import { idf, type Passage, type RatedTerm } from "./retrieve";

/**
 * The offline answer from a handful of documents that are at hand, without a database: the same reading of the
 * question, the same coverage and the same decision, over every passage there is. Pure.
 */
export function answerFromDocuments(
  documents: { title: string; body: string; language: string }[],
  turns: Said[],
  language: string,
): Draft {
  const question = questionOf(turns, language);
  const passages = documents.flatMap(({ title, body, language: written }, index) =>
    passagesOf(title, body).map(
      ({ heading, text }): Passage => ({
        articleId: String(index),
        title,
        url: null,
        language: written,
        heading,
        text,
        score: 0,
      }),
    ),
  );
  const unrated = question.terms.map((term): RatedTerm => ({ ...term, rarity: 1, unknown: false, misspelt: false }));
  const met = passages.map((passage) => cover(passage, unrated, question).credits);
  const average = Math.log(1 + passages.length / 4) || 1;
  const terms = unrated.map((term, index) => {
    const frequency = met.filter((credits) => (credits[index] ?? 0) > 0).length;
    return { ...term, unknown: frequency === 0, rarity: idf(frequency, passages.length) / average };
  });
  const scored = passages.map((passage, index) => ({
    ...passage,
    score: terms.reduce((sum, term, position) => sum + term.weight * term.rarity * (met[index]?.[position] ?? 0), 0),
  }));
  return answer(question, { passages: scored.sort((one, other) => other.score - one.score).slice(0, 12), terms });
}
