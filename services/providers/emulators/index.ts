import type { EmulatorDefinition } from "./emulator";
import { freshchatEmulator } from "./freshchat";
import { freshdeskEmulator } from "./freshdesk";
import { gorgiasEmulator } from "./gorgias";
import { hubspotEmulator } from "./hubspot";
import { intercomEmulator } from "./intercom";
import { zendeskMessagingEmulator } from "./zendesk-messaging";
import { zendeskTicketsEmulator } from "./zendesk-tickets";

/** Every emulator: one folder each, one line here. */
export const emulators: EmulatorDefinition[] = [
  freshchatEmulator,
  freshdeskEmulator,
  gorgiasEmulator,
  hubspotEmulator,
  intercomEmulator,
  zendeskMessagingEmulator,
  zendeskTicketsEmulator,
];
