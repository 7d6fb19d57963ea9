import { randomBytes, randomUUID } from "node:crypto";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import { newEvent } from "../../schema/events/catalogue";
import type { AssistantMode } from "../../schema/words";
import { checkedLanguage, checkedLine } from "./customer-input";
import type { Deps } from "./deps";
import { checkedPatterns } from "./mask-patterns";
import { UnsafePattern } from "./refusals";
import { type MaskPattern, Workspace } from "./workspace.entity";

/** Makes a workspace. With an `id` that is there already, that workspace is returned as it is. */
export async function createWorkspace(
  deps: Deps,
  asked: { id?: string | null; name: string; assistantMode?: AssistantMode | null; language?: string | null },
): Promise<Workspace> {
  const id = asked.id?.toLowerCase() ?? randomUUID();
  if (!isId(id)) throw refuse("BAD_INPUT", "id must be a UUID; leave it out to get one.");
  const workspaces = deps.db.getRepository(Workspace);
  await workspaces
    .createQueryBuilder()
    .insert()
    .values({
      id,
      name: checkedName(asked.name),
      widgetKey: newWidgetKey(),
      assistantMode: asked.assistantMode ?? "BUILT_IN",
      language: checkedLanguage(asked.language ?? "en"),
      maskPatterns: [],
      createdAt: deps.clock.now(),
    })
    .orIgnore()
    .execute();
  return workspaces.findOneByOrFail({ id });
}

/** Changes what is given and leaves the rest. Throws NOT_FOUND for an unknown id. */
export async function updateWorkspace(
  deps: Deps,
  id: string,
  asked: { name?: string | null; assistantMode?: AssistantMode | null; language?: string | null },
): Promise<Workspace> {
  return changeWorkspace(deps, id, {
    ...(typeof asked.name === "string" ? { name: checkedName(asked.name) } : {}),
    ...(asked.assistantMode ? { assistantMode: asked.assistantMode } : {}),
    ...(typeof asked.language === "string" ? { language: checkedLanguage(asked.language) } : {}),
  });
}

/** Gives the workspace a new widget key; the old one starts no conversation any more, those under way go on. */
export function rotateWidgetKey(deps: Deps, id: string): Promise<Workspace> {
  return changeWorkspace(deps, id, { widgetKey: newWidgetKey() });
}

/** Masks what these match in messages from now on, in place of the patterns before. Throws NOT_FOUND for an unknown id. */
export async function setMaskPatterns(
  deps: Deps,
  id: string,
  patterns: MaskPattern[],
): Promise<Workspace | UnsafePattern> {
  const maskPatterns = checkedPatterns(patterns);
  if (maskPatterns instanceof UnsafePattern) return maskPatterns;
  if (!isId(id)) throw refuse("NOT_FOUND", "There is no such workspace.");
  await deps.outbox.transaction(async (tx, say) => {
    const { affected } = await tx.update(Workspace, { id }, { maskPatterns });
    const facts = { workspaceId: id, conversationId: id, at: deps.clock.now() };
    // The other services that people write to: desks' replies, corrected summaries.
    if (affected) say(newEvent("masking.changed", { ...facts, data: { patterns: maskPatterns } }));
  });
  return changeWorkspace(deps, id, {});
}

async function changeWorkspace(deps: Deps, id: string, columns: Partial<Workspace>): Promise<Workspace> {
  const workspaces = deps.db.getRepository(Workspace);
  if (isId(id) && Object.keys(columns).length > 0) await workspaces.update({ id }, columns);
  const workspace = isId(id) ? await workspaces.findOneBy({ id }) : null;
  if (!workspace) throw refuse("NOT_FOUND", "There is no such workspace.");
  return workspace;
}

function checkedName(raw: string): string {
  const name = checkedLine("name", raw);
  if (name === null) throw refuse("BAD_INPUT", "name is empty; give the workspace one.");
  return name;
}

function newWidgetKey(): string {
  return `wk_${randomBytes(18).toString("base64url")}`;
}
