import type { Provider } from "./provider";
import { freshchat } from "./providers/freshchat";
import { freshdesk } from "./providers/freshdesk";
import { gorgias } from "./providers/gorgias";
import { hubspot } from "./providers/hubspot";
import { intercom } from "./providers/intercom";
import { zendeskMessaging } from "./providers/zendesk-messaging";
import { zendeskTickets } from "./providers/zendesk-tickets";

/** Every desk but the console and the link: one folder each, one line here. */
export const desks: Provider[] = [freshchat, freshdesk, gorgias, hubspot, intercom, zendeskMessaging, zendeskTickets];
