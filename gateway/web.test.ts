import type { IncomingMessage } from "node:http";
import { clientAddress } from "./web";

const request = (remoteAddress: string, forwarded?: string) =>
  ({
    socket: { remoteAddress },
    headers: forwarded ? { "x-forwarded-for": forwarded } : {},
  }) as unknown as IncomingMessage;

test("a forwarded address counts only as far as the proxies before it are trusted", () => {
  const nobody = () => false;
  const one = (_address: string, hop: number) => hop < 1;
  expect(clientAddress(request("10.0.0.1"), one)).toBe("10.0.0.1");
  expect(clientAddress(request("10.0.0.1", "203.0.113.9"), nobody)).toBe("10.0.0.1");
  expect(clientAddress(request("10.0.0.1", "203.0.113.9"), one)).toBe("203.0.113.9");
  expect(clientAddress(request("10.0.0.1", "made-up, 203.0.113.9"), one)).toBe("203.0.113.9");
});
