import { type Logger, pino } from "pino";

export type Log = Logger;

/** Tokens; and what a failed statement was given, which may be a customer's words. */
const secrets = ["token", "*.token", "authorization", "*.authorization", "err.parameters", "err.driverError"];

/** One JSON line per entry on standard error, so that standard output stays for people. */
export function createLog(service: string, level = "info"): Log {
  return pino({ name: service, level, redact: secrets }, pino.destination({ fd: 2, sync: false }));
}

/** Says nothing: for tests. */
export function createSilentLog(): Log {
  return pino({ level: "silent" });
}
