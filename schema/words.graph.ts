import { registerEnumType } from "type-graphql";
import * as words from "./words";

/** Gives type-graphql the vocabulary as enums; a service imports this file for its effect. */
registerEnumType(words.Channel, {
  name: "Channel",
  description: "How the customer reaches the company: live chat, or slow tickets.",
});
registerEnumType(words.Author, {
  name: "Author",
  description: "Who wrote a message. AGENT is always a human, ASSISTANT always the AI.",
});
registerEnumType(words.ControlHolder, { name: "ControlHolder", description: "Who may speak for the company now." });
registerEnumType(words.Decision, {
  name: "Decision",
  description: "What policy decides about one message or one drafted answer.",
});
registerEnumType(words.Reason, {
  name: "Reason",
  description: "Why a handover was offered or requested: exactly one.",
});
registerEnumType(words.HandoverStatus, { name: "HandoverStatus", description: "The life of one handover." });
registerEnumType(words.HandoverEnding, { name: "HandoverEnding", description: "How a handover came to its end." });
registerEnumType(words.AssistantMode, {
  name: "AssistantMode",
  description: "Who answers first: Baton's assistant or an external one.",
});
registerEnumType(words.SignalName, { name: "SignalName", description: "The readings policy makes of a conversation." });
registerEnumType(words.ProviderName, {
  name: "ProviderName",
  description: "Kinds of help desk; CONSOLE is the one built into Baton.",
});
registerEnumType(words.Mood, { name: "Mood", description: "How the customer seems to feel." });
registerEnumType(words.Standing, {
  name: "Standing",
  description: "What a fact rests on: CLAIMED by the customer alone, or CONFIRMED by an agent or a tool.",
});
registerEnumType(words.Verdict, {
  name: "Verdict",
  description: "An agent's word on a handover afterwards: needed, not needed, too late, or the wrong person or team.",
});
