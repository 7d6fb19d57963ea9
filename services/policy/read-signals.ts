import type { Reading, Rule, Signal, TagDefinition } from "./signal";
import { readFrustration } from "./signals/frustration";
import { readGuidance } from "./signals/guidance";
import { readIntent } from "./signals/intent";
import { readRepetition } from "./signals/repetition";
import { readSafety } from "./signals/safety";
import { readTags } from "./signals/tags";

/** Names the detectors that need no model; grows whenever one of them decides otherwise than before. */
export const offlineDetector = "offline/1";

/** All readings of one customer message, without a model: one per signal, and one per rule and per tag. */
export function readSignals(reading: Reading, rules: Rule[], tags: TagDefinition[]): Signal[] {
  return [
    readSafety(reading),
    ...readTags(reading, tags),
    ...readGuidance(reading, rules),
    readIntent(reading),
    readFrustration(reading),
    readRepetition(reading),
  ];
}

/** The signals worth keeping: each kind's own, and of rules and tags only those that come near. */
export function worthKeeping(signals: Signal[]): Signal[] {
  const kept: Signal[] = [];
  const counts = { TAG: 0, GUIDANCE: 0 };
  for (const signal of signals) {
    if (signal.name === "TAG" || signal.name === "GUIDANCE") {
      if (signal.score < 0.3 || counts[signal.name] >= 5) continue;
      counts[signal.name] += 1;
    }
    kept.push({ ...signal, score: Math.round(signal.score * 1000) / 1000 });
  }
  return kept;
}
