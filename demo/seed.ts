import { readdir, readFile } from "node:fs/promises";
import { projectPath } from "../kit/project";
import { signToken } from "../kit/viewer";
import { createGraphClient, type GraphClient } from "./client";
import { demoGuidance, demoTags, demoWorkspaceId, demoWorkspaceName } from "./workspace";

/** What a widget and a desk need to take part in the demo. */
export interface DemoWorkspace {
  workspaceId: string;
  widgetKey: string;
}

/**
 * Makes the demo workspace through the public graph, as its operator and then as its own back end. Asked again it
 * leaves alone what is there, so that whoever tries Baton may change the demo's settings.
 */
export async function seedDemo(options: { url: string; tokenSecret: string }): Promise<DemoWorkspace> {
  const { url, tokenSecret } = options;
  const clientOf = async (viewer: Parameters<typeof signToken>[2]) =>
    createGraphClient(url, await signToken(tokenSecret, "outer", viewer, 300));
  const operator = await clientOf({ role: "OPERATOR" });
  const { createWorkspace } = await operator.run<{ createWorkspace: { id: string; widgetKey: string } }>(
    /* GraphQL */ `
      mutation DemoWorkspace($id: ID!, $name: String!) {
        createWorkspace(id: $id, name: $name) {
          id
          widgetKey
        }
      }
    `,
    { id: demoWorkspaceId, name: demoWorkspaceName },
  );
  const shop = await clientOf({ role: "SERVICE", workspaceId: demoWorkspaceId, name: "demo" });
  const { articles } = await shop.run<{ articles: unknown[] }>("{ articles(first: 1) { id } }");
  // The articles come last: with one of them there, everything is.
  if (articles.length === 0) {
    await writePolicy(shop);
    await writeHelpCentre(shop);
  }
  return { workspaceId: createWorkspace.id, widgetKey: createWorkspace.widgetKey };
}

async function writePolicy(shop: GraphClient): Promise<void> {
  const there = await shop.run<{ guidanceRules: { text: string }[]; tags: { name: string }[] }>(
    "{ guidanceRules { text } tags { name } }",
  );
  for (const text of demoGuidance)
    if (!there.guidanceRules.some((rule) => rule.text === text))
      await shop.run("mutation Rule($input: GuidanceRuleInput!) { createGuidanceRule(input: $input) { id } }", {
        input: { text },
      });
  for (const tag of demoTags)
    if (!there.tags.some(({ name }) => name === tag.name))
      await shop.run("mutation Tag($input: TagInput!) { createTag(input: $input) { id } }", { input: tag });
}

async function writeHelpCentre(shop: GraphClient): Promise<void> {
  const folder = projectPath("demo/help-centre");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".md")).sort();
  const documents = await Promise.all(
    names.map(async (name) => ({
      name,
      format: "MARKDOWN",
      content: await readFile(projectPath("demo/help-centre", name), "utf8"),
    })),
  );
  const { importArticles } = await shop.run<{ importArticles: { failed: { name: string; reason: string }[] } }>(
    /* GraphQL */ `
      mutation HelpCentre($documents: [DocumentInput!]!) {
        importArticles(documents: $documents) {
          failed {
            name
            reason
          }
        }
      }
    `,
    { documents },
  );
  for (const { name, reason } of importArticles.failed)
    throw new Error(`The demo's article ${name} could not be imported: ${reason}`);
}
