import type { EntityManager } from "typeorm";
import { refuse } from "../../kit/errors";
import { isId } from "../../kit/is-id";
import type { PolicyContent } from "./policy-content";
import { publishedPolicy } from "./policy-version";
import { PolicyDraft, PolicyVersion } from "./policy-version.entity";

/** The policy that somebody asks about: a draft, an older version, or else the one in force. Throws NOT_FOUND. */
export async function policyAsked(
  tx: EntityManager,
  workspaceId: string,
  asked: { draftId?: string | null; version?: number | null },
): Promise<PolicyContent> {
  if (asked.draftId != null) return findDraft(tx, workspaceId, asked.draftId);
  if (asked.version != null) return findVersion(tx, workspaceId, asked.version);
  return publishedPolicy(tx, workspaceId);
}

export async function findDraft(
  tx: EntityManager,
  workspaceId: string,
  id: string,
  lock = false,
): Promise<PolicyDraft> {
  const found = isId(id)
    ? await tx.findOne(PolicyDraft, {
        where: { id, workspaceId },
        ...(lock && { lock: { mode: "pessimistic_write" } }),
      })
    : null;
  if (!found) throw refuse("NOT_FOUND", `No draft ${id} in your workspace; it may be published or discarded.`);
  return found;
}

export async function findVersion(tx: EntityManager, workspaceId: string, number: number): Promise<PolicyVersion> {
  const found = await tx.findOneBy(PolicyVersion, { workspaceId, number });
  if (!found) throw refuse("NOT_FOUND", `No version ${number} in your workspace: read \`policyVersions\`.`);
  return found;
}
