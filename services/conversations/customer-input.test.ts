import {
  checkedClientMessageId,
  checkedLanguage,
  checkedLine,
  checkedMessage,
  isEmail,
  messageLimit,
  piecesOf,
} from "./customer-input";
import { EmptyMessage, MessageTooLong } from "./refusals";

describe("what a client sends", () => {
  test("a message is kept without the blanks around it", () => {
    expect(checkedMessage("  hello\nthere \n")).toBe("hello\nthere");
  });

  test.each(["", "   ", "\n\t", "\u00a0"])("the message %j is empty", (text) => {
    expect(checkedMessage(text)).toBeInstanceOf(EmptyMessage);
  });

  test("the limit is met exactly, counted in characters, so that an emoji is one", () => {
    expect(checkedMessage("x".repeat(messageLimit))).toHaveLength(messageLimit);
    expect(checkedMessage("😀".repeat(messageLimit))).toHaveLength(2 * messageLimit);
    const refusal = checkedMessage("x".repeat(messageLimit + 1));
    expect(refusal).toBeInstanceOf(MessageTooLong);
    expect(refusal).toMatchObject({ limit: messageLimit, length: messageLimit + 1 });
  });

  test("a NUL character is refused by name, in a message and in a line", () => {
    expect(() => checkedMessage("a\0b")).toThrow(/NUL/);
    expect(() => checkedLine("customer.name", "a\0")).toThrow(/customer\.name/);
  });

  test("half a surrogate pair becomes the replacement character, a whole one stays", () => {
    expect(checkedMessage("a\ud800b")).toBe("a\ufffdb");
    expect(checkedMessage("\ud83d\ude00\udc00")).toBe("😀\ufffd");
  });

  test("a long text becomes pieces that fit, cut between words and never inside a character", () => {
    expect(piecesOf("  \0 ")).toEqual([]);
    expect(piecesOf(` ${"x".repeat(messageLimit)}\0`)).toEqual(["x".repeat(messageLimit)]);
    expect(piecesOf(`${"x".repeat(messageLimit - 2)} yyy`)).toEqual(["x".repeat(messageLimit - 2), "yyy"]);
    expect(piecesOf(`${"x".repeat(messageLimit)} yyy`)).toEqual(["x".repeat(messageLimit), "yyy"]);
    const faces = `x${"😀".repeat(messageLimit)}`;
    expect(piecesOf(faces).join("")).toBe(faces);
    expect(Math.max(...piecesOf(faces).map((piece) => piece.length))).toBeLessThanOrEqual(messageLimit);
  });

  test("a line that is blank is none, one that is too long is refused", () => {
    expect(checkedLine("name", "  ")).toBeNull();
    expect(checkedLine("name", undefined)).toBeNull();
    expect(() => checkedLine("name", "x".repeat(201))).toThrow(/at most 200/);
    expect(() => checkedClientMessageId(" ")).toThrow(/clientMessageId/);
    expect(() => checkedClientMessageId(`a${" ".repeat(200)}`)).toThrow(/longer than 200/);
    expect(checkedClientMessageId(`a${" ".repeat(199)}`)).toHaveLength(200);
  });

  test("language tags are kept in lower case, anything else is refused", () => {
    expect(checkedLanguage("pt_BR")).toBe("pt-br");
    expect(checkedLanguage("zh-Hans-CN")).toBe("zh-hans-cn");
    for (const bad of ["", "english please", "e", "12", "en-", `en${"-abc".repeat(20)}`])
      expect(() => checkedLanguage(bad)).toThrow(/language tag/);
  });

  test("e-mail addresses", () => {
    expect(isEmail("robin@example.com")).toBe(true);
    expect(isEmail("robin+lamp@shop.example.co.uk")).toBe(true);
    for (const bad of ["robin", "robin@", "@example.com", "a b@example.com", `${"x".repeat(250)}@example.com`])
      expect(isEmail(bad)).toBe(false);
  });
});
