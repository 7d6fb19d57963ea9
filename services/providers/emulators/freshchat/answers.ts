import type { Request, Response } from "express";
import type { z } from "zod";
import { type Conversation, knownProperties, type Message, paging } from "./shapes";

/** As the API shows it. */
export function shown({ messages: _messages, assigned_agent_id, assigned_group_id, ...conversation }: Conversation) {
  return {
    ...conversation,
    ...(assigned_agent_id ? { assigned_agent_id } : {}),
    ...(assigned_group_id ? { assigned_group_id } : {}),
  };
}

/** As it stands in a call: without the properties. */
export function inCall(conversation: Conversation) {
  const { properties: _properties, user_id: _user, ...rest } = shown(conversation);
  return { conversation: rest, interaction_id: `${conversation.conversation_id}-1` };
}

export function textOf({ message_parts }: Message): string {
  return message_parts
    .map((part) => (part as { text?: { content: string } }).text?.content ?? "")
    .filter(Boolean)
    .join("\n");
}

export function listed(key: string, all: unknown[], request: Request, response: Response): void {
  const result = paging.safeParse(request.query);
  if (!result.success) {
    refused(response, 400, "INVALID_VALUE", "page and items_per_page are numbers");
    return;
  }
  const { page, items_per_page: size } = result.data;
  response.json({ [key]: all.slice((page - 1) * size, page * size), pagination: { total_items: all.length } });
}

/** Custom properties, and the choices of a dropdown, have to be there beforehand. */
export function propertiesFit(properties: Record<string, unknown> | undefined, response: Response): boolean {
  const wrong = Object.entries(properties ?? {}).find(([name, value]) => {
    const choices = knownProperties[name];
    return choices === undefined || (choices !== null && !choices.includes(String(value)));
  });
  if (wrong) refused(response, 400, "INVALID_VALUE", `property ${wrong[0]} cannot be set`);
  return !wrong;
}

export function checked<Body>(shape: z.ZodType<Body>, request: Request, response: Response): Body | null {
  const result = shape.safeParse(request.body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  refused(response, 400, "INVALID_VALUE", `${issue?.path.join(".") || "body"}: ${issue?.message ?? "is wrong"}`);
  return null;
}

export function refused(response: Response, code: number, status: string, message: string): void {
  response.status(code).json({ code, status, message });
}
