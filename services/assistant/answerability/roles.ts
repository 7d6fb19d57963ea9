import type { Met } from "./align";
import type { Asked, AskedTerm } from "./asked";
import type { Token } from "./tokens";

/** Who does what in an English question: the verb, who acts and who is acted on, as places among its terms. */
interface Roles {
  verb: number;
  agents: number[];
  patients: number[];
}

const does = /^(?:did|does|do|didnt|doesnt|dont|can|could|will|would|must|may|should|has|have|had)$/;
const be = /^(?:was|were|is|are|been|being|be|got|wasnt|werent|isnt|arent)$/;

/** Reads the roles out of the commonest forms of an English question; null where it has none of them. */
function rolesIn({ tokens, terms }: Asked): Roles | null {
  const start = tokens.findIndex(({ word }) => /^(?:who|whom|what|which|when|where|why|how|whose)$/.test(word));
  const auxiliary = tokens.findIndex(({ word }, at) => at > start && (does.test(word) || be.test(word)));
  const opens = (at: number) => {
    const next = tokens[at + 1];
    return !next || next.empty;
  };
  const isVerb = ({ at, name, number, word }: AskedTerm) => !name && number === null && at > 0 && !/ly$/.test(word);
  if (auxiliary < 0) {
    // "Who betrayed the Normans?", "Which painters rejected the varnish?"
    const verb = terms.findIndex((term) => isVerb(term) && term.at > start && !term.focus && opens(term.at));
    const direct = terms.findIndex(
      (term) => term.at === start + 1 && isVerb(term) && /^who$/.test(tokens[start]?.word ?? ""),
    );
    const found = direct >= 0 ? direct : verb;
    return found < 0 ? null : rolesAround(found, terms, { from: start, passive: false, asksAgent: true });
  }
  const passive = be.test(tokens[auxiliary]?.word ?? "");
  const verb = terms.findIndex(
    (term) =>
      term.at > auxiliary + 1 &&
      isVerb(term) &&
      tokens[term.at - 1]?.empty === false &&
      opens(term.at) &&
      (!passive || /(?:ed|en|t|n|wn|ght|nd|de|ld|ng)$/.test(term.word)),
  );
  const first = terms.findIndex((term) => term.at === auxiliary + 1);
  const subjectAsked = passive && verb < 0 && first >= 0 && /(?:ed|en|n|t)$/.test(terms[first]?.word ?? "");
  if (subjectAsked) return rolesAround(first, terms, { from: start, passive: true, asksAgent: false });
  return verb < 0 ? null : rolesAround(verb, terms, { from: auxiliary, passive, asksAgent: false });
}

function rolesAround(
  verb: number,
  terms: AskedTerm[],
  { from, passive, asksAgent }: { from: number; passive: boolean; asksAgent: boolean },
): Roles {
  const at = terms[verb]?.at ?? 0;
  const heavy = (term: AskedTerm) => term.weight >= 0.5 && term.at >= 0;
  const places = (is: (term: AskedTerm) => boolean) =>
    terms.flatMap((term, index) => (index !== verb && heavy(term) && is(term) ? [index] : []));
  const before = places((term) => term.at > from && term.at < at && !term.focus);
  const after = places((term) => term.at > at && term.at <= at + 4);
  if (passive) return { verb, agents: [], patients: before };
  return asksAgent ? { verb, agents: before, patients: after } : { verb, agents: before, patients: [] };
}

/** What a sentence says about who does it. */
export interface RolesFound {
  /** The question's agent is acted on in the sentence, or the other way round. */
  turned: boolean;
  /** What is done is said, but not of the one that is asked about. */
  subjectMissing: boolean;
}

/** Compares who does what in the question and in a sentence. Only English is read; null where nothing is found. */
export function rolesFound(asked: Asked, here: Met[], tokens: Token[], met: number): RolesFound | null {
  const roles = rolesIn(asked);
  if (!roles) return null;
  const verb = here[roles.verb] as Met;
  if (verb.quality < met) return null;
  const passive = [1, 2, 3].some((back) => be.test(tokens[verb.at - back]?.word ?? ""));
  const found = (list: number[]) => list.map((index) => here[index] as Met).filter(({ quality }) => quality >= met);
  const agents = found(roles.agents);
  const patients = found(roles.patients);
  const close = ({ at }: Met) => Math.abs(at - verb.at) <= 8;
  const byFollows = tokens.slice(verb.at + 1, verb.at + 7).some(({ word }) => word === "by");
  const turned =
    agents.some((one) => close(one) && (passive && byFollows ? one.at < verb.at : !passive && one.at > verb.at)) ||
    patients.some((one) => (passive ? one.at > verb.at : close(one) && one.at < verb.at));
  const wanted = roles.agents.length + roles.patients.length;
  return { turned, subjectMissing: wanted > 0 && agents.length + patients.length === 0 };
}
