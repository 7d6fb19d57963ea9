import { createCredentials } from "./credentials";

const key = "0123456789abcdef0123456789abcdef";

test("what is sealed opens again, and never looks the same", () => {
  const credentials = createCredentials(key);
  const sealed = credentials.seal({ apiKey: "topsecret" }, "row-1");
  expect(sealed).not.toContain("topsecret");
  expect(credentials.seal({ apiKey: "topsecret" }, "row-1")).not.toBe(sealed);
  expect(createCredentials(key).open(sealed, "row-1")).toEqual({ apiKey: "topsecret" });
});

test("another row, another key, or a changed letter opens nothing", () => {
  const credentials = createCredentials(key);
  const sealed = credentials.seal({ apiKey: "topsecret" }, "row-1");
  expect(() => credentials.open(sealed, "row-2")).toThrow();
  expect(() => createCredentials(`${key}x`).open(sealed, "row-1")).toThrow(/sealed with key/);
  const parts = sealed.split(".");
  const text = parts[4] ?? "";
  parts[4] = (text.startsWith("A") ? "B" : "A") + text.slice(1);
  expect(() => credentials.open(parts.join("."), "row-1")).toThrow();
  expect(() => credentials.open("nonsense", "row-1")).toThrow("no sealed credentials");
});

test("a short key is refused with what to do", () => {
  expect(() => createCredentials("short")).toThrow("openssl rand -base64 32");
});
