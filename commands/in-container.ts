import { setTimeout as delay } from "node:timers/promises";
import { seedDemo } from "../demo/seed";
import { projectPath } from "../kit/project";
import { fillEnv, readContainerEnv } from "./env";
import { openInstallation } from "./installation";
import { runCommand, UsageError } from "./run-command";

const services = ["conversations", "policy", "assistant", "summarization", "providers"];

const usage = `node dist/commands/in-container.js <part>    runs one part of Baton as the process of a container

  part   gateway, ${services.join(", ")}

Secrets that are not set are taken from BATON_DATA, which the containers share; whoever comes first makes them. The
gateway also makes the demo workspace, unless DEMO=no.`;

runCommand(usage, async () => {
  const part = process.argv[2] ?? "";
  if (part !== "gateway" && !services.includes(part)) throw new UsageError(`There is no part "${part}".`);
  const env = readContainerEnv();
  const { secrets } = openInstallation(env);
  fillEnv({
    TOKEN_SECRET: secrets.tokenSecret,
    INTERNAL_SECRET: secrets.internalSecret,
    CREDENTIALS_KEY: secrets.credentialsKey,
  });
  require(projectPath("dist", part === "gateway" ? "" : "services", part, "main.js"));
  if (part === "gateway" && env.DEMO === "yes")
    await makeDemo(`http://127.0.0.1:${env.PORT}/graphql`, secrets.tokenSecret);
});

/** The services may take longer to start than the gateway: asked again until it worked. */
async function makeDemo(url: string, tokenSecret: string): Promise<void> {
  for (let pause = 500; ; pause = Math.min(pause * 2, 15_000)) {
    await delay(pause);
    try {
      const { widgetKey } = await seedDemo({ url, tokenSecret });
      process.stdout.write(`Demo workspace: widget key ${widgetKey}\n`);
      return;
    } catch (error) {
      if (pause > 10_000) process.stderr.write(`The demo workspace is not made yet: ${(error as Error).message}\n`);
    }
  }
}
