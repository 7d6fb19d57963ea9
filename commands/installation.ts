import { randomBytes } from "node:crypto";
import { accessSync, constants, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockHolder } from "../kit/lock-file";
import { makePassableFolder } from "../kit/passable-folder";

/** What an installation keeps in its data folder, beside the embedded Postgres. */
export interface Installation {
  folder: string;
  secrets: Secrets;
}

export interface Secrets {
  tokenSecret: string;
  internalSecret: string;
  credentialsKey: string;
}

export const lockPath = (folder: string) => join(folder, "lock.json");
export const postgresPath = (folder: string) => join(folder, "postgres");

/** The graph's address of the Baton that runs on this data folder; null when none does. */
export function runningUrl(folder: string): string | null {
  const note = lockHolder(lockPath(folder))?.note;
  return note?.startsWith("http") ? note : null;
}

/** Opens the data folder; makes it, and the secrets in it, when they are missing. */
export function openInstallation(env: {
  BATON_DATA: string;
  TOKEN_SECRET?: string;
  INTERNAL_SECRET?: string;
  CREDENTIALS_KEY?: string;
}): Installation {
  const folder = env.BATON_DATA;
  // Where root runs this, Postgres runs as nobody and passes through; what is secret below is closed by itself.
  try {
    makePassableFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Error(
      `Baton cannot keep anything in ${folder}: ${(error as Error).message}. Choose another folder with BATON_DATA.`,
    );
  }
  return {
    folder,
    secrets: {
      tokenSecret: env.TOKEN_SECRET ?? keptSecrets(folder).tokenSecret,
      internalSecret: env.INTERNAL_SECRET ?? keptSecrets(folder).internalSecret,
      credentialsKey: env.CREDENTIALS_KEY ?? keptSecrets(folder).credentialsKey,
    },
  };
}

/** Made once; several processes that start at once agree on the same ones. */
function keptSecrets(folder: string): Secrets {
  const path = join(folder, "secrets.json");
  const kept = readJson<Secrets>(path);
  if (kept) return kept;
  const made: Secrets = { tokenSecret: newSecret(), internalSecret: newSecret(), credentialsKey: newSecret() };
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
