import { createUnionType } from "type-graphql";
import { Conversation } from "./conversation.entity";
import { Handover } from "./handover.entity";
import { Message } from "./message.entity";
import {
  AlreadyHandedOver,
  ConversationClosed,
  EmptyMessage,
  InvalidEmail,
  MessageTooLong,
  NoOffer,
  NotExternal,
  NotHandedOver,
  StaleEpoch,
  UnsafePattern,
} from "./refusals";
import { SubmittedAnswer } from "./submitted-answer.entity";
import { Workspace } from "./workspace.entity";

/** What each mutation may answer: the thing itself, or a refusal that a client is expected to handle. */
export const PostMessageResult = createUnionType({
  name: "PostMessageResult",
  types: () => [Message, ConversationClosed, EmptyMessage, MessageTooLong] as const,
});
export type PostMessageResult = typeof PostMessageResult;

export const IdentifyCustomerResult = createUnionType({
  name: "IdentifyCustomerResult",
  types: () => [Conversation, InvalidEmail, ConversationClosed] as const,
});
export type IdentifyCustomerResult = typeof IdentifyCustomerResult;

export const RequestHandoverResult = createUnionType({
  name: "RequestHandoverResult",
  types: () => [Handover, AlreadyHandedOver, ConversationClosed] as const,
});
export type RequestHandoverResult = typeof RequestHandoverResult;

export const AcceptOfferResult = createUnionType({
  name: "AcceptOfferResult",
  types: () => [Handover, NoOffer, AlreadyHandedOver, ConversationClosed] as const,
});
export type AcceptOfferResult = typeof AcceptOfferResult;

export const DeclineOfferResult = createUnionType({
  name: "DeclineOfferResult",
  types: () => [Handover, NoOffer, AlreadyHandedOver, ConversationClosed] as const,
});
export type DeclineOfferResult = typeof DeclineOfferResult;

export const CancelHandoverResult = createUnionType({
  name: "CancelHandoverResult",
  types: () => [Handover, NotHandedOver, AlreadyHandedOver, ConversationClosed] as const,
});
export type CancelHandoverResult = typeof CancelHandoverResult;

export const KeepTalkingResult = createUnionType({
  name: "KeepTalkingResult",
  types: () => [Conversation, NotHandedOver, AlreadyHandedOver, ConversationClosed] as const,
});
export type KeepTalkingResult = typeof KeepTalkingResult;

export const ReplyAsAgentResult = createUnionType({
  name: "ReplyAsAgentResult",
  types: () => [Message, ConversationClosed, EmptyMessage, MessageTooLong] as const,
});
export type ReplyAsAgentResult = typeof ReplyAsAgentResult;

export const ReturnToAssistantResult = createUnionType({
  name: "ReturnToAssistantResult",
  types: () => [Conversation, NotHandedOver, ConversationClosed] as const,
});
export type ReturnToAssistantResult = typeof ReturnToAssistantResult;

export const CloseConversationResult = createUnionType({
  name: "CloseConversationResult",
  types: () => [Conversation, ConversationClosed] as const,
});
export type CloseConversationResult = typeof CloseConversationResult;

export const PostAssistantMessageResult = createUnionType({
  name: "PostAssistantMessageResult",
  types: () => [SubmittedAnswer, NotExternal, StaleEpoch, ConversationClosed, EmptyMessage, MessageTooLong] as const,
});
export type PostAssistantMessageResult = typeof PostAssistantMessageResult;

export const SetMaskPatternsResult = createUnionType({
  name: "SetMaskPatternsResult",
  types: () => [Workspace, UnsafePattern] as const,
});
export type SetMaskPatternsResult = typeof SetMaskPatternsResult;
