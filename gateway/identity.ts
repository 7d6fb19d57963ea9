import { refuse } from "../kit/errors";
import { signToken, type Viewer, verifyToken } from "../kit/viewer";
import { createBoundedCache } from "./bounded-cache";

/** Who sent a request, and until when that holds; `null`: no token, so nothing can expire. */
export interface Identity {
  viewer: Viewer;
  expiresAt: Date | null;
}

const nobody: Identity = { viewer: { role: "ANONYMOUS" }, expiresAt: null };

/** Reads the `Authorization` value of a request. Throws UNAUTHENTICATED; without a value the viewer is ANONYMOUS. */
export type Identify = (authorization: string | undefined) => Promise<Identity>;

/** Checks outer tokens; a token that was good is not checked again until it expires. */
export function createIdentify(secret: string): Identify {
  const known = createBoundedCache<Identity>(10_000);
  return async (authorization) => {
    if (!authorization) return nobody;
    const token = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
    if (!token)
      throw refuse(
        "UNAUTHENTICATED",
        "The Authorization header is not understood. Send `Authorization: Bearer <token>`.",
      );
    const before = known.get(token);
    if (before?.expiresAt && before.expiresAt.getTime() > Date.now()) return before;
    const identity = await verifyToken(secret, "outer", token);
    known.set(token, identity);
    return identity;
  };
}

const INTERNAL_TOKEN_SECONDS = 60;

/** Signs what a subgraph is shown instead of the client's token: one per viewer, kept for half of its minute. */
export function createInternalTokens(secret: string): (viewer: Viewer) => Promise<string> {
  const signed = createBoundedCache<{ token: Promise<string>; until: number }>(10_000);
  return (viewer) => {
    const key = JSON.stringify(viewer);
    const before = signed.get(key);
    if (before && before.until > Date.now()) return before.token;
    const token = signToken(secret, "internal", viewer, INTERNAL_TOKEN_SECONDS);
    signed.set(key, { token, until: Date.now() + (INTERNAL_TOKEN_SECONDS * 1000) / 2 });
    return token;
  };
}
