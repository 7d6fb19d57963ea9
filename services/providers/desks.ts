import type { Provider } from "./provider";
import { freshdesk } from "./providers/freshdesk";
import { intercom } from "./providers/intercom";

/** Every desk but the console and the link: one folder each, one line here. */
export const desks: Provider[] = [freshdesk, intercom];
