import { type EntityManager, IsNull } from "typeorm";
import { GuidanceRule } from "./guidance-rule.entity";
import type { PolicyContent } from "./policy-content";
import { StoredSettings } from "./policy-settings.entity";
import { type PolicyOrigin, PolicyVersion } from "./policy-version.entity";

/** Who publishes what for which reason. */
export interface Publication {
  workspaceId: string;
  by: string;
  at: Date;
  origin: PolicyOrigin;
  note?: string;
  restores?: number;
  forced?: boolean;
}

/** One publication of a workspace at a time, until the transaction ends: versions count without gaps. */
export async function lockPolicy(tx: EntityManager, workspaceId: string): Promise<void> {
  await tx.query("select pg_advisory_xact_lock(hashtextextended($1, 4002))", [workspaceId]);
}

/** The version in force: its number, 0 before the first, and what it says. */
export async function publishedPolicy(
  tx: EntityManager,
  workspaceId: string,
): Promise<PolicyContent & { number: number }> {
  const latest = await tx.findOne(PolicyVersion, { where: { workspaceId }, order: { number: "DESC" } });
  return latest ?? { number: 0, rules: [], settings: {} };
}

/**
 * Writes down what rules and settings now say as the next version. Every change of either ends with this, in its own
 * transaction and under `lockPolicy`.
 */
export async function recordVersion(tx: EntityManager, publication: Publication): Promise<PolicyVersion> {
  const { workspaceId, by, at, origin, note = "", restores = null, forced = false } = publication;
  const rules = await tx.find(GuidanceRule, {
    where: { workspaceId, deletedAt: IsNull() },
    order: { createdAt: "ASC", id: "ASC" },
  });
  const settings = await tx.findOneBy(StoredSettings, { workspaceId });
  const { number } = await publishedPolicy(tx, workspaceId);
  const version = tx.create(PolicyVersion, {
    workspaceId,
    number: number + 1,
    rules: rules.map(({ id, text, enabled, version }) => ({ id, text, enabled, version })),
    settings: settings?.changed ?? {},
    origin,
    note,
    restores,
    forced,
    publishedAt: at,
    publishedBy: by,
  });
  await tx.insert(PolicyVersion, version);
  return version;
}

/** Makes `content` the policy in force and writes the version down. A rule with another text gets a new version. */
export async function publish(
  tx: EntityManager,
  content: PolicyContent,
  publication: Publication,
): Promise<PolicyVersion> {
  const { workspaceId, by, at } = publication;
  // Deleted ones too: a version that brings a rule back brings back the rule, not a copy of it.
  const rows = await tx.findBy(GuidanceRule, { workspaceId });
  const known = new Map(rows.map((row) => [row.id, row]));
  const changed: GuidanceRule[] = [];
  content.rules.forEach(({ id, text, enabled }, index) => {
    const row = known.get(id);
    known.delete(id);
    if (row && row.deletedAt === null && row.text === text && row.enabled === enabled) return;
    const version = row ? row.version + (row.text === text ? 0 : 1) : 1;
    // New rules of one publication keep their order.
    const createdAt = row?.createdAt ?? new Date(at.getTime() + index);
    changed.push(
      tx.create(GuidanceRule, {
        ...{ id, workspaceId, text, enabled, version, createdAt },
        ...{ updatedAt: at, updatedBy: by, deletedAt: null },
      }),
    );
  });
  for (const row of known.values())
    if (row.deletedAt === null) changed.push(Object.assign(row, { deletedAt: at, updatedAt: at, updatedBy: by }));
  await tx.save(changed);
  const settings = await tx.findOneBy(StoredSettings, { workspaceId });
  if (settings || Object.keys(content.settings).length > 0)
    await tx.save(
      tx.create(StoredSettings, {
        workspaceId,
        changed: content.settings,
        version: (settings?.version ?? 0) + 1,
        updatedAt: at,
        updatedBy: by,
      }),
    );
  return recordVersion(tx, publication);
}
