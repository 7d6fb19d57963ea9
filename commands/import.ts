import { parseArgs } from "node:util";
import { z } from "zod";
import { demoWorkspaceId } from "../demo/workspace";
import { signToken } from "../kit/viewer";
import { readInstallationEnv } from "./env";
import { readSources, type SourceDocument } from "./import-sources";
import { openInstallation, runningUrl } from "./installation";
import { runCommand, UsageError } from "./run-command";

const usage = `Imports articles for the assistant. What has not changed since the last time is left alone.

  npm run import -- help-centre/ --workspace demo    a folder of Markdown, HTML and CSV files
  npm run import -- page.html --workspace <id>       one file
  npm run import -- site/sitemap.xml --workspace <id> the pages of a sitemap that lie beside it

  --workspace  the workspace's id, or "demo" for the demo workspace
  --language   of all documents (default: what each says, or is written in)
  --internal   for agents only (default: public; what is there already stays what it is)
  --url        where Baton runs (default: the one that runs here, or http://localhost:4000)
  --token      a service token (default: signed with this installation's secret)

CSV has a first line with the columns question, answer, and if you like url and language.`;

const mutation = `mutation ImportArticles($documents: [DocumentInput!]!) {
  importArticles(documents: $documents) { created updated unchanged failed { name reason } }
}`;

/** What the gateway takes in one request, less the query around it. */
const mostBytes = 240_000;

interface Report {
  created: number;
  updated: number;
  unchanged: number;
  failed: { name: string; reason: string }[];
}

runCommand(usage, async () => {
  const { values, positionals } = readArguments();
  const [path, ...more] = positionals;
  if (!path || more.length > 0) throw new UsageError("Which folder or file?");
  const { documents: all, failed } = readSources(path, values.language ?? null);
  const documents = all
    .map((one) => (values.internal ? { ...one, visibility: "INTERNAL" } : one))
    .filter((document) => sizeOf(document) <= mostBytes);
  for (const { name } of all.filter((document) => sizeOf(document) > mostBytes))
    failed.push({ name, reason: `It is larger than ${mostBytes / 1000} kB; cut it in two.` });
  const token = values.token ?? (await ownToken(values.workspace));
  const url = values.url ?? runningUrl(readInstallationEnv().BATON_DATA) ?? "http://localhost:4000";
  await mustExist(url, token);
  const report: Report = { created: 0, updated: 0, unchanged: 0, failed };
  let done = 0;
  for (const batch of batches(documents)) {
    const part = (await ask<{ importArticles: Report }>(url, token, mutation, { documents: batch })).importArticles;
    report.created += part.created;
    report.updated += part.updated;
    report.unchanged += part.unchanged;
    report.failed.push(...part.failed);
    done += batch.length;
    process.stdout.write(
      `${String(done).padStart(String(documents.length).length)} of ${documents.length}  ${batch.at(-1)?.name}\n`,
    );
  }
  for (const { name, reason } of report.failed) process.stdout.write(`failed: ${name}: ${reason}\n`);
  process.stdout.write(
    `${report.created} created, ${report.updated} updated, ${report.unchanged} unchanged, ${report.failed.length} failed\n`,
  );
  if (report.failed.length > 0) process.exitCode = 1;
});

function readArguments() {
  return parseArgs({
    allowPositionals: true,
    options: {
      workspace: { type: "string" },
      language: { type: "string" },
      internal: { type: "boolean" },
      url: { type: "string" },
      token: { type: "string" },
    },
  });
}

async function ownToken(workspace: string | undefined): Promise<string> {
  const { secrets } = openInstallation(readInstallationEnv());
  const workspaceId = z.uuid().safeParse(workspace === "demo" ? demoWorkspaceId : workspace);
  if (!workspaceId.success)
    throw new UsageError(workspace ? `"${workspace}" is no workspace's id.` : "--workspace is missing.");
  return signToken(
    secrets.tokenSecret,
    "outer",
    { role: "SERVICE", workspaceId: workspaceId.data, name: "import" },
    3_600,
  );
}

/** Few enough at a time to show progress, and small enough for one request. */
function* batches(documents: SourceDocument[]): Generator<SourceDocument[]> {
  let batch: SourceDocument[] = [];
  let size = 0;
  for (const document of documents) {
    const bytes = sizeOf(document);
    if (batch.length > 0 && (batch.length === 20 || size + bytes > mostBytes)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(document);
    size += bytes;
  }
  if (batch.length > 0) yield batch;
}

function sizeOf(document: SourceDocument): number {
  return Buffer.byteLength(JSON.stringify(document)) + 1;
}

/** A token of a workspace that was never made, or is misspelt, would import into nothing and say that all went well. */
async function mustExist(url: string, token: string): Promise<void> {
  const { workspace } = await ask<{ workspace: object | null }>(url, token, "{ workspace { id } }");
  if (!workspace)
    throw new Error(
      `Baton at ${url} has no such workspace. Its id is what createWorkspace answered: \`{ workspace { id } }\`.`,
    );
}

async function ask<Data>(url: string, token: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(new URL("/graphql", url), {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  }).catch((error: Error & { cause?: Error }) => {
    throw new Error(
      `Baton cannot be reached at ${url} (${error.cause?.message ?? error.message}). Is it running? npm start`,
    );
  });
  const answer = (await response.json().catch(() => null)) as {
    data?: Data | null;
    errors?: { message: string }[];
  } | null;
  if (answer?.errors?.[0]) throw new Error(answer.errors[0].message);
  if (!answer?.data) throw new Error(`Baton at ${url} answered ${response.status} ${response.statusText}.`);
  return answer.data;
}
