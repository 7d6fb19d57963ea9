import { runService } from "../../kit/run-service";
import { readProvidersEnv } from "./env";
import { createProviders, providersTables } from "./service";

void runService({
  name: "providers",
  readEnv: readProvidersEnv,
  tables: providersTables,
  create: (parts, env) =>
    createProviders({
      ...parts,
      credentialsKey: env.CREDENTIALS_KEY,
      formerCredentialsKeys: env.FORMER_CREDENTIALS_KEYS,
      providerPackages: env.PROVIDER_PACKAGES,
    }),
});
