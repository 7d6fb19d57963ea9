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

/** A group is known by its first questions; the others are like them. */
const knownBy = 20;
/** Who writes more asks several things; the beginning tells which. */
const longestQuestion = 600;

interface Group {
  /** Groups are numbered as they are found. */
  number: number;
  members: Unanswered[];
  terms: Set<string>[];
}

/**
 * Groups unanswered questions by likeness, the most asked first. `asked` is newest first. Pure. Only questions that share
 * a topic are compared, so that thousands of different ones are grouped at once.
 */
export function gapsIn(asked: Unanswered[]): Gap[] {
  const groups: Group[] = [];
  const about = new Map<string, { group: Group; terms: Set<string> }[]>();
  for (const one of asked) {
    const terms = topicsOf(one);
    const keys = [...terms].map((topic) => `${one.language} ${topic}`);
    const shared = new Map<Set<string>, { group: Group; topics: number }>();
    for (const key of keys)
      for (const { group, terms: other } of about.get(key) ?? []) {
        const counted = shared.get(other);
        if (counted) counted.topics += 1;
        else shared.set(other, { group, topics: 1 });
      }
    let best: Group | undefined;
    let most = alike;
    for (const [other, { group, topics }] of shared) {
      const likeness = (2 * topics) / (terms.size + other.size);
      if (likeness > most || (likeness === most && (!best || group.number < best.number)))
        [best, most] = [group, likeness];
    }
    if (!best) {
      best = { number: groups.length, members: [], terms: [] };
      groups.push(best);
    }
    best.members.push(one);
    best.terms.push(terms);
    if (best.terms.length > knownBy) continue;
    for (const key of keys) {
      const there = about.get(key);
      if (there) there.push({ group: best, terms });
      else about.set(key, [{ group: best, terms }]);
    }
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
  const topics = termsOf(question.slice(0, longestQuestion), known).map((term) => topicOf(term, known.stem));
  return new Set(topics.length > 0 ? topics : [question.trim().toLowerCase()]);
}

function topicOf(term: Term, stem: (word: string) => string): string {
  return term.phrases.map((phrase) => phrase.map(stem).join(" ")).sort()[0] as string;
}

function dice(one: Set<string>, other: Set<string>): number {
  const both = [...one].filter((topic) => other.has(topic)).length;
  return (2 * both) / (one.size + other.size);
}
