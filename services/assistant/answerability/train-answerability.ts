import { type AnswerabilityModel, cluesFor } from "./answerability";
import { clueNames, signOf } from "./clues";
import { type CorpusQuestion, readAnswerabilityCorpus } from "./corpus";

/** One question with the clues of the sentence that may answer it. */
export interface TrainingQuestion {
  topic: string;
  answerable: boolean;
  weight: number;
  values: number[];
}

/** How strongly weights are drawn to zero. */
const decay = 4;

/** What a question about another matter altogether counts: it is easily told, and there could be any number of them. */
const strayWeight = 0.3;

export function trainAnswerability(): AnswerabilityModel {
  return learn(trainingQuestions(readAnswerabilityCorpus()));
}

/** What an answerable question with another name or number in it counts: it may by chance be answered still. */
const twistWeight = 0.5;

/** The corpus; each of its answerable questions asked of the next topic's texts too, and with another name or number. */
export function trainingQuestions(corpus: CorpusQuestion[]): TrainingQuestion[] {
  const topics = [...new Set(corpus.map(({ documents }) => documents))];
  return corpus.flatMap((question) => {
    const own = readForTraining(question, question.answerable, 1);
    if (!question.answerable) return [own];
    const next = topics[(topics.indexOf(question.documents) + 1) % topics.length] as string[];
    const twists = [otherNumber(question.text), otherName(question, corpus)].filter((text) => text !== null);
    return [
      own,
      readForTraining({ ...question, documents: next }, false, strayWeight),
      ...twists.map((text) => readForTraining({ ...question, text }, false, twistWeight)),
    ];
  });
}

/** The question with another number: 17 years earlier, or twice as many and one. */
function otherNumber(text: string): string | null {
  const found = /\d+/.exec(text)?.[0];
  if (found === undefined) return null;
  const value = Number(found);
  return text.replace(found, String(value > 1000 && value < 2100 ? value - 17 : value * 2 + 1));
}

const names = /(?<=\p{Ll}'?s?,? )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*/gu;

/** The question with another name of its topic; not in German, where every noun looks like one. */
function otherName({ text, topic, language }: CorpusQuestion, corpus: CorpusQuestion[]): string | null {
  if (language === "de") return null;
  const [own] = text.match(names) ?? [];
  if (own === undefined) return null;
  const there = corpus.filter((one) => one.topic === topic).flatMap((one) => one.text.match(names) ?? []);
  const other = there.find((name) => !text.includes(name) && !own.includes(name) && !name.includes(own));
  return other === undefined ? null : text.replace(own, other);
}

function readForTraining(question: CorpusQuestion, answerable: boolean, weight: number): TrainingQuestion {
  const { clues } = cluesFor(
    question,
    question.documents.map((text) => ({ above: "", text })),
  );
  return { topic: question.topic, answerable, weight, values: clues?.values ?? [] };
}

/** A logistic regression over the clues of the sentence that says most of what is asked. */
export function learn(questions: TrainingQuestion[]): AnswerabilityModel {
  const read = questions.filter(({ values }) => values.length > 0);
  const { means, scales } = spreadOf(read.map(({ values }) => values));
  const weights = descend(
    read.map(({ values, ...rest }) => ({
      ...rest,
      values: values.map((value, at) => (value - (means[at] as number)) / (scales[at] as number)),
    })),
  );
  const model: AnswerabilityModel = { bias: weights[clueNames.length] as number, weights: {} };
  for (const [at, name] of clueNames.entries()) {
    const weight = (weights[at] as number) / (scales[at] as number);
    model.bias -= weight * (means[at] as number);
    // Rounded, so that the last bit of an exponential is of no matter.
    model.weights[name] = Math.round(weight * 1000) / 1000;
  }
  model.bias = Math.round(model.bias * 1000) / 1000;
  return model;
}

function spreadOf(rows: number[][]): { means: number[]; scales: number[] } {
  const means = clueNames.map((_, at) => rows.reduce((total, row) => total + (row[at] as number), 0) / rows.length);
  const scales = clueNames.map((_, at) => {
    const mean = means[at] as number;
    const variance = rows.reduce((total, row) => total + ((row[at] as number) - mean) ** 2, 0) / rows.length;
    // A clue that is hardly ever there must not get a weight by one case.
    return Math.max(0.1, Math.sqrt(variance));
  });
  return { means, scales };
}

/** Gradient descent on all questions at once, with momentum: no order, no chance. */
function descend(rows: Omit<TrainingQuestion, "topic">[]): Float64Array {
  const size = clueNames.length;
  const weights = new Float64Array(size + 1);
  const speed = new Float64Array(size + 1);
  const slope = new Float64Array(size + 1);
  const table = rows.map(({ values }) => Float64Array.from(values));
  for (let step = 0; step < 600; step++) {
    slope.fill(0);
    for (let index = 0; index < rows.length; index++) {
      const { answerable, weight } = rows[index] as (typeof rows)[number];
      const values = table[index] as Float64Array;
      let sum = weights[size] as number;
      for (let at = 0; at < size; at++) sum += (weights[at] as number) * (values[at] as number);
      const error = weight * (1 / (1 + Math.exp(-sum)) - (answerable ? 1 : 0));
      for (let at = 0; at < size; at++) slope[at] = (slope[at] as number) + error * (values[at] as number);
      slope[size] = (slope[size] as number) + error;
    }
    for (let at = 0; at <= size; at++) {
      const pull = at < size ? decay * (weights[at] as number) : 0;
      speed[at] = 0.9 * (speed[at] as number) - (0.1 * ((slope[at] as number) + pull)) / rows.length;
      weights[at] = (weights[at] as number) + (speed[at] as number);
      // What is known beforehand of a clue, few examples must not turn round.
      if (at < size && (weights[at] as number) * signOf(at) < 0) {
        weights[at] = 0;
        speed[at] = 0;
      }
    }
  }
  return weights;
}
