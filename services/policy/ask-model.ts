import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Model, ModelFailure, ModelOutcome } from "../../kit/model";
import { projectPath } from "../../kit/project";
import { shortened } from "../../kit/storable";
import type { Reading, Rule, Signal, TagDefinition } from "./signal";

/** Name and version of the prompt; a changed text is a new file with a new number. */
export const assessPrompt = "assess/1";
/** A customer waits: after this the decision without a model stands. */
const budgetMs = 2_500;
const mostTurns = 12;
const longestTurn = 1_500;

const finding = z.object({
  signal: z.enum(["INTENT", "FRUSTRATION", "REPETITION", "SAFETY", "GUIDANCE", "TAG"]),
  score: z.number().min(0).max(1),
  quote: z.string().max(400),
  ref: z.string().max(12),
});
const answerShape = z.object({ findings: z.array(finding).max(40) });
export type Finding = z.infer<typeof finding>;

export type ModelReading =
  | { ok: true; findings: Finding[]; model: string; prompt: string }
  | { ok: false; failure: ModelFailure; model: string; prompt: string };

/** What a model finds in the message. One call, within its budget; never throws. */
export async function askModel(
  model: Model,
  asked: { reading: Reading; rules: Rule[]; tags: TagDefinition[]; signals: Signal[]; signal?: AbortSignal },
): Promise<ModelReading> {
  const { reading, rules, tags, signals, signal } = asked;
  const outcome = await withinBudget(
    model,
    model.ask({
      prompt: assessPrompt,
      system: `${instructions()}\n${rulesPart(rules, tags)}`,
      input: conversationPart(reading, signals, rules, tags),
      schema: answerShape,
      budgetMs,
      ...(signal ? { signal } : {}),
    }),
  );
  if (!outcome.ok) return { ok: false, failure: outcome.failure, model: outcome.model, prompt: assessPrompt };
  // A fake or a careless port may hand over what does not fit.
  const answer = answerShape.safeParse(outcome.answer);
  if (!answer.success) return { ok: false, failure: "MALFORMED", model: outcome.model, prompt: assessPrompt };
  return { ok: true, findings: answer.data.findings, model: outcome.model, prompt: assessPrompt };
}

/** A port that throws or breaks its budget is no reason to fail or to wait. */
async function withinBudget<Answer>(model: Model, asked: Promise<ModelOutcome<Answer>>): Promise<ModelOutcome<Answer>> {
  const failed = (failure: ModelFailure) => ({ ok: false as const, failure, detail: "", model: model.name });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ModelOutcome<Answer>>((resolve) => {
    timer = setTimeout(() => resolve(failed("TIMEOUT")), budgetMs + 100);
  });
  try {
    return await Promise.race([asked.catch(() => failed("UNAVAILABLE")), late]);
  } finally {
    clearTimeout(timer);
  }
}

let text: string | undefined;
function instructions(): string {
  text ??= readFileSync(projectPath("services/policy/prompts/assess-1.md"), "utf8");
  return text;
}

/** The same for every message of a workspace, so that a server that caches prompts' beginnings is paid once for it. */
function rulesPart(rules: Rule[], tags: TagDefinition[]): string {
  const ruleLines = rules.map((rule, at) => `R${at + 1}: ${oneLine(rule.text)}`);
  const tagLines = tags.map(
    ({ name, description }, at) => `T${at + 1}: ${oneLine(name)}${description ? ` - ${oneLine(description)}` : ""}`,
  );
  const listed = (lines: string[]) => (lines.length === 0 ? ["(none)"] : lines);
  return ["", "The company's rules:", ...listed(ruleLines), "", "The company's topics:", ...listed(tagLines)].join(
    "\n",
  );
}

function conversationPart(reading: Reading, signals: Signal[], rules: Rule[], tags: TagDefinition[]): string {
  // A line a customer cannot have written: they do not know the mark.
  const mark = randomBytes(6).toString("hex");
  const found = signals
    .filter((signal) => signal.score >= 0.2)
    .slice(0, 12)
    .map((signal) => `- ${signal.name}${refOf(signal, rules, tags)} ${signal.score.toFixed(2)}`);
  return [
    "Findings already made without you:",
    ...(found.length > 0 ? found : ["(none)"]),
    "",
    `BEGIN ${mark}`,
    ...reading.turns.slice(-mostTurns).map((turn) => {
      const latest = turn.id === reading.message.id ? " (latest)" : "";
      const settled = turn.sequence <= reading.settledThrough ? " (settled by a person)" : "";
      const failed = turn.answered === false ? " (not answered)" : "";
      return `${turn.author}${latest}${settled}${failed}:\n${fenced(turn.text)}`;
    }),
    `END ${mark}`,
  ].join("\n");
}

function refOf({ name, rule }: Signal, rules: Rule[], tags: TagDefinition[]): string {
  if (!rule) return "";
  const at = (name === "GUIDANCE" ? rules : tags).findIndex(({ id }) => id === rule.id);
  return at < 0 ? "" : ` ${name === "GUIDANCE" ? "R" : "T"}${at + 1}`;
}

function fenced(said: string): string {
  const short = said.length > longestTurn ? `${shortened(said, longestTurn)} ...` : said;
  return short
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => `| ${line}`)
    .join("\n");
}

function oneLine(said: string): string {
  return said.replace(/\s+/g, " ").trim();
}
