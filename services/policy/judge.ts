import type { Model } from "../../kit/model";
import type { ControlHolder } from "../../schema/words";
import { askModel } from "./ask-model";
import { assess, type Judgement } from "./assess";
import { heedModel, mayBeLowered } from "./heed-model";
import type { LoadedCase } from "./load-case";
import { offlineDetector, readSignals } from "./read-signals";
import type { TagDefinition } from "./signal";

export interface Judged {
  judgement: Judgement;
  /** What judged: offline/1, offline/1+<model>, or offline/1 (model: TIMEOUT) when a model was asked in vain. */
  detector: string;
  /** Name and version of the prompt, when a model was asked. */
  prompt: string | null;
}

/**
 * Judges a customer's message: the offline signals first, then the model's word on them if there is a model. A model
 * that fails in any way leaves the offline judgement as it is.
 */
export async function judge(
  loaded: LoadedCase,
  control: ControlHolder,
  model: Model | null,
  signal?: AbortSignal,
): Promise<Judged> {
  const { reading, settings, rules, tags } = loaded;
  const signals = readSignals(reading, rules, tags);
  const offline = assess({ reading, control, settings, rules, tags, signals });
  if (!model || isSettled(offline, tags)) return { judgement: offline, detector: offlineDetector, prompt: null };
  const asked = await askModel(model, { reading, rules, tags, signals, ...(signal ? { signal } : {}) });
  if (!asked.ok)
    return { judgement: offline, detector: `${offlineDetector} (model: ${asked.failure})`, prompt: asked.prompt };
  const heeded = heedModel(reading, signals, asked.findings, rules, tags);
  return {
    judgement: assess({ reading, control, settings, rules, tags, signals: heeded }),
    detector: `${offlineDetector}+${asked.model}`,
    prompt: asked.prompt,
  };
}

/** Nothing a model says could keep this from a person: the customer need not wait for it. */
function isSettled({ decision, signals: [decisive] }: Judgement, tags: TagDefinition[]): boolean {
  return decision === "HANDOVER" && decisive !== undefined && !mayBeLowered(decisive, tags);
}
