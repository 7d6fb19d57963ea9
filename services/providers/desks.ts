import type { Provider } from "./provider";
import { freshdesk } from "./providers/freshdesk";
import { gorgias } from "./providers/gorgias";
import { hubspot } from "./providers/hubspot";
import { intercom } from "./providers/intercom";
import { zendeskTickets } from "./providers/zendesk-tickets";

/** Every desk but the console and the link: one folder each, one line here. */
export const desks: Provider[] = [freshdesk, gorgias, hubspot, intercom, zendeskTickets];
