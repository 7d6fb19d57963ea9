import type { ProviderName } from "../../schema/words";
import type { Capabilities, Provider } from "./provider";

/** A line of the capability matrix. */
export interface MatrixLine extends Capabilities {
  name: ProviderName;
  title: string;
  /** False: this installation cannot connect it yet. */
  available: boolean;
  provider: Provider | null;
}

const automated = { handover: true, email: true, summary: "AUTOMATED", tags: true, handBack: true } as const;

/** Every kind of desk, in the order the matrix is printed; a provider's own folder has the last word on its line. */
const known: ({ name: ProviderName; title: string } & Capabilities)[] = [
  { name: "INTERCOM", title: "Intercom", ...automated },
  { name: "ZENDESK_MESSAGING", title: "Zendesk (Messaging)", ...automated },
  { name: "ZENDESK_TICKETS", title: "Zendesk (Tickets)", ...automated },
  { name: "HUBSPOT", title: "HubSpot", ...automated },
  { name: "FRESHCHAT", title: "Freshchat", ...automated, email: false },
  { name: "FRESHDESK", title: "Freshdesk", ...automated },
  { name: "GORGIAS", title: "Gorgias", ...automated },
  { name: "LINK", title: "Link", handover: true, email: false, summary: "COPY_PASTE", tags: false, handBack: false },
  { name: "CONSOLE", title: "Console", ...automated },
];

/** What each provider can carry, whether its folder is there or not. */
export function matrixOf(providers: Map<ProviderName, Provider>): MatrixLine[] {
  const custom = providers.get("CUSTOM");
  const lines = custom ? [...known, { name: custom.name, title: custom.title, ...custom.capabilities }] : known;
  return lines.map((line) => {
    const provider = providers.get(line.name) ?? null;
    const { name, title } = provider ?? line;
    return { ...line, ...provider?.capabilities, name, title, available: provider !== null, provider };
  });
}
