import type { Emulator } from "../services/providers/emulators/emulator";
import { createGraphClient } from "./client";

/**
 * Connects the workspace to an emulated help desk, as its primary connection, with webhooks to Baton's public address.
 * Resolves to what disconnects it.
 *
 * @param options.token a service's of the workspace
 */
export async function connectEmulator(options: {
  url: string;
  token: string;
  emulator: Emulator;
}): Promise<() => Promise<void>> {
  const { emulator } = options;
  const graph = createGraphClient(options.url, options.token);
  const input = { provider: emulator.name, name: `${emulator.title}, emulated`, config: emulator.config() };
  const { connectProvider } = await graph.run<{ connectProvider: { id: string; webhookPath: string | null } }>(
    connect,
    { input },
  );
  const { id, webhookPath } = connectProvider;
  const { testConnection } = await graph.run<{ testConnection: { ok: boolean; message: string } }>(test, { id });
  if (!testConnection.ok) throw new Error(`${emulator.title} does not work: ${testConnection.message}`);
  emulator.webhooksTo(webhookPath && new URL(webhookPath, options.url).href);
  return async () => {
    await graph.run(disconnect, { id });
    await graph.close();
  };
}

const connect = /* GraphQL */ `
  mutation Connect($input: ConnectProviderInput!) {
    connectProvider(input: $input) {
      id
      webhookPath
    }
  }
`;

const test = /* GraphQL */ `
  mutation Test($id: ID!) {
    testConnection(id: $id) {
      ok
      message
    }
  }
`;

const disconnect = /* GraphQL */ `
  mutation Disconnect($id: ID!) {
    deleteConnection(id: $id)
  }
`;
