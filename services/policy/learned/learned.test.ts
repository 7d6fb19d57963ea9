import { readdirSync, readFileSync, statSync } from "node:fs";
import { projectPath } from "../../../kit/project";
import { readCorpus, say, sayMany, waysToSay } from "./grammar";
import { heldOut, sayingOf } from "./held-out";
import { readLearned } from "./learned-file";
import { readLinearModel, seeded } from "./linear";
import { trainings } from "./train";

const folder = projectPath("services/policy/learned");
const weights = readdirSync(folder).filter((name) => name.endsWith(".bin"));

test("everything learned is committed, and nothing else", () => {
  expect(weights.sort()).toEqual(Object.keys(trainings).sort());
});

test("all weights together stay under 3 MB", () => {
  const bytes = weights.reduce((sum, name) => sum + statSync(`${folder}/${name}`).size, 0);
  expect(bytes).toBeLessThan(3_000_000);
});

test("a file that is no model is refused with what to do about it", () => {
  expect(() => readLearned("train.ts")).toThrow("run: npm run train");
  expect(() => readLinearModel("progress.bin")).toThrow("run: npm run train");
});

test("held-out cases are known by what they say, not by how it is written", () => {
  const cases = readFileSync(projectPath("services/policy/cases/intent.jsonl"), "utf8").trim().split("\n");
  const { text } = JSON.parse(cases[7] as string) as { text: string };
  expect(heldOut("intent").has(sayingOf(` ${text.toUpperCase()} !!`))).toBe(true);
  expect(heldOut("intent").has(sayingOf("agent!!"))).toBe(false);
});

describe("grammar", () => {
  const { slots, sections } = readCorpus(
    "[slots]\nwho = a person|an agent\n[request]\n(get|give) me <who> (now|)\n[slots]\nwhen = today\n[request]\ncall <when>\n",
  );

  test("a section that comes again goes on", () => {
    expect(sections.get("request")).toEqual(["(get|give) me <who> (now|)", "call <when>"]);
    expect([...slots.keys()]).toEqual(["who", "when"]);
  });

  test("ways to say a template are counted through slots and nested brackets", () => {
    expect(waysToSay("(get|give) me <who> (now|)", slots)).toBe(8);
    expect(waysToSay("(a (b|c)|d) e", slots)).toBe(3);
    expect(waysToSay("nothing to choose", slots)).toBe(1);
  });

  test("the same seed says the same; many ways are all different", () => {
    const template = "(get|give) me <who> (now|)";
    expect(say(template, slots, seeded(3))).toBe(say(template, slots, seeded(3)));
    const many = sayMany(template, slots, 6, seeded(3));
    expect(new Set(many).size).toBe(many.length);
  });
});
