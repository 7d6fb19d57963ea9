import { DataSource } from "typeorm";
import type { Bus } from "../kit/bus";
import { systemClock } from "../kit/clock";
import { createSilentLog } from "../kit/log";
import type { Tables } from "../kit/service";
import type { SubgraphSource } from "../schema/compose";
import { assistantTables, createAssistant } from "../services/assistant/service";
import { conversationsTables, createConversations } from "../services/conversations/service";
import { createPolicy, policyTables } from "../services/policy/service";
import { createProviders, providersTables } from "../services/providers/service";
import { createSummarization, summarizationTables } from "../services/summarization/service";

/**
 * The five services' parts of the graph, built from their code alone: nothing is started and no database is open, so
 * a resolver could be asked for its type only.
 */
export async function buildSubgraphs(): Promise<SubgraphSource[]> {
  const services = [
    await createConversations(partsOf(conversationsTables)),
    await createPolicy(partsOf(policyTables)),
    await createAssistant(partsOf(assistantTables)),
    await createSummarization(partsOf(summarizationTables)),
    await createProviders(partsOf(providersTables)),
  ];
  return services.map(({ name, sdl }, index) => ({ name, sdl, url: `http://${name}:${4001 + index}/graphql` }));
}

function partsOf(tables: Tables) {
  return {
    db: new DataSource({ type: "postgres", entities: tables.entities }),
    bus: nobody as Bus,
    clock: systemClock,
    log: createSilentLog(),
    model: null,
    tokenSecret: "",
    credentialsKey: "of nobody, and never used to seal",
  };
}

const nobody: object = new Proxy(
  {},
  {
    get(_, name) {
      throw new Error(`A service used its bus (${String(name)}) before it was started.`);
    },
  },
);
