import { randomBytes, randomUUID } from "node:crypto";
import type { Clock } from "../../kit/clock";
import type { Log } from "../../kit/log";
import type { Model } from "../../kit/model";
import { checkDraft } from "./check-draft";
import { contactOf } from "./contact";
import { extract, extractName } from "./extract";
import { draftFrom, modelAnswer, promptFor, promptName } from "./prompt";
import { rendered } from "./render";
import { unsupported } from "./statement-check";
import { type Dialogue, type Draft, legible, type SummaryFacts } from "./summary";

/** How long a summary may wait for the model, in milliseconds. A handover never waits longer. */
export const modelBudgetMs = 3000;

export type Summarize = (dialogue: Dialogue, signal?: AbortSignal) => Promise<SummaryFacts>;

/** Writes a summary: by the model if there is one and it answers in time, otherwise the extract. Never throws for a model. */
export function createSummarize({ model, clock, log }: { model: Model | null; clock: Clock; log: Log }): Summarize {
  return async (dialogue, signal) => {
    const written = (await byModel(dialogue, signal)) ?? byExtract(dialogue);
    return rendered({
      id: randomUUID(),
      ...written.draft,
      contact: contactOf(dialogue.customer, legible(dialogue.messages)),
      language: dialogue.agentLanguage ?? dialogue.language,
      writtenBy: written.writtenBy,
      throughSequence: dialogue.messages.at(-1)?.sequence ?? 0,
      writtenAt: clock.now().toISOString(),
      version: 1,
      correctedBy: null,
    });
  };

  function byExtract(dialogue: Dialogue): { draft: Draft; writtenBy: string } {
    const { draft, refused } = checkDraft(extract(dialogue), dialogue, legible(dialogue.messages));
    if (refused.length > 0)
      log.warn({ refused: refused.length }, "statements of the extract do not stand in its messages");
    return { draft, writtenBy: extractName };
  }

  async function byModel(
    dialogue: Dialogue,
    signal: AbortSignal | undefined,
  ): Promise<{ draft: Draft; writtenBy: string } | null> {
    if (!model || !dialogue.messages.some(({ author }) => author === "CUSTOMER")) return null;
    const { system, input, ids } = promptFor(dialogue, `=====${randomBytes(9).toString("hex")}=====`);
    const outcome = await withinBudget(
      model.ask({
        prompt: promptName,
        system,
        input,
        schema: modelAnswer,
        budgetMs: modelBudgetMs,
        ...(signal ? { signal } : {}),
      }),
    );
    if (!outcome?.ok) {
      log.warn(
        { failure: outcome?.failure ?? "TIMEOUT", model: model.name },
        "no summary by the model: the extract goes",
      );
      return null;
    }
    const draft = draftFrom(outcome.answer, ids);
    if (!draft) {
      log.warn({ model: model.name }, "the model's summary rests on no messages: the extract goes");
      return null;
    }
    const lines = [...ids.values()];
    const checked = checkDraft(draft, dialogue, lines);
    if (checked.refused.length > 0)
      log.warn(
        { model: model.name, refused: checked.refused.length },
        "statements of the model do not stand in their messages",
      );
    const { wants, openQuestion } = checked.draft;
    if (!wants && !openQuestion) return null;
    // What nobody said must not stand in the line that is read first, either.
    const headline = unsupported(draft.headline, {
      messages: lines,
      customer: dialogue.customer,
      language: dialogue.agentLanguage ?? dialogue.language,
    })
      ? extract(dialogue).headline
      : draft.headline;
    return { draft: { ...checked.draft, headline }, writtenBy: outcome.model };
  }
}

/** A model that breaks its own budget, or throws, is no reason to wait or to fail. */
async function withinBudget<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), modelBudgetMs);
  });
  try {
    return await Promise.race([asked.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
