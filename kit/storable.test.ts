import { shortened, storable, storableAll } from "./storable";

test("what cannot be stored is left out or replaced, everything else stays", () => {
  expect(storable("a\0\ud83d\ude00\udc00")).toBe("a😀\ufffd");
});

test("a text is never cut through a character", () => {
  expect(shortened("ab😀c", 5)).toBe("ab😀c");
  expect(shortened("ab😀c", 4)).toBe("ab😀");
  expect(shortened("ab😀c", 3)).toBe("ab");
});

test("all texts of a JSON value are made storable, wherever they are", () => {
  expect(storableAll({ "a\0": ["b\0", 1, null, { c: "d\0" }], e: undefined })).toEqual({
    a: ["b", 1, null, { c: "d" }],
    e: undefined,
  });
});
