import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { InstallationEnv } from "./env";

/** What an installation keeps in its data folder, beside the embedded Postgres. */
export interface Installation {
  folder: string;
  secrets: Secrets;
  /** The demo workspace in the database this installation uses; null until it was made. */
  demo: DemoWorkspace | null;
  keepDemo(demo: DemoWorkspace): void;
}

export interface Secrets {
  tokenSecret: string;
  internalSecret: string;
}

/** What a widget needs to open conversations in the demo workspace, and what makes tokens for it. */
export interface DemoWorkspace {
  workspaceId: string;
  widgetKey: string;
}

export const lockPath = (folder: string) => join(folder, "lock.json");
export const postgresPath = (folder: string) => join(folder, "postgres");

/** Opens the data folder; makes it, and the secrets in it, when they are missing. */
export function openInstallation(env: InstallationEnv): Installation {
  const folder = env.BATON_DATA;
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    // Where root runs this, Postgres runs as nobody and passes through; what is secret below is closed by itself.
    chmodSync(folder, 0o711);
  }
  const demoPath = join(folder, "demo.json");
  const demos = readJson<Record<string, DemoWorkspace>>(demoPath) ?? {};
  const database = env.DATABASE_URL ? new URL(env.DATABASE_URL).host : "embedded";
  return {
    folder,
    secrets: {
      tokenSecret: env.TOKEN_SECRET ?? keptSecrets(folder).tokenSecret,
      internalSecret: env.INTERNAL_SECRET ?? keptSecrets(folder).internalSecret,
    },
    demo: demos[database] ?? null,
    keepDemo: (demo) => writeJson(demoPath, { ...demos, [database]: demo }),
  };
}

/** Made once; several processes that start at once agree on the same ones. */
function keptSecrets(folder: string): Secrets {
  const path = join(folder, "secrets.json");
  const kept = readJson<Secrets>(path);
  if (kept) return kept;
  const made: Secrets = { tokenSecret: newSecret(), internalSecret: newSecret() };
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(made), { mode: 0o600 });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return readJson<Secrets>(path) ?? made;
}

function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

function readJson<Content>(path: string): Content | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Content) : null;
}

function writeJson(path: string, content: unknown): void {
  writeFileSync(`${path}.${process.pid}`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.${process.pid}`, path);
}
