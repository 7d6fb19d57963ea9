import { languageOf } from "./language";
import { type Term, termsOf } from "./question";

/** One question that was not answered. */
export interface Unanswered {
  messageId: string;
  conversationId: string;
  question: string;
  language: string;
  askedAt: Date;
  /** The handover it led to. */
  handoverId: string | null;
}

/** Questions that ask for the same missing article. */
export interface Gap {
  /** The one that is most like the others. */
  question: string;
  language: string;
  /** Each wording once, newest first. */
  questions: string[];
  /** How often it was asked. */
  count: number;
  conversations: number;
  handovers: number;
  lastAskedAt: Date;
}

/** From this likeness on two questions ask for the same. */
const alike = 0.5;

/** Groups unanswered questions by likeness, the most asked first. `asked` is newest first. Pure. */
export function gapsIn(asked: Unanswered[]): Gap[] {
  const groups: { members: Unanswered[]; terms: Set<string>[] }[] = [];
  for (const one of asked) {
    const terms = topicsOf(one);
    let best: (typeof groups)[number] | undefined;
    let most = alike;
    for (const group of groups) {
      if (group.members[0]?.language !== one.language) continue;
      const likeness = Math.max(...group.terms.slice(0, 20).map((other) => dice(terms, other)));
      if (likeness >= most && (likeness > most || !best)) {
        best = group;
        most = likeness;
      }
    }
    if (best) {
      best.members.push(one);
      best.terms.push(terms);
    } else groups.push({ members: [one], terms: [terms] });
  }
  return groups
    .map(({ members, terms }) => gapOf(members, terms))
    .sort((one, other) => other.count - one.count || other.lastAskedAt.getTime() - one.lastAskedAt.getTime());
}

function gapOf(members: Unanswered[], terms: Set<string>[]): Gap {
  const newest = members[0] as Unanswered;
  const nearness = terms.map((one) => terms.slice(0, 50).reduce((sum, other) => sum + dice(one, other), 0));
  const central = members[nearness.indexOf(Math.max(...nearness))] ?? newest;
  return {
    question: central.question,
    language: newest.language,
    questions: [...new Set(members.map(({ question }) => question))],
    count: members.length,
    conversations: new Set(members.map(({ conversationId }) => conversationId)).size,
    handovers: new Set(members.flatMap(({ handoverId }) => handoverId ?? [])).size,
    lastAskedAt: newest.askedAt,
  };
}

/** What a question is about, so that "send back" and "return" are one topic. */
function topicsOf({ question, language }: Unanswered): Set<string> {
  const known = languageOf(language);
  const topics = termsOf(question, known).map((term) => topicOf(term, known.stem));
  return new Set(topics.length > 0 ? topics : [question.trim().toLowerCase()]);
}

function topicOf(term: Term, stem: (word: string) => string): string {
  return term.phrases.map((phrase) => phrase.map(stem).join(" ")).sort()[0] as string;
}

function dice(one: Set<string>, other: Set<string>): number {
  const both = [...one].filter((topic) => other.has(topic)).length;
  return (2 * both) / (one.size + other.size);
}
