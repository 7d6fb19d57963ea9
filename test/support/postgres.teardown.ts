import { rm } from "node:fs/promises";

export default async function teardown(): Promise<void> {
  const server = globalThis.batonTestPostgres;
  if (!server) return;
  await server.stop("now");
  await rm(server.folder, { recursive: true, force: true });
}
