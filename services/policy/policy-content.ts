import type { ChangedSettings } from "./settings";
import type { Rule } from "./signal";

/** A guidance rule inside a version or a draft. */
export interface PolicyRuleFacts {
  id: string;
  text: string;
  enabled: boolean;
  /** The rule's version as published, or the one it would get. */
  version: number;
}

/** Everything of a workspace's policy that is drafted, published and restored together. */
export interface PolicyContent {
  rules: PolicyRuleFacts[];
  settings: ChangedSettings;
}

/** The rules that are read: those that are off are kept and not read. */
export function rulesOf(content: PolicyContent): Rule[] {
  return content.rules.filter((rule) => rule.enabled).map(({ id, version, text }) => ({ id, version, text }));
}

/**
 * A draft brought up to date: what it changed since `base` stays, everything else is as in `current`. A rule that both
 * changed is the draft's; one that the draft changed and somebody deleted comes back.
 */
export function mergeDraft(base: PolicyContent, draft: PolicyContent, current: PolicyContent): PolicyContent {
  const before = new Map(base.rules.map((rule) => [rule.id, rule]));
  const drafted = new Map(draft.rules.map((rule) => [rule.id, rule]));
  const rules: PolicyRuleFacts[] = [];
  for (const rule of current.rules) {
    const mine = drafted.get(rule.id);
    const was = before.get(rule.id);
    if (was && !mine) continue;
    rules.push(mine && !(was && sameRule(mine, was)) ? withVersion(mine, rule) : rule);
  }
  for (const rule of draft.rules) {
    const was = before.get(rule.id);
    const kept = rules.some(({ id }) => id === rule.id);
    if (!kept && !(was && sameRule(rule, was))) rules.push(rule);
  }
  const settings: ChangedSettings = {};
  for (const channel of ["CHAT", "TICKET"] as const)
    settings[channel] = mergeChannel(base.settings[channel], draft.settings[channel], current.settings[channel]);
  return { rules, settings };
}

/** Do two contents say the same? Order, versions and empty channels do not matter. */
export function sameContent(one: PolicyContent, other: PolicyContent): boolean {
  return normal(one) === normal(other);
}

function normal({ rules, settings }: PolicyContent): string {
  const listed = rules.map(({ id, text, enabled }) => JSON.stringify([id, text, enabled])).sort();
  const channels = (["CHAT", "TICKET"] as const).map((channel) => Object.entries(settings[channel] ?? {}).sort());
  return JSON.stringify([listed, channels]);
}

function sameRule(one: PolicyRuleFacts, other: PolicyRuleFacts): boolean {
  return one.text === other.text && one.enabled === other.enabled;
}

function withVersion(mine: PolicyRuleFacts, current: PolicyRuleFacts): PolicyRuleFacts {
  return { ...mine, version: mine.text === current.text ? current.version : current.version + 1 };
}

function mergeChannel(base: Changed, draft: Changed, current: Changed): NonNullable<Changed> {
  const merged: Record<string, unknown> = { ...current };
  const names = new Set([...Object.keys(base ?? {}), ...Object.keys(draft ?? {})]) as Set<keyof NonNullable<Changed>>;
  for (const name of names) {
    if (draft?.[name] === base?.[name]) continue;
    if (draft?.[name] === undefined) delete merged[name];
    else merged[name] = draft[name];
  }
  return merged as NonNullable<Changed>;
}

type Changed = ChangedSettings["CHAT"];
