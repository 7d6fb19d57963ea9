import { statementsOf } from "./statements";

const said = (text: string) => statementsOf(text).map((statement) => statement.said);

test("a clause is heard by itself, in whatever way it is joined to the one before", () => {
  expect(said("My parcel is late and I want to talk to a person.")).toContain("and I want to talk to a person.");
  expect(said("El paquete no llegó, así que quiero hablar con alguien")).toContain("así que quiero hablar con alguien");
  expect(said("荷物が届かないので、担当者と話したいです")).toContain("担当者と話したいです");
  expect(said("冰箱坏了，所以我想找人谈谈换货的事情")).toContain("所以我想找人谈谈换货的事情");
});

test("what is reported stays with who reports it", () => {
  const texts = said("Мой сосед сказал, что мне нужно поговорить с человеком из банка.");
  expect(texts).not.toContain("что мне нужно поговорить с человеком из банка.");
  expect(said("Мой сосед ждёт, мне нужно поговорить с человеком.")).toContain("мне нужно поговорить с человеком.");
});

test("a clause knows what comes right before it", () => {
  const clause = statementsOf("The shelf is broken, my sister laughed, put me through").find(
    (statement) => statement.said === "put me through",
  );
  expect(clause?.wider).toBe("my sister laughed, put me through");
  expect(clause?.sentence).toBe("The shelf is broken, my sister laughed, put me through");
});

test("without any marks, the beginning, the end and stretches between are heard", () => {
  const words =
    "the engine makes a noise since your man left on monday let me talk to somebody soon i am out after six";
  const stretches = statementsOf(words).filter((statement) => statement.isPart);
  expect(stretches.some(({ said: text }) => text.includes("let me talk to somebody"))).toBe(true);
  expect(stretches.map(({ said: text }) => text)).toContain("i am out after six".split(" ").slice(-4).join(" "));
  expect(stretches.every(({ said: text, wider }) => wider.includes(text))).toBe(true);
});

test("a short message counts as a whole too, and an empty one says nothing", () => {
  expect(said("A person. Now.")).toContain("A person. Now.");
  expect(statementsOf("  \n ")).toEqual([]);
});
