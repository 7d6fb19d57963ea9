import type { BatonEvent } from "../schema/events/catalogue";

/** What one service made of one event. */
export interface Handling {
  service: string;
  eventId: string;
  state: "waiting" | "done" | "dead";
  outcome: string | null;
  attempts: number;
  error: string | null;
  receivedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/**
 * A conversation's story for a person: its events in the order of time, each below its cause, with what every service
 * made of it.
 */
export function tellStory(events: BatonEvent[], handlings: Handling[]): string {
  const known = new Map(events.map((event) => [event.id, event]));
  const depthOf = (event: BatonEvent): number => {
    const cause = event.causationid ? known.get(event.causationid) : undefined;
    return cause ? depthOf(cause) + 1 : 0;
  };
  const inOrder = events
    .map((event, index) => ({ event, index, depth: depthOf(event) }))
    .sort((a, b) => Date.parse(a.event.time) - Date.parse(b.event.time) || a.depth - b.depth || a.index - b.index);
  const lines: string[] = [];
  let day = "";
  for (const { event, depth } of inOrder) {
    if (event.time.slice(0, 10) !== day) {
      day = event.time.slice(0, 10);
      lines.push(`${day} (UTC)`);
    }
    const indent = "  ".repeat(depth);
    const facts = factsOf(event);
    lines.push(
      `${event.time.slice(11, 23)}  ${indent}${event.source.slice(1)}: ${event.type}${facts ? `  ${facts}` : ""}`,
    );
    for (const handling of handlings.filter(({ eventId }) => eventId === event.id))
      lines.push(`              ${indent}  ${describe(handling)}`);
  }
  return `${lines.join("\n")}\n`;
}

function describe({ service, state, outcome, attempts, error, receivedAt, startedAt, finishedAt }: Handling): string {
  const tries = attempts > 1 ? `, attempt ${attempts}` : "";
  const [problem = ""] = (error ?? "").split("\n");
  if (state === "dead") return `! ${service} gave up after ${attempts} attempts: ${problem}`;
  if (state === "waiting") return `? ${service} has not handled it yet${tries}${problem ? `: ${problem}` : ""}`;
  const took = startedAt && finishedAt ? ` in ${milliseconds(startedAt, finishedAt)}` : "";
  const waited = startedAt ? `, ${milliseconds(receivedAt, startedAt)} after it came` : "";
  const what = outcome && outcome !== "done" ? `ignored it (${outcome})` : "handled it";
  return `> ${service} ${what}${took}${waited}${tries}`;
}

function milliseconds(from: Date, to: Date): string {
  const ms = Math.max(0, to.getTime() - from.getTime());
  return ms < 10_000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** The few words that tell one event from another of its type. */
function factsOf({ data }: BatonEvent): string {
  const facts: string[] = [];
  if ("message" in data) facts.push(`${data.message.author} #${data.message.sequence} ${quote(data.message.text)}`);
  if ("answer" in data) facts.push(data.answer.answered ? `answer ${quote(data.answer.text)}` : "cannot answer");
  if ("assessment" in data) facts.push([data.assessment.decision, data.assessment.reason].filter(Boolean).join(", "));
  if ("handover" in data) facts.push(`${data.handover.status} (${data.handover.reason})`);
  if ("summary" in data) facts.push(`${quote(data.summary.headline)} by ${data.summary.writtenBy}`);
  if ("delivery" in data) facts.push(data.delivery.provider);
  if ("error" in data) facts.push(quote(data.error));
  if ("agent" in data && data.agent) facts.push(data.agent.name);
  if ("text" in data) facts.push(quote(data.text));
  if ("left" in data) facts.push(data.left);
  if ("conversation" in data) facts.push(`[${data.conversation.control}, epoch ${data.conversation.epoch}]`);
  return facts.join("  ");
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `"${line.slice(0, 59)}…"` : `"${line}"`;
}
