import type { RequestHandler } from "express";

/** A part whose being down is worth naming. Throws when it is down. */
export type Check = () => Promise<void>;

/** 200 when every part answers, else 503; either way the body says which parts are down. */
export function createReadyz(checks: Record<string, Check>): RequestHandler {
  return async (_request, response) => {
    const down = (await Promise.all(Object.entries(checks).map(look))).filter((name) => name !== null);
    response.status(down.length === 0 ? 200 : 503).json({ ready: down.length === 0, down });
  };
}

async function look([name, check]: [string, Check]): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), 3_000);
  });
  try {
    await Promise.race([check(), tooLate]);
    return null;
  } catch {
    return name;
  } finally {
    clearTimeout(timer);
  }
}
