import type { Author, Channel, ControlHolder, Decision, Reason } from "../../schema/words";
import { assess, type Judgement } from "./assess";
import { assessAnswer } from "./assess-answer";
import { type PolicyContent, rulesOf } from "./policy-content";
import { readSignals } from "./read-signals";
import { settingsOf } from "./settings";
import type { PastOffer, Reading, TagDefinition, Turn } from "./signal";

/** What should be decided at a turn; a reason of null asks for the decision only. */
export interface Expected {
  decision: Decision;
  reason: Reason | null;
}

/** One turn of a scenario, with what has happened just before it. */
export interface ScenarioTurn {
  author: Author;
  text: string;
  /** ASSISTANT: can it answer? */
  answered: boolean;
  /** The assistant has got the conversation back from a person before this turn. */
  returned: boolean;
  /** The customer has declined the open offer before this turn. */
  declined: boolean;
  /** Null: whatever is decided here is right. */
  expected: Expected | null;
}

/** A conversation as it should go. */
export interface ScenarioFacts {
  channel: Channel;
  language: string;
  turns: ScenarioTurn[];
}

/** What policy decides at one turn of a scenario; null where nothing is decided. */
export interface PlayedTurn {
  turn: ScenarioTurn;
  judgement: Judgement | null;
  passed: boolean;
}

/**
 * Plays a scenario under a policy, offline and without side effects: the customer's turns are judged as messages, the
 * assistant's as drafted answers. A handover takes the word from the assistant until a turn says `returned`. Each turn
 * is judged when it is asked for, so that whoever plays a long one can serve others in between.
 */
export function* playScenario(
  scenario: ScenarioFacts,
  policy: PolicyContent,
  tags: TagDefinition[],
): Generator<PlayedTurn, void> {
  const settings = settingsOf(policy.settings, scenario.channel);
  const rules = rulesOf(policy);
  const turns: Turn[] = [];
  const offers: PastOffer[] = [];
  let control: ControlHolder = "ASSISTANT";
  let settledThrough = 0;
  let asked: Turn | null = null;

  function judge(turn: ScenarioTurn): Judgement | null {
    const sequence = turns.length + 1;
    const said: Turn = {
      ...{ id: `turn-${sequence}`, sequence, author: turn.author, text: turn.text },
      answered: turn.author === "ASSISTANT" ? turn.answered : null,
      inReplyTo: turn.author === "ASSISTANT" ? (asked?.id ?? null) : null,
    };
    const readingOf = (message: Turn): Reading => ({
      ...{ channel: scenario.channel, language: scenario.language, settledThrough },
      ...{ turns: [...turns], message, offers: [...offers] },
    });
    let judgement: Judgement | null = null;
    if (turn.author === "CUSTOMER") {
      turns.push(said);
      asked = said;
      const reading = readingOf(said);
      const signals = control === "ASSISTANT" ? readSignals(reading, rules, tags) : [];
      judgement = assess({ reading, control, settings, rules, tags, signals });
    } else {
      if (turn.author === "ASSISTANT" && asked) {
        const draft = { answered: turn.answered, text: turn.text, citations: [], coverage: null };
        judgement = assessAnswer({ reading: readingOf(asked), control, settings, rules, tags, draft });
        asked.answered = turn.answered;
        // What is read then is the offer, and not the draft.
        if (judgement.decision === "OFFER" && turn.answered) said.answered = null;
      }
      turns.push(said);
      if (turn.author === "AGENT") control = "AGENT";
    }
    if (judgement?.decision === "HANDOVER") control = "QUEUE";
    if (judgement?.decision === "OFFER" && judgement.reason)
      offers.push({ reason: judgement.reason, sequence: asked?.sequence ?? 0, open: true, declined: false });
    return judgement;
  }

  for (const turn of scenario.turns) {
    if (turn.returned) {
      control = "ASSISTANT";
      settledThrough = turns.length;
    }
    if (turn.declined)
      for (const offer of offers) if (offer.open) Object.assign(offer, { open: false, declined: true });
    const judgement = judge(turn);
    yield { turn, judgement, passed: isAsExpected(turn.expected, judgement) };
  }
}

function isAsExpected(expected: Expected | null, judgement: Judgement | null): boolean {
  if (!expected) return true;
  if (judgement?.decision !== expected.decision) return false;
  return expected.reason === null || expected.reason === judgement.reason;
}
