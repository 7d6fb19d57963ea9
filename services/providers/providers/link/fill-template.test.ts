import fc from "fast-check";
import { fillTemplate, type Placeholder, templateProblem } from "./fill-template";

const values: Record<Placeholder, string> = {
  handover_id: "5f0c1e2a-0000-4000-8000-000000000001",
  conversation_id: "5f0c1e2a-0000-4000-8000-000000000002",
  language: "en",
  email: "mia+shop@example.com",
  name: "Mia & Co",
  headline: "Lamp broken? 100% sure",
  summary: "Lamp broken",
};
const allowedHosts = ["help.example.com"];
const fill = (template: string, more: Partial<typeof values> = {}, limit = 2000) =>
  fillTemplate(template, { ...values, ...more }, { allowedHosts, limit });

test("every value is encoded", () => {
  expect(fill("https://help.example.com/contact?email={email}&subject={headline}&who={name}")).toBe(
    "https://help.example.com/contact?email=mia%2Bshop%40example.com&subject=Lamp%20broken%3F%20100%25%20sure&who=Mia%20%26%20Co",
  );
});

test.each([
  ["http://help.example.com/", "must begin with https://"],
  ["javascript:alert(1)", "must begin with https://"],
  ["https://evil.example/?x={email}", "not among the allowed hosts"],
  ["https://help.example.com.evil.example/", "not among the allowed hosts"],
  ["https://help.example.com@evil.example/", "user name or password"],
  ["https://{name}/", "in the host"],
  ["https://help.example.com{email}", "in the host"],
  ["https://help.example.com/{headline}/x", "stands in the path"],
  ["https://help.example.com/?x={password}", "{password} is no placeholder"],
  ["https://help.example.com/?x={email", "brace without its partner"],
  ["contact", "no URL"],
])("%s is refused", (template, problem) => {
  expect(templateProblem(template, allowedHosts)).toContain(problem);
});

test("the whole URL is capped: the longest value is shortened, an e-mail address is never cut", () => {
  const address = fill("https://help.example.com/?e={email}&s={summary}", { summary: "ü".repeat(5000) }, 300);
  expect(address.length).toBeLessThanOrEqual(300);
  expect(address).toContain("e=mia%2Bshop%40example.com&s=%C3%BC");
  const tight = fill(
    "https://help.example.com/?e={email}&s={summary}",
    { email: `${"m".repeat(200)}@example.com` },
    100,
  );
  expect(new URL(tight).searchParams.get("e")).toBe("");
});

test("whatever a customer writes, the link leads to the allowed host and changes no other parameter", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 3000 }), fc.integer({ min: 100, max: 3000 }), (text, limit) => {
      const address = fill(
        "https://help.example.com/a/{handover_id}?s={headline}&t={summary}&fixed=1#{name}",
        {
          headline: text,
          summary: text,
          name: text,
        },
        limit + 60,
      );
      const url = new URL(address);
      expect(address.length).toBeLessThanOrEqual(limit + 60);
      expect([url.host, url.pathname, url.searchParams.get("fixed")]).toEqual([
        "help.example.com",
        `/a/${values.handover_id}`,
        "1",
      ]);
      expect([...url.searchParams.keys()]).toEqual(["s", "t", "fixed"]);
    }),
  );
});
