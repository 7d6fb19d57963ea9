import { randomUUID } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { demoWorkspaceId } from "../demo/workspace";
import { signToken, type Viewer } from "../kit/viewer";
import { readInstallationEnv } from "./env";
import { openInstallation } from "./installation";
import { runCommand, UsageError } from "./run-command";

const usage = `Prints a token for the graph: Authorization: Bearer <token>

  npm run token -- agent --workspace demo --name Ada     an agent: a human of the support team
  npm run token -- service --workspace <id> --name shop  a back end: all that agents may do, and settings
  npm run token -- operator                              runs the installation: makes workspaces

  --workspace  the workspace's id, or "demo" for the demo workspace
  --name       whom the token is for; agents are shown to customers by it
  --id         agents only: your own id of the agent, to be the same person again (default: made from the name)
  --days       how long it is good for (default 30)`;

runCommand(usage, async () => {
  const { values, positionals } = readArguments();
  const installation = openInstallation(readInstallationEnv());
  const days = z.coerce.number().positive().max(3_650).safeParse(values.days);
  if (!days.success) throw new UsageError("--days is a number from 1 to 3650.");
  const viewer = viewerFor(positionals, values);
  const token = await signToken(installation.secrets.tokenSecret, "outer", viewer, Math.round(days.data * 86_400));
  process.stdout.write(`${token}\n`);
});

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      workspace: { type: "string" },
      name: { type: "string" },
      id: { type: "string" },
      days: { type: "string", default: "30" },
    },
  });
}

function viewerFor(
  [role, ...more]: string[],
  { workspace, name, id }: { workspace?: string; name?: string; id?: string },
): Viewer {
  if (more.length > 0) throw new UsageError(`One role at a time, please; "${more.join(" ")}" is too much.`);
  if (role === "operator") return { role: "OPERATOR" };
  if (role !== "agent" && role !== "service")
    throw new UsageError(role ? `There is no role "${role}".` : "Whose token? agent, service or operator.");
  const workspaceId = z.uuid().safeParse(workspace === "demo" ? demoWorkspaceId : workspace);
  if (!workspaceId.success)
    throw new UsageError(workspace ? `"${workspace}" is no workspace's id.` : "--workspace is missing.");
  if (!name?.trim()) throw new UsageError("--name is missing.");
  if (role === "service") return { role: "SERVICE", workspaceId: workspaceId.data, name };
  return { role: "AGENT", workspaceId: workspaceId.data, agentId: id ?? (slug(name) || randomUUID()), name };
}

function slug(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
}
