import { type TestDatabase, testDatabase } from "../../../test/support/postgres";
import { providerContract } from "../provider.contract";
import { createFailingProvider } from "../provider.failing";
import { createConsole } from "../providers/console";
import { itemOf } from "../providers/console/desk";
import { link } from "../providers/link";
import { providersTables } from "../service";

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase("providers", providersTables);
});
afterAll(() => database.drop());

providerContract("Link", async () => ({
  provider: link,
  config: {
    urlTemplate: "https://help.example.com/contact?email={email}&subject={headline}",
    allowedHosts: ["help.example.com"],
  },
  openItems: () => null,
}));

providerContract("Console", async () => ({
  provider: createConsole({ db: database.db, now: () => new Date() }),
  config: {},
  openItems: async (handoverId) => {
    const item = await itemOf(database.db.manager, handoverId);
    return item && !item.closedAt ? 1 : 0;
  },
}));

providerContract("the fake that fails on command", async () => {
  const { provider, items } = createFailingProvider("INTERCOM");
  return {
    provider,
    config: { subdomain: "shop", apiKey: "a-secret-key" },
    openItems: async (handoverId) => [...items].filter(([id, { closed }]) => id === handoverId && !closed).length,
    messages: async (handoverId) => items.get(handoverId)?.messages ?? [],
  };
});
