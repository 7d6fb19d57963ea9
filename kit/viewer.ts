import type { GraphQLError } from "graphql";
import { jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { refuse } from "./errors";

/** Who asks. Every resolver sees exactly one of these as `context.viewer`. */
export const viewer = z.discriminatedUnion("role", [
  z.object({ role: z.literal("ANONYMOUS") }),
  /** One customer in one conversation: what a widget holds. */
  z.object({ role: z.literal("CUSTOMER"), workspaceId: z.uuid(), conversationId: z.uuid(), customerId: z.uuid() }),
  /** A human of the support team. */
  z.object({ role: z.literal("AGENT"), workspaceId: z.uuid(), agentId: z.string(), name: z.string() }),
  /** A back end of the workspace: may do all that an agent may, and configure. */
  z.object({ role: z.literal("SERVICE"), workspaceId: z.uuid(), name: z.string() }),
  /** Whoever runs the installation: creates workspaces, sees no conversation. */
  z.object({ role: z.literal("OPERATOR") }),
]);
export type Viewer = z.infer<typeof viewer>;
export type Role = Viewer["role"];

/** Outer tokens are what clients hold; internal ones are what the gateway shows to a subgraph. */
export type TokenKind = "outer" | "internal";

/** Signs a token for a viewer (HS256). `seconds` until it expires. */
export async function signToken(secret: string, kind: TokenKind, viewer: Viewer, seconds: number): Promise<string> {
  return new SignJWT({ viewer })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("baton")
    .setAudience(kind)
    .setIssuedAt()
    .setExpirationTime(`${seconds}s`)
    .sign(new TextEncoder().encode(secret));
}

/** Who a token speaks for, and when it ends. Throws UNAUTHENTICATED with what to do next. */
export async function verifyToken(
  secret: string,
  kind: TokenKind,
  token: string,
): Promise<{ viewer: Viewer; expiresAt: Date }> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
      issuer: "baton",
      audience: kind,
      algorithms: ["HS256"],
      requiredClaims: ["exp"],
    });
    return { viewer: viewer.parse(payload.viewer), expiresAt: new Date((payload.exp as number) * 1000) };
  } catch (error) {
    throw badToken(error);
  }
}

function badToken(error: unknown): GraphQLError {
  const expired = error instanceof Error && "code" in error && error.code === "ERR_JWT_EXPIRED";
  return refuse(
    "UNAUTHENTICATED",
    expired
      ? "The token has expired. Get a new one (startConversation for a widget, npm run token for agents and services)."
      : "The token is not one of this installation's. Send `Authorization: Bearer <token>` from startConversation or npm run token.",
  );
}

/** The viewer's workspace; throws UNAUTHENTICATED for viewers without one. */
export function workspaceOf(viewer: Viewer): string {
  if ("workspaceId" in viewer) return viewer.workspaceId;
  throw refuse("UNAUTHENTICATED", "This needs a token of a workspace. Send `Authorization: Bearer <token>`.");
}

/**
 * May this viewer see what belongs to that conversation of that workspace? Customers: only their own conversation;
 * agents and services: all of their workspace.
 */
export function maySee(viewer: Viewer, thing: { workspaceId: string; conversationId: string }): boolean {
  if (viewer.role === "CUSTOMER")
    return viewer.workspaceId === thing.workspaceId && viewer.conversationId === thing.conversationId;
  if (viewer.role === "AGENT" || viewer.role === "SERVICE") return viewer.workspaceId === thing.workspaceId;
  return false;
}
