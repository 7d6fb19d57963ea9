import { generateKeyPairSync, sign } from "node:crypto";
import { isSigned, keyFrom } from "./signature";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
const older = publicKey.export({ type: "pkcs1", format: "pem" }).toString();
const body = Buffer.from('{"action":"message_create"}');
const signature = sign("RSA-SHA256", body, privateKey).toString("base64");

test.each([
  ["as it is", pem],
  ["in its older form", older],
  ["with blanks for line breaks", pem.replaceAll("\n", " ")],
  ["with line breaks written out", pem.replaceAll("\n", "\\n")],
  ["under the label of the older form", pem.replaceAll("PUBLIC KEY", "RSA PUBLIC KEY")],
  ["without the lines around it", pem.replace(/-----[A-Z ]+-----/g, "")],
])("the key of the webhook settings is taken %s", (_, text) => {
  expect(isSigned(body, signature, text)).toBe(true);
});

test("another key, another body, and what is no signature are refused", () => {
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" });
  expect(isSigned(body, signature, other.toString())).toBe(false);
  expect(isSigned(Buffer.from(`${body} `), signature, pem)).toBe(false);
  for (const wrong of [undefined, "", "x", `${signature}x`, `${signature}=`, signature.slice(4)])
    expect(isSigned(body, wrong, pem)).toBe(false);
});

test("what is no RSA key is told when it is entered", () => {
  const curve = generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ type: "spki", format: "pem" });
  for (const wrong of ["", "a secret", curve.toString(), pem.slice(0, 200)]) expect(keyFrom(wrong)).toBeNull();
});
