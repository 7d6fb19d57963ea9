import { randomUUID } from "node:crypto";
import { systemClock } from "../../../kit/clock";
import { type TestDatabase, testDatabase } from "../../../test/support/postgres";
import { createAccounts } from "../accounts";
import { createCredentials } from "../credentials";
import { resealAll } from "../reseal";
import { providersTables } from "../service";

const [former, current] = ["a former key, with at least 32 characters", "the key in use, with at least 32 characters"];

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase("providers", providersTables);
});
afterAll(() => database.drop());

async function aConnection(secrets: string, id = randomUUID()) {
  await database.db.query(
    `insert into connection (id, workspace_id, provider, name, rank, config, secrets, created_at, updated_at)
     values ($1, $2, 'FRESHDESK', 'x', 0, '{}', $3, now(), now())`,
    [id, randomUUID(), secrets],
  );
  return { connectionId: id, workspaceId: randomUUID() };
}

const secretsOf = async ({ connectionId }: { connectionId: string }): Promise<string> =>
  (await database.db.query("select secrets from connection where id = $1", [connectionId]))[0].secrets;

test("a former key opens what it sealed, and all of it is sealed anew with the key in use", async () => {
  const { db } = database;
  const before = createCredentials(former);
  const id = randomUUID();
  const owner = await aConnection(before.seal({ apiKey: "k" }, id), id);
  await createAccounts({ db, credentials: before, clock: systemClock })
    .of(owner)
    .tokens.renew(null, async () => ({ accessToken: "t", refreshToken: "r", expiresAt: null }));
  const now = createCredentials(current, [former]);
  expect(now.open(await secretsOf(owner), id)).toEqual({ apiKey: "k" });
  expect(await resealAll(db, now)).toBe(2);
  expect(await resealAll(db, now)).toBe(0);
  const later = createCredentials(current);
  expect(later.open(await secretsOf(owner), id)).toEqual({ apiKey: "k" });
  const tokens = createAccounts({ db, credentials: later, clock: systemClock }).of(owner).tokens;
  expect(await tokens.read()).toMatchObject({ accessToken: "t", refreshToken: "r" });
});

test("what no key opens stays as it is", async () => {
  const owner = await aConnection("v1.other.a.b.c");
  expect(await resealAll(database.db, createCredentials(current, [former]))).toBe(0);
  expect(await secretsOf(owner)).toBe("v1.other.a.b.c");
});

test("tokens that rotate are got once, however many ask, in several processes too", async () => {
  const owner = await aConnection("");
  const process = () =>
    createAccounts({ db: database.db, credentials: createCredentials(current), clock: systemClock }).of(owner).tokens;
  const [one, other] = [process(), process()];
  const granted: (string | null)[] = [];
  const grant = async (kept: { refreshToken: string | null } | null) => {
    granted.push(kept?.refreshToken ?? null);
    return { accessToken: `access-${granted.length}`, refreshToken: `refresh-${granted.length}`, expiresAt: null };
  };
  const first = await Promise.all([one, one, other, other, one].map((tokens) => tokens.renew(null, grant)));
  expect(new Set(first.map(({ accessToken }) => accessToken))).toEqual(new Set(["access-1"]));
  await Promise.all([one, other, one].map((tokens) => tokens.renew("access-1", grant)));
  expect(granted).toEqual([null, "refresh-1"]);
  expect((await other.read())?.accessToken).toBe("access-2");
  const failing = one.renew("access-2", async () => {
    throw new Error("refused");
  });
  await expect(failing).rejects.toThrow("refused");
  expect((await one.read())?.refreshToken).toBe("refresh-2");
});
