import { sentencesSoFar } from "./sentences-so-far";

const whole = JSON.stringify({
  answered: true,
  sentences: [
    { text: 'Say "hello" to {us} [now].', passages: [1, 2] },
    { text: "A \\ back\nslash }]", passages: [] },
  ],
});

test("a sentence counts from the moment it is finished, wherever the text is cut", () => {
  const counts = Array.from({ length: whole.length + 1 }, (_, end) => sentencesSoFar(whole.slice(0, end)).length);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(counts.at(-1)).toBe(2);
  expect(counts.indexOf(1)).toBe(whole.indexOf(',{"text":"A'));
  expect(sentencesSoFar(whole)).toEqual(JSON.parse(whole).sentences);
});

test("a Markdown fence around it does not matter, and what is no such JSON has none", () => {
  expect(sentencesSoFar(`\`\`\`json\n${whole}`)).toHaveLength(2);
  for (const other of ["", "Hello", "[1, 2", '{"sentences": 3}', '{"a": [{}], "sentences', '{"sentences": [}'])
    expect(sentencesSoFar(other)).toEqual([]);
});
