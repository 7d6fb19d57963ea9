import { z } from "zod";
import type { Channel } from "../../schema/words";

/** How soon annoyance counts: LOW only when it is plain, HIGH at its first signs. */
export const Sensitivity = { LOW: "LOW", NORMAL: "NORMAL", HIGH: "HIGH" } as const;
export type Sensitivity = keyof typeof Sensitivity;

/** What happens when the assistant cannot answer: a person is offered, or takes over without the customer reading so. */
export const WhenUnanswered = { OFFER: "OFFER", HANDOVER: "HANDOVER" } as const;
export type WhenUnanswered = keyof typeof WhenUnanswered;

/** What a workspace decides for one channel. */
export interface ChannelSettings {
  /** A bare request for a person in the very first message is answered once with a request for details. */
  firstMessageGuard: boolean;
  frustrationSensitivity: Sensitivity;
  whenUnanswered: WhenUnanswered;
  /** Customer messages from one offer to the next for the same reason; 1: every time. A declined one never returns. */
  offerEvery: number;
  /** Baton draws no conclusions of its own: see the table in `assess.ts` for what rests and what never does. */
  paused: boolean;
}

/** What differs from the defaults. */
const stored = z
  .object({
    firstMessageGuard: z.boolean(),
    frustrationSensitivity: z.enum(Sensitivity),
    whenUnanswered: z.enum(WhenUnanswered),
    offerEvery: z.int().min(1).max(50),
    paused: z.boolean(),
  })
  .partial();

/** What holds until a workspace says otherwise. */
export const defaultSettings: Record<Channel, ChannelSettings> = {
  CHAT: {
    firstMessageGuard: true,
    frustrationSensitivity: "NORMAL",
    whenUnanswered: "OFFER",
    offerEvery: 1,
    paused: false,
  },
  TICKET: {
    firstMessageGuard: false,
    frustrationSensitivity: "NORMAL",
    whenUnanswered: "OFFER",
    offerEvery: 1,
    paused: false,
  },
};

/** What a workspace changed, as it is kept: per channel, only what differs from the defaults. */
export type ChangedSettings = Partial<Record<Channel, Partial<ChannelSettings>>>;

/** The settings of a channel; what is kept but no longer understood falls back to the default. */
export function settingsOf(changed: ChangedSettings | null | undefined, channel: Channel): ChannelSettings {
  const own = stored.safeParse(changed?.[channel] ?? {});
  return { ...defaultSettings[channel], ...(own.success ? own.data : {}) };
}
