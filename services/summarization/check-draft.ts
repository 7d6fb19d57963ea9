import { unsupported } from "./statement-check";
import type { Dialogue, Draft, Fact, Line, Statement } from "./summary";

/**
 * The draft without the statements that its messages do not bear out, and why each was refused. Whoever wrote it,
 * model or extract, is held to the same: a promise rests on what the company wrote, and what only the customer says is
 * never confirmed.
 */
export function checkDraft(
  draft: Draft,
  dialogue: Pick<Dialogue, "customer" | "language" | "agentLanguage">,
  messages: Line[],
): { draft: Draft; refused: string[] } {
  const { customer } = dialogue;
  const language = dialogue.agentLanguage ?? dialogue.language;
  const byId = new Map(messages.map((message) => [message.id, message]));
  const refused: string[] = [];

  function linesOf({ messageIds }: Statement): Line[] {
    return messageIds.flatMap((id) => byId.get(id) ?? []);
  }
  function stands(statement: Statement): boolean {
    const lines = linesOf(statement);
    const problem =
      lines.length === 0 || lines.length < statement.messageIds.length
        ? "it rests on messages that are not there"
        : unsupported(statement.text, { messages: lines, customer, language });
    if (problem) refused.push(problem);
    return problem === null;
  }
  const one = (statement: Statement | null) => (statement && stands(statement) ? statement : null);
  const byCompany = (statement: Statement) => linesOf(statement).some(({ author }) => author !== "CUSTOMER");
  const byAgent = (fact: Fact) => linesOf(fact).some(({ author }) => author === "AGENT");

  return {
    draft: {
      ...draft,
      wants: one(draft.wants),
      facts: draft.facts
        .filter(stands)
        .map((fact) => (fact.standing === "CONFIRMED" && !byAgent(fact) ? { ...fact, standing: "CLAIMED" } : fact)),
      tried: draft.tried.filter(stands),
      promised: draft.promised.filter((promise) => stands(promise) && byCompany(promise)),
      openQuestion: one(draft.openQuestion),
      nextStep: one(draft.nextStep),
    },
    refused,
  };
}
