import { z } from "zod";
import { ProviderName } from "../words";
import { defineEvent } from "./envelope";

const delivery = z.object({
  id: z.uuid(),
  handoverId: z.uuid(),
  provider: z.enum(ProviderName),
  connectionId: z.uuid().nullable().describe("null for the built-in console of a workspace without connections"),
});

const agent = z.object({ id: z.string().nullable(), name: z.string() });

export const providerEvents = [
  defineEvent("delivery.started", 1, "A handover is on its way into a help desk.", z.object({ delivery })),
  defineEvent(
    "handover.delivered",
    1,
    "A help desk has the handover.",
    z.object({
      delivery,
      mode: z.enum(["DESK", "LINK"]).describe("LINK: the customer follows a link, no reply comes back"),
      externalId: z.string().nullable(),
      url: z.string().nullable().describe("DESK: the agent's screen; LINK: where the customer goes"),
      absence: z
        .object({
          until: z.iso.datetime().nullable().describe("when the first of them comes; null where that is not known"),
          timeZone: z.string().nullable().describe("IANA name of the office that opens then"),
        })
        .nullable()
        .optional()
        .describe("nobody of the team is there at the moment: the handover waits for them"),
    }),
  ),
  defineEvent(
    "delivery.failed",
    1,
    "A help desk did not take the handover, after all retries.",
    z.object({
      delivery,
      error: z.string().describe("for a developer; no secrets, no personal text"),
      final: z.boolean().describe("true: no other desk is left to try"),
    }),
  ),
  defineEvent(
    "delivery.unclaimed",
    1,
    "No agent took a handover in time in the desk that has it.",
    z.object({
      delivery,
      waitedMinutes: z.int().positive(),
      goesTo: z
        .enum(["NEXT_DESK", "ASSISTANT"])
        .describe("what is to follow, unless an agent came meanwhile: another desk is tried, or the assistant goes on"),
    }),
  ),
  defineEvent("agent.joined", 1, "An agent took the handover in the desk.", z.object({ handoverId: z.uuid(), agent })),
  defineEvent(
    "agent.replied",
    1,
    "An agent wrote to the customer in the desk.",
    z.object({
      handoverId: z.uuid(),
      agent,
      text: z.string(),
      externalId: z.string().describe("the desk's id of the message; the same reply twice has the same id"),
    }),
  ),
  defineEvent(
    "agent.left",
    1,
    "The agent gave the conversation back to the assistant, or closed it, in the desk.",
    z.object({ handoverId: z.uuid(), agent: agent.nullable(), left: z.enum(["RETURNED", "CLOSED"]) }),
  ),
  defineEvent(
    "desk.changed",
    1,
    "The queue of the desk built into Baton changed by what happened elsewhere: an agent joined by replying, or the handover is over.",
    z.object({ handoverId: z.uuid(), state: z.enum(["WAITING", "TAKEN", "CLOSED"]) }),
  ),
] as const;
