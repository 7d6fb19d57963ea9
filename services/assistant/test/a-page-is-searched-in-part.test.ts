import { randomUUID } from "node:crypto";
import { createFakeClock } from "../../../kit/clock";
import { createSilentLog } from "../../../kit/log";
import type { Viewer } from "../../../kit/viewer";
import { type Stage, stage } from "../../../test/support/stage";
import { questionOf } from "../question";
import { retrieve } from "../retrieve";
import { assistantTables, createAssistant } from "../service";

let on: Stage;
const workspaceId = randomUUID();
const backEnd: Viewer = { role: "SERVICE", workspaceId, name: "shop" };

/** "qaab", "qbab": words of no language, each another one. */
const word = (at: number) =>
  `q${[...at.toString(26).padStart(3, "0")].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join("")}`;
const words = (count: number, ending = "") => Array.from({ length: count }, (_, at) => `${word(at)}${ending}`);

beforeAll(async () => {
  on = await stage("assistant", assistantTables, (parts) =>
    createAssistant({ ...parts, clock: createFakeClock(), log: createSilentLog(), model: null }),
  );
  const article = (title: string, body: string) =>
    on.ask(backEnd, "mutation ($a: ArticleInput!) { createArticle(input: $a) { id } }", {
      a: { title, body, language: "en" },
    });
  await article("Engraving", "We engrave a brass lamp with your name.");
  await article("Warranty", "The warranty of every dimmer lasts two years.");
  await article("Rarities", words(120, "blorn").join(" "));
});
afterAll(() => on.close());

const search = (text: string, first = 5) => {
  const question = questionOf([{ author: "CUSTOMER", text }], "en", ["en"]);
  return retrieve(on.db, { workspaceId, question, languages: ["en"], visibility: "PUBLIC", first });
};

test("of a message as long as a page, the beginning and the end are searched for", async () => {
  const { passages, terms } = await search(`Engraving? ${words(300).join(" ")} And the warranty of a dimmer?`);
  expect(terms.length).toBeGreaterThan(250);
  expect(passages.map(({ title }) => title).sort()).toEqual(["Engraving", "Warranty"]);
  const lookedFor = terms.filter(({ unknown, rarity }) => unknown || rarity !== 1);
  expect(lookedFor).toHaveLength(80);
  expect((await search(`${words(150).join(" ")} warranty ${words(300, "n").slice(150).join(" ")}`)).passages).toEqual(
    [],
  );
});

test("a message of nothing but slips has only its first ones read as what was meant", async () => {
  const { terms } = await search(words(120, "blorrn").join(" "));
  const read = terms.map(({ misspelt }) => misspelt);
  expect(read.slice(0, 24)).toEqual(Array(24).fill(true));
  expect(read.slice(24)).not.toContain(true);
  // Known words before them take no slip's place.
  const mixed = await search(`${words(60, "blorn").join(" ")} qaaublorrn`);
  expect(mixed.terms.at(-1)).toMatchObject({ misspelt: true });
});
