import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { RequestHandler } from "express";

const welcome = `# Baton's graph.
#
# "Headers", below, takes a token:
#   {"authorization": "Bearer <token>"}
# startConversation gives a widget its token,
# \`npm run token\` an agent or a back end theirs.
{
  __typename
}
`;

/**
 * GraphiQL in one page, without a single request to elsewhere. Its scripts, styles and workers are in the page, so
 * the policy names them by hash and by blob: and lets nothing else in.
 */
export function createGraphiql(): RequestHandler {
  let page: { html: Buffer; gzipped: Buffer; etag: string; policy: string } | null = null;
  return async (request, response) => {
    page ??= await build();
    response.set({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": page.policy,
      "cache-control": "no-cache",
      etag: page.etag,
      vary: "accept, accept-encoding",
    });
    if (request.headers["if-none-match"] === page.etag) {
      response.status(304).end();
      return;
    }
    const gzip = request.acceptsEncodings("gzip") === "gzip";
    if (gzip) response.set("content-encoding", "gzip");
    response.end(gzip ? page.gzipped : page.html);
  };
}

async function build() {
  // Nine megabytes of JavaScript: loaded when somebody looks, not at every start.
  const { renderGraphiQL } = await import("@graphql-yoga/render-graphiql");
  const html = Buffer.from(
    renderGraphiQL({
      title: "Baton",
      defaultQuery: welcome,
      headers: '{"authorization": ""}',
      subscriptionsProtocol: "WS",
    } as Parameters<typeof renderGraphiQL>[0]),
  );
  const scripts = [...html.toString().matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.join(" ")}`,
    "worker-src blob:",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const etag = `"${createHash("sha256").update(html).digest("base64url")}"`;
  return { html, gzipped: gzipSync(html, { level: 6 }), etag, policy };
}
