import type { DataSource, EntityManager } from "typeorm";
import { languageOf, primaryOf } from "./language";
import type { Question, Term } from "./question";

/** A part of an article that may answer. */
export interface Passage {
  articleId: string;
  title: string;
  url: string | null;
  language: string;
  heading: string;
  text: string;
  /** How well it fits the question; comparable within one search only. */
  score: number;
}

/** What a search found, best first, and how rare each of the question's terms is. */
export interface Retrieved {
  passages: Passage[];
  /** Per term of the question, in order. */
  terms: RatedTerm[];
}

export interface RatedTerm extends Term {
  /** How much meeting it says: grows with its rarity in the workspace's articles. 1 is an average word. */
  rarity: number;
  /** It occurs nowhere in the articles, not even misspelt. */
  unknown: boolean;
  /** It was read as a misspelling of a word in `phrases`. */
  misspelt: boolean;
}

export interface Search {
  workspaceId: string;
  question: Question;
  /** Those there are articles in, from `languagesOf`. */
  languages: string[];
  /** Agents may also read what is internal. */
  visibility: "PUBLIC" | "ALL";
  first: number;
}

/**
 * A message may be as long as a page, but a question is not: of more terms than these, the first and the last half are
 * searched for, and this many words that occur nowhere are read as slips. Each costs the database milliseconds.
 */
const most = { searched: 80, slips: 24 };

const visibleTo = { PUBLIC: ["PUBLIC"], ALL: ["PUBLIC", "INTERNAL"] };

/**
 * The passages that fit a question best, ranked by Postgres: each term counts by its rarity, by where it stands
 * (title before heading before text) and, with diminishing returns, by how often.
 */
export async function retrieve(db: DataSource | EntityManager, search: Search): Promise<Retrieved> {
  const { workspaceId, question, visibility, first } = search;
  const visible = visibleTo[visibility];
  const terms = await spelt(db, workspaceId, question);
  const languages = languagesToSearch(search.languages, question.language);
  const { passages, frequencies, total } = await ranked(db, { workspaceId, visible, languages, terms, first });
  const average = Math.log(1 + total / 4) || 1;
  return {
    passages,
    terms: terms.map((term, index) => {
      const frequency = frequencies.get(index) ?? 0;
      // What was not looked for is neither rare nor common.
      if (!isSearched(index, terms.length)) return { ...term, unknown: false, rarity: 1 };
      return { ...term, unknown: frequency === 0, rarity: idf(frequency, total) / average };
    }),
  };
}

/** A long message begins with what it is about, and ends with what is asked. */
function isSearched(index: number, count: number): boolean {
  return Math.min(index, count - 1 - index) < most.searched / 2;
}

/** How much meeting a term says, by how many of all passages hold it. */
export function idf(frequency: number, total: number): number {
  return Math.log(1 + (total - frequency + 0.5) / (frequency + 0.5));
}

type SpeltTerm = Term & { misspelt: boolean };

/** Reads words that occur nowhere as the known word they are most likely a misspelling of. */
async function spelt(db: DataSource | EntityManager, workspaceId: string, question: Question): Promise<SpeltTerm[]> {
  const words = [
    ...new Set(question.terms.filter((term) => term.words.length === 1).map((term) => term.words[0] as string)),
  ];
  const candidates = words.filter((word) => word.length >= 5 && !/\d/.test(word));
  const alike = new Map<string, string[]>();
  if (candidates.length > 0) {
    const rows: { word: string; meant: string }[] = await db.query(
      `select asked.word, close.word as meant
       from (
         select asked.word from unnest($2::text[]) with ordinality as asked(word, position)
         where not exists (select from article_words known where known.workspace_id = $1 and known.word = asked.word)
         order by asked.position limit $3
       ) asked
       cross join lateral (
         select known.word, max(similarity(known.word, asked.word)) as likeness
         from article_words known
         where known.workspace_id = $1 and known.word % asked.word and left(known.word, 1) = left(asked.word, 1)
         group by known.word order by likeness desc, known.word limit 12
       ) close`,
      [workspaceId, candidates, most.slips],
    );
    for (const { word, meant } of rows) alike.set(word, [...(alike.get(word) ?? []), meant]);
  }
  const { stem, compounds } = languageOf(question.language);
  return question.terms.map((term) => {
    const word = term.words[0] as string;
    const close = (alike.get(word) ?? []).filter((meant) => stem(meant) !== stem(word));
    if (term.words.length > 1 || close.length === 0 || (alike.get(word) ?? []).length > close.length)
      return { ...term, misspelt: false };
    // A name one letter off may be meant; two off it is another name: Australia, Austria.
    const meant = close.filter((known) => misspells(word, known, term.exact ? 1 : 2));
    const glued = compounds ? close.filter((known) => sharesBeginning(stem(word), stem(known))) : [];
    const phrases = [...term.phrases, ...[...meant.slice(0, 3), ...glued.slice(0, 4)].map((known) => [known])];
    return { ...term, phrases, misspelt: meant.length > 0 };
  });
}

/** Lieferzeit and Lieferung share what they are about. */
function sharesBeginning(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  return shorter >= 5 && one.slice(0, Math.min(shorter, 7)) === other.slice(0, Math.min(shorter, 7));
}

/**
 * Could `written` be a slip for `meant`? One slip (two in long words); in a short word no other letter in place of
 * one, which makes too many words of their own: stove, store.
 */
export function misspells(written: string, meant: string, most = 2): boolean {
  const allowed = Math.min(most, written.length >= 8 ? 2 : 1);
  if (Math.abs(written.length - meant.length) > allowed) return false;
  const distance = slips(written, meant);
  if (distance > allowed) return false;
  const swapped = [...written].sort().join("") === [...meant].sort().join("");
  return written.length !== meant.length || swapped || written.length >= 7;
}

/** Damerau-Levenshtein distance (optimal string alignment). */
function slips(one: string, other: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      let least = Math.min(
        (previous[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (previous[column - 1] as number) + cost,
      );
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        least = Math.min(least, (before[column - 2] as number) + 1);
      current.push(least);
    }
    before = previous;
    previous = current;
  }
  return previous[other.length] as number;
}

/** The languages there are articles in that the reader may be answered from. */
export async function languagesOf(
  db: DataSource | EntityManager,
  workspaceId: string,
  visibility: Search["visibility"],
): Promise<string[]> {
  const rows: { language: string }[] = await db.query(
    "select distinct language from passages where workspace_id = $1 and visibility = any($2)",
    [workspaceId, visibleTo[visibility]],
  );
  return rows.map(({ language }) => language);
}

/** The question's language when there are articles in it, otherwise whatever there is. */
function languagesToSearch(all: string[], language: string): string[] {
  const own = all.filter((one) => primaryOf(one) === primaryOf(language));
  return own.length > 0 ? own : all;
}

interface Ranking {
  workspaceId: string;
  visible: string[];
  languages: string[];
  terms: Term[];
  first: number;
}

async function ranked(db: DataSource | EntityManager, ranking: Ranking) {
  const { workspaceId, visible, languages, terms, first } = ranking;
  const asked = terms.flatMap((term, position) =>
    isSearched(position, terms.length)
      ? term.phrases.slice(0, 24).map((phrase) => ({ position, weight: term.weight, phrase: phrase.join(" ") }))
      : [],
  );
  const [row]: { passages: Passage[]; frequencies: [number, number][]; total: number }[] = await db.query(
    `with languages as (
       select distinct config from passages where workspace_id = $1 and language = any($3)
     ), counted as (
       select count(*)::int as total from passages
       where workspace_id = $1 and language = any($3) and visibility = any($2)
     ), phrases as (
       select a.position, a.weight, l.config, phraseto_tsquery(l.config::regconfig, a.phrase) as query,
         -- Glued words: what begins like the asked word counts too.
         case when l.config = any('{german,dutch,swedish,danish,norwegian,finnish}') and a.phrase !~ '[ ''\\\\]' and length(a.phrase) >= 5
           then to_tsquery(l.config::regconfig, '''' || a.phrase || ''':*') end as beginning
       from jsonb_to_recordset($4::jsonb) as a(position int, weight float8, phrase text) cross join languages l
     ), terms as (
       select position, max(weight) as weight, config,
         string_agg(query::text || coalesce(' | ' || nullif(beginning::text, ''), ''), ' | ')::tsquery as query
       from phrases where numnode(query) > 0 group by position, config
     ), met as (
       select t.position, t.weight, p.id,
         least(1, 1.645 * ts_rank('{0.55,0.65,0.85,0.9}', p.search, t.query)) as place
       from terms t join passages p on p.workspace_id = $1 and p.search @@ t.query and p.config = t.config
       where p.language = any($3) and p.visibility = any($2)
     ), frequency as (
       select position, count(*)::int as passages from met group by position
     ), scored as (
       select m.id, sum(m.weight * m.place * ln(1 + (c.total - f.passages + 0.5) / (f.passages + 0.5))) as score
       from met m join frequency f using (position) cross join counted c
       group by m.id order by score desc, m.id limit $5
     )
     select
       coalesce((select jsonb_agg(jsonb_build_object(
         'articleId', p.article_id, 'title', a.title, 'url', a.url, 'language', p.language,
         'heading', p.heading, 'text', p.text, 'score', s.score) order by s.score desc, s.id)
         from scored s join passages p on p.id = s.id join articles a on a.id = p.article_id), '[]') as passages,
       coalesce((select jsonb_agg(jsonb_build_array(position, passages)) from frequency), '[]') as frequencies,
       (select total from counted) as total`,
    [workspaceId, visible, languages, JSON.stringify(asked), first],
  );
  return {
    passages: row?.passages ?? [],
    frequencies: new Map(row?.frequencies ?? []),
    total: row?.total ?? 0,
  };
}
