import { z } from "zod";
import type { TranscriptLine } from "./provider";

/**
 * Settings for teams whose macros and rules were made for another AI agent: its words and tags go on working. Spread
 * into a provider's configuration; a provider that has no tags leaves `legacyTags` out.
 */
export const legacyFields = {
  handBackPhrase: z.string().max(200).default("back to our AI assistant").meta({
    description:
      "What an agent writes, in a macro or a private note, to give the conversation back to the assistant. Case does not count. Empty: nothing does.",
  }),
  stopPhrase: z.string().max(200).default("Stop AI replies").meta({
    description:
      "A private note with these words takes the conversation: the assistant stays silent. Empty: nothing does.",
  }),
  legacyTags: z.boolean().default(false).meta({
    description:
      "Also write the tags human-handover-requested, ai-agent-replied where the assistant did, and, for blocked topics, ai-agent-tag-blocked.",
  }),
};

export interface LegacyConfig {
  handBackPhrase: string;
  stopPhrase: string;
  legacyTags: boolean;
}

/** Does the text of an agent give the conversation back? */
export const givesBack = (text: string, { handBackPhrase }: Pick<LegacyConfig, "handBackPhrase">): boolean =>
  saysPhrase(text, handBackPhrase);

/** Does a private note of an agent take the conversation? */
export const stopsAssistant = (text: string, { stopPhrase }: Pick<LegacyConfig, "stopPhrase">): boolean =>
  saysPhrase(text, stopPhrase);

/** The tags that a handover's item carries besides its topics. */
export function legacyTagsOf(
  reason: string,
  { legacyTags }: Pick<LegacyConfig, "legacyTags">,
  transcript: Pick<TranscriptLine, "author">[] = [],
): string[] {
  if (!legacyTags) return [];
  return [
    "human-handover-requested",
    ...(transcript.some(({ author }) => author === "ASSISTANT") ? ["ai-agent-replied"] : []),
    ...(reason === "BLOCKED_TAG" ? ["ai-agent-tag-blocked"] : []),
  ];
}

function saysPhrase(text: string, phrase: string): boolean {
  const plain = (words: string) => words.toLowerCase().replace(/\s+/g, " ").trim();
  return phrase.trim() !== "" && plain(text).includes(plain(phrase));
}
