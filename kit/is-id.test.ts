import { isId } from "./is-id";

test("an id has the form of an id", () => {
  expect(isId("6f0a4a44-6f0b-4a6e-9d54-3c9b8f6a2a11")).toBe(true);
  for (const bad of ["", "1", "x'; drop table message; --", "6f0a4a44-6f0b-4a6e-9d54-3c9b8f6a2a1g"])
    expect(isId(bad)).toBe(false);
});
