import { z } from "zod";
import type { conversationFacts, customerFacts, messageFacts } from "../../schema/events/conversations";
import type { summaryFacts } from "../../schema/events/summarization";
import type { HandoverEnding, ProviderName, Reason } from "../../schema/words";

/**
 * The contract of a help desk. One folder per provider, `providers/<name>/index.ts`, exports one `Provider`; it imports
 * this file, those beside it (`provider.*.ts`) and itself only. Baton carries a handover through the provider's steps in this order, keeps each step's
 * receipt, and after a failure or a crash begins again at the first step without one.
 */
export const stepNames = ["contact", "conversation", "transcript", "summary", "tags", "assign"] as const;
export type StepName = (typeof stepNames)[number];

/** What the desk is told. */
export interface Handing {
  handoverId: string;
  workspaceId: string;
  conversationId: string;
  channel: z.infer<typeof conversationFacts>["channel"];
  language: string;
  reason: Reason;
  /** ISO 8601. */
  requestedAt: string;
  customer: z.infer<typeof customerFacts>;
  /** In order. */
  transcript: TranscriptLine[];
  /** Null while it is not written yet; the `summary` step runs once it is. */
  summary: z.infer<typeof summaryFacts> | null;
  tags: string[];
}
export type TranscriptLine = z.infer<typeof messageFacts>;

/** What is kept of a step that is done: what a later step, a retry or the graph needs. No secrets, no personal text. */
export interface Receipt {
  /** The desk's id of what the handover became: its conversation or ticket. */
  externalId?: string;
  /** DESK: the agent's screen. LINK: where the customer goes. */
  url?: string;
  /** What the customer copies and pastes, for providers whose summary is COPY_PASTE. */
  copyText?: string;
  /** Further ids of the desk's, by name. */
  ids?: Record<string, string>;
}
export type Receipts = Partial<Record<StepName, Receipt>>;

/** A workspace's account at the desk: what all calls of one connection share. */
export interface DeskAccount {
  /** Whose rate limit a call counts against. */
  connectionId: string;
  /** For desks that want OAuth; the others leave it alone. */
  tokens: TokenStore;
}

export interface OAuthTokens {
  accessToken: string;
  /** Null where the desk gives none (client credentials). */
  refreshToken: string | null;
  /** ISO 8601; null when the desk does not tell. */
  expiresAt: string | null;
}

/** A connection's OAuth tokens, sealed at rest and shared by all processes. */
export interface TokenStore {
  /** Null before the first `renew`. */
  read(): Promise<OAuthTokens | null>;
  /**
   * Gets other tokens than the one whose access token is `stale` (null: none is known). However many ask at once,
   * `grant` runs once, with the tokens kept so far; what it gives is stored before anybody uses it, because a refresh
   * token that rotated is worth nothing a second time. For the same reason `grant` has a time of its own, and does not
   * heed the signal of the call that asked for it.
   */
  renew(stale: string | null, grant: (kept: OAuthTokens | null) => Promise<OAuthTokens>): Promise<OAuthTokens>;
}

export interface StepInput<Config> {
  config: Config;
  account: DeskAccount;
  handing: Handing;
  /** Of the steps done so far. */
  receipts: Receipts;
  /** The same for every attempt of this handover at any desk: the handover's id. */
  idempotencyKey: string;
  /**
   * The process that tried it before ended in the middle, a moment ago: it may have taken effect, although a search that
   * is late does not show it yet.
   */
  cutOff?: boolean;
  /** Aborted when the time is up or the service stops. */
  signal: AbortSignal;
}

/**
 * Does one step. It may run again after it took effect (the answer was lost): it must then find what it made before,
 * by the idempotency key, and not make it twice. Throws `ProviderFailure` with what is known about trying again.
 */
export type Step<Config> = (input: StepInput<Config>) => Promise<Receipt>;

/** How the summary reaches the desk: sent along, or copied and pasted by the customer. */
export type SummaryTransfer = "AUTOMATED" | "COPY_PASTE";

/** What a provider can carry, as the capability matrix shows it. */
export interface Capabilities {
  handover: boolean;
  /** The customer's e-mail address goes along where it is known. */
  email: boolean;
  summary: SummaryTransfer;
  tags: boolean;
  /** An agent can give the conversation back to the assistant. */
  handBack: boolean;
}

/** A message the customer wrote after the handover. */
export interface ForwardInput<Config> {
  config: Config;
  account: DeskAccount;
  handing: Handing;
  receipts: Receipts;
  message: TranscriptLine;
  /** The message's id: the same for every attempt. */
  idempotencyKey: string;
  signal: AbortSignal;
}

/** What may have been made is looked for. */
export interface FindInput<Config> extends StepInput<Config> {
  /** When it was last tried to make it. */
  unsureSince: Date;
}

/** The handover is over in Baton. */
export interface CloseInput<Config> extends StepInput<Config> {
  /** How it came to its end; null when it was cancelled or the next desk took it over. */
  ending: HandoverEnding | null;
}

/**
 * What happened in the desk, as a webhook of it tells. `externalId` is the one of the `conversation` step's receipt;
 * `eventId` is the same whenever the same thing is told again, in another call too. REPLIED is what an agent wrote to
 * the customer: never a private note, never what Baton wrote itself.
 */
export type DeskEvent = { externalId: string; eventId: string; agent: { id: string | null; name: string } | null } & (
  | { kind: "JOINED" }
  | { kind: "REPLIED"; text: string; messageId: string }
  | { kind: "LEFT"; left: "RETURNED" | "CLOSED" }
);

/** A webhook call as it came in; the body is untouched. */
export interface WebhookRequest {
  method: string;
  /** The public address that was called, query included. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string | undefined>;
  body: Buffer;
  receivedAt: Date;
}

/** A call that proved to be from the desk, looked at after it was answered. */
export interface WebhookInput<Config> {
  config: Config;
  account: DeskAccount;
  body: Buffer;
  receivedAt: Date;
  /** What Baton carried into this conversation or ticket of the desk's; null when it is none of Baton's. */
  carried(externalId: string): Promise<{ handing: Handing; receipts: Receipts } | null>;
  signal: AbortSignal;
}

export interface Webhook<Config> {
  /** What `authentic` rests on: a secret that is sent along, a signature of the body, or one of body and time. */
  proof: "SECRET" | "BODY" | "BODY_AND_TIME";
  /** Is it from the desk? On the raw bytes, in constant time; with BODY_AND_TIME not when it is older than 5 minutes. */
  authentic(request: WebhookRequest, config: Config): boolean;
  /**
   * The desk's own name for this call, the same when it calls again; null where it has none: then every call is looked
   * at, and what it tells is told apart by `DeskEvent.eventId`.
   */
  callId(request: Pick<WebhookRequest, "headers" | "body">): string | null;
  /**
   * In the order in which it happened. Unknown kinds of event are no fault: they give nothing. A desk that signs no
   * body gives a hint only: what counts is read back through its API. Throws `ProviderFailure`.
   */
  parse(input: WebhookInput<Config>): Promise<DeskEvent[]>;
  /**
   * For a desk whose calls may be missed and are hints: the body of a call that says no more than that something may
   * have happened there. Baton makes it itself from time to time while a handover is open; `parse` reads what counts.
   */
  reminder?(externalId: string): Buffer;
}

export interface Provider<Config = never> {
  name: ProviderName;
  /** As people call it: Zendesk (Tickets). */
  title: string;
  /** LINK: the customer goes elsewhere and nothing comes back. */
  mode: "DESK" | "LINK";
  capabilities: Capabilities;
  /** Every field described; those made with `secret` are encrypted at rest and never shown. */
  config: z.ZodObject<z.ZodRawShape> & z.ZodType<Config>;
  /** Those that the provider has. */
  steps: Partial<Record<StepName, Step<Config>>>;
  /** Tries the configuration without leaving anything at the desk, and tells in words what is wrong. */
  testConnection(config: Config, signal: AbortSignal, account: DeskAccount): Promise<{ ok: boolean; message: string }>;
  /** Absent where the desk reads the conversation from the graph, or where nothing can follow. */
  forwardMessage?(input: ForwardInput<Config>): Promise<void>;
  /** The handover is over in Baton: the desk's item closes, or goes back where it came from. May run twice. */
  close?(input: CloseInput<Config>): Promise<void>;
  /**
   * What the `conversation` step made although its answer was lost, so that it can be closed; null when there is nothing.
   * Where new items are searchable late it throws until the search can be trusted.
   */
  find?(input: FindInput<Config>): Promise<Receipt | null>;
  /** The names of the desk's tags, for topics of the policy. */
  listTags?(input: { config: Config; account: DeskAccount; signal: AbortSignal }): Promise<string[]>;
  webhook?: Webhook<Config>;
}

/** A field of a configuration that is encrypted at rest and never shown again: a key, a password, a token. */
export function secret(description: string): z.ZodString {
  return z.string().min(1).meta({ description, secret: true });
}

/** A desk did not do what it was asked. `message` is for a developer: no secrets, no personal text. */
export class ProviderFailure extends Error {
  /** False: trying the same again cannot help (bad credentials, unknown group). */
  readonly retry: boolean;
  /** The desk does not take the key or token, or it may not do this: trying again helps once that is put right. */
  readonly access: boolean;
  /** The desk asks not to come back sooner, in milliseconds. */
  readonly afterMs: number | null;
  /** The desk's name for the request, for its support. */
  readonly requestId: string | null;

  constructor(message: string, facts: { retry: boolean; access?: boolean; afterMs?: number; requestId?: string }) {
    super(message);
    this.name = "ProviderFailure";
    this.retry = facts.retry;
    this.access = facts.access ?? false;
    this.afterMs = facts.afterMs ?? null;
    this.requestId = facts.requestId ?? null;
  }
}

/** Keeps the configuration's type inside: outside, a provider takes what its own schema has parsed. */
export function defineProvider<Config>(provider: Provider<Config>): Provider {
  return provider as unknown as Provider;
}
