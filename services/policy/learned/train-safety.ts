import { namesDanger } from "../signals/safety";
import { statementsOf } from "../statements";
import { corporaOf } from "./corpora";
import { featuresOf } from "./features";
import { type Corpus, mistype, pick, sayMany } from "./grammar";
import { heldOut, sayingOf } from "./held-out";
import { type Example, type LinearModel, seeded, train } from "./linear";
import { messagesOutside } from "./situation-corpus";

/** How many ways to say one template are learned from. */
const perTemplate = { unsafe: 60, harmless: 24, everyday: 20, situation: 1, annoyed: 2 };
/** Danger that is missed is worse than danger that is not there; and there are many situations. */
const unsafeCounts = 4;
const situationCounts = 0.4;
/** How many of what is unsafe or harmless are also learned from within a longer message. */
const composed = 0.2;

/**
 * Learns "self-harm, a threat, legal action or fraud" from services/policy/corpus/safety, against what only sounds
 * like it there, what customers write all day (corpus/intent, corpus/situations) and anger (corpus/frustration).
 */
export function trainSafety(): LinearModel {
  return train(examples(), { rounds: 9, rate: 0.5, decay: 2e-6, seed: 13 });
}

function examples(): Example[] {
  const seen = heldOut("safety");
  const found: Example[] = [];
  const random = seeded(17);

  function learn(text: string, positive: boolean, weight: number): void {
    const said = sayingOf(text);
    if (!said || seen.has(said)) return;
    seen.add(said);
    found.push({ features: featuresOf(text), positive, weight });
  }

  const everyday = corporaOf("intent").flatMap(({ corpus }) =>
    ["ordinary", "request", "not", "story"].flatMap((section) => sayAll(corpus, section, perTemplate.everyday, random)),
  );
  for (const text of everyday) {
    learn(text, false, 1.5);
    if (random() < 0.3) for (const { said } of statementsOf(text)) learn(said, false, 1.5);
  }
  const { english, foreign } = messagesOutside(mayBeUnsafe, perTemplate.situation, random);
  for (const text of [...english, ...foreign]) learn(text, false, situationCounts);
  everyday.push(...english);
  // Anger is no danger ("there is no point in talking to you"), unless it says so.
  const annoyed = [...corporaOf("frustration"), ...corporaOf("frustration/matters")].flatMap(({ corpus }) =>
    [...corpus.sections.keys()].flatMap((section) => sayAll(corpus, section, perTemplate.annoyed, random)),
  );
  for (const text of annoyed) if (!namesDanger(text)) learn(text, false, 1);
  /** Among other things said, statement by statement as it is judged; a piece of the saying teaches nothing. */
  function compose(saying: string, positive: boolean): void {
    const join = pick([". ", ", ", " ", "! "], random);
    const other = pick(everyday, random);
    const text = random() < 0.6 ? `${other}${join}${saying}` : `${saying}${join}${other}`;
    for (const { said, wider } of statementsOf(text))
      for (const piece of new Set([said, wider])) {
        if (piece.includes(saying)) learn(piece, positive, positive ? 1 : 2);
        else if (other.includes(piece)) learn(piece, false, 1);
      }
  }

  for (const { corpus } of corporaOf("safety")) {
    for (const text of sayAll(corpus, "unsafe", perTemplate.unsafe, random)) {
      learn(text, true, unsafeCounts);
      if (random() < 0.3) learn(mistype(text, random), true, unsafeCounts);
      if (random() < composed) compose(text, true);
    }
    for (const text of sayAll(corpus, "harmless", perTemplate.harmless, random)) {
      learn(text, false, 2);
      if (random() < 0.3) learn(mistype(text, random), false, 2);
      if (random() < composed) compose(text, false);
    }
  }
  return found;
}

/** In these situations people may be in danger, threaten, or write of fraud and of the law. */
const mayBeUnsafe = new Set(
  `card-stolen card-compromised fraud-report payment-not-recognised debit-not-recognised cash-not-recognised identity-theft
phishing-report account-hacked sim-swap-fraud security-incident data-breach fake-shop-scam scam-user buyer-trouble chargeback
legal authority-threat public-threat threat-violence stalked-safety vulnerable energy-vulnerable mental-health emergency
urgent-symptom symptoms medical-complaint advice-law advice-life chat-more complaint complaint-office staff-complaint
discrimination shop-accident property-damage luggage-theft hotel-theft whistleblowing employee-trouble work-accident dismissed
lost-phone lost-work-device gas-smell nuisance-calls third-party-charges dating-social game-cheaters bereavement loan-trouble
debt-collection account-closed-by-bank claim-rejected teacher-complaint host-trouble neighbour-noise streaming-account
breakup-heartbreak couple-trouble family-in-laws psychology-explained law-explained crime-cases human-body home-remedies
product-danger assistant-insult bot-feelings meaning-of-life travel-safety knowledge-politics`.split(/\s+/),
);

function sayAll(corpus: Corpus, section: string, most: number, random: () => number): string[] {
  return (corpus.sections.get(section) ?? []).flatMap((template) => sayMany(template, corpus.slots, most, random));
}
