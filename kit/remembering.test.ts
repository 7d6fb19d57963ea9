import { remembering } from "./remembering";

test("a text is read once, a long one each time, and what is remembered stays bounded", () => {
  const read: string[] = [];
  const shout = remembering(
    (text) => {
      read.push(text);
      return text.toUpperCase();
    },
    { most: 2, longest: 3 },
  );
  expect(["a", "a", "long", "long"].map(shout)).toEqual(["A", "A", "LONG", "LONG"]);
  expect(read.splice(0)).toEqual(["a", "long", "long"]);
  for (const text of ["a", "b", "c", "a", "c"]) shout(text);
  expect(read).toEqual(["b", "c", "a"]);
});
