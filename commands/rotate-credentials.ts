import { takeLock } from "../kit/lock-file";
import { readInstallationEnv } from "./env";
import { lockPath, openInstallation, rotateCredentialsKey } from "./installation";
import { runCommand } from "./run-command";

const usage = `npm run rotate-credentials    puts a new key for the credentials of help desks into use

Baton must not run. At its next start everything is sealed anew with the new key; the former one stays in the data folder,
so that a backup of the database can still be read.

Where the key comes from the environment, set CREDENTIALS_KEY to a new one (openssl rand -base64 32) and
FORMER_CREDENTIALS_KEYS to the one before, and start the providers again: they seal everything anew and say how much.
Then FORMER_CREDENTIALS_KEYS can go.`;

runCommand(usage, async () => {
  const env = readInstallationEnv();
  if (env.CREDENTIALS_KEY) throw new Error(`CREDENTIALS_KEY is set, so the key is not kept here.\n\n${usage}`);
  const { folder } = openInstallation(env);
  const taken = takeLock(lockPath(folder));
  if ("heldBy" in taken) throw new Error(`Baton runs (process ${taken.heldBy.pid}): stop it first.`);
  try {
    rotateCredentialsKey(folder);
  } finally {
    taken.lock.release();
  }
  process.stdout.write(`A new key is in use, kept in ${folder}. Start Baton: it seals all credentials anew.\n`);
});
