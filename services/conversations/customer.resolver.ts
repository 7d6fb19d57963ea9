import {
  Arg,
  Authorized,
  Ctx,
  Field,
  GraphQLISODateTime,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
} from "type-graphql";
import { refuse } from "../../kit/errors";
import type { GraphContext } from "../../kit/subgraph";
import { Channel } from "../../schema/words";
import { Conversation } from "./conversation.entity";
import { checkedClientMessageId, checkedMessage } from "./customer-input";
import type { Deps } from "./deps";
import { cancelHandover } from "./end-handover";
import { keepTalking } from "./keep-talking";
import { acceptOffer, declineOffer } from "./offers";
import { postCustomerMessage } from "./post-message";
import { conversationInReach, noSuchConversation, withConversation } from "./reach";
import { requestHandover } from "./request-handover";
import {
  AcceptOfferResult,
  CancelHandoverResult,
  DeclineOfferResult,
  IdentifyCustomerResult,
  KeepTalkingResult,
  PostMessageResult,
  RequestHandoverResult,
} from "./results";
import { identifyCustomer, signCustomerToken, startConversation } from "./start-conversation";

@InputType({ description: "What is known about the customer; all of it may be missing." })
export class CustomerInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "The company's own id of this customer." })
  externalId?: string | null;
}

@InputType()
export class StartConversationInput {
  @Field(() => String, { description: "Of the workspace: `workspace { widgetKey }`." })
  widgetKey!: string;

  @Field(() => Channel, { defaultValue: Channel.CHAT })
  channel!: Channel;

  @Field(() => String, { nullable: true, description: "BCP 47, such as en or pt-BR; the workspace's when left out." })
  language?: string | null;

  @Field(() => CustomerInput, { nullable: true })
  customer?: CustomerInput | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "The widget shows an offer as a button; otherwise the offer's text says which words to type.",
  })
  offersAsButton!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "A token for one customer in one conversation." })
export class CustomerToken {
  @Field(() => String, { description: "Send it as `Authorization: Bearer <token>`." })
  token!: string;

  @Field(() => GraphQLISODateTime, { description: "Renew it before that with renewCustomerToken." })
  expiresAt!: Date;
}

@ObjectType({ simpleResolvers: true })
export class StartedConversation extends CustomerToken {
  @Field(() => Conversation)
  conversation!: Conversation;
}

/** What a customer does. A service may do it for a customer, where its own channel is the widget. */
@Resolver()
export class CustomerResolver {
  constructor(
    private readonly deps: Deps,
    private readonly tokenSecret: string,
  ) {}

  @Mutation(() => StartedConversation, { description: "Opens a conversation. Needs no token, only a widget key." })
  async startConversation(
    @Arg("input", () => StartConversationInput) input: StartConversationInput,
  ): Promise<StartedConversation> {
    const conversation = await startConversation(this.deps, input);
    return { conversation, ...(await this.tokenOf(conversation)) };
  }

  @Authorized("CUSTOMER", "SERVICE")
  @Mutation(() => CustomerToken, {
    description:
      "A new token for the customer's conversation, while the old one is good. Services need none of the old.",
  })
  async renewCustomerToken(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID, { nullable: true, description: "For services; a customer has but one." })
    conversationId?: string | null,
  ): Promise<CustomerToken> {
    const id = conversationId ?? (viewer.role === "CUSTOMER" ? viewer.conversationId : null);
    if (!id) throw refuse("BAD_INPUT", "Say which conversation the token is for with `conversationId`.");
    const conversation = await conversationInReach(this.deps, viewer, id);
    if (!conversation) throw noSuchConversation();
    return this.tokenOf(conversation);
  }

  @Authorized("CUSTOMER", "SERVICE")
  @Mutation(() => PostMessageResult, {
    description:
      "Posts a customer's message. While an offer is open, the words \"Talk to a person\" (in any of Baton's languages) accept it.",
  })
  async postMessage(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("text", () => String, { description: "1 to 16,000 characters, not counting blanks around them." })
    text: string,
    @Arg("clientMessageId", () => String, {
      nullable: true,
      description: "Your own id of this message: sent again under the same id it is posted once.",
    })
    clientMessageId?: string | null,
  ): Promise<PostMessageResult> {
    const checked = checkedMessage(text);
    const sentAs = checkedClientMessageId(clientMessageId);
    return withConversation(this.deps, viewer, conversationId, async (held) =>
      typeof checked === "string" ? postCustomerMessage(held, { text: checked, clientMessageId: sentAs }) : checked,
    );
  }

  @Authorized("CUSTOMER", "AGENT", "SERVICE")
  @Mutation(() => IdentifyCustomerResult, { description: "Keeps what is given and leaves the rest as it was." })
  identifyCustomer(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
    @Arg("name", () => String, { nullable: true }) name?: string | null,
    @Arg("email", () => String, { nullable: true }) email?: string | null,
    @Arg("externalId", () => String, { nullable: true }) externalId?: string | null,
  ): Promise<IdentifyCustomerResult> {
    return withConversation(this.deps, viewer, conversationId, (held) =>
      identifyCustomer(held, { name, email, externalId }),
    );
  }

  @Authorized("CUSTOMER", "AGENT", "SERVICE")
  @Mutation(() => RequestHandoverResult, {
    description:
      "Asks for a person: the customer for themselves (CUSTOMER_REQUEST), others over the API (API_REQUEST).",
  })
  requestHandover(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
  ): Promise<RequestHandoverResult> {
    const reason = viewer.role === "CUSTOMER" ? "CUSTOMER_REQUEST" : "API_REQUEST";
    return withConversation(this.deps, viewer, conversationId, (held) =>
      requestHandover(held, { reason, messageId: null }),
    );
  }

  @Authorized("CUSTOMER", "SERVICE")
  @Mutation(() => AcceptOfferResult, { description: "Accepts the open offer of a person." })
  acceptOffer(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
  ): Promise<AcceptOfferResult> {
    return withConversation(this.deps, viewer, conversationId, acceptOffer);
  }

  @Authorized("CUSTOMER", "SERVICE")
  @Mutation(() => DeclineOfferResult, {
    description: "Declines the open offer; it is not made again for the same reason.",
  })
  declineOffer(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
  ): Promise<DeclineOfferResult> {
    return withConversation(this.deps, viewer, conversationId, declineOffer);
  }

  @Authorized("CUSTOMER", "SERVICE")
  @Mutation(() => CancelHandoverResult, {
    description:
      "The customer no longer waits for a person: the assistant has the conversation again. Refused (AlreadyHandedOver) once an agent has joined.",
  })
  cancelHandover(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
  ): Promise<CancelHandoverResult> {
    return withConversation(this.deps, viewer, conversationId, cancelHandover);
  }

  @Authorized("CUSTOMER", "SERVICE")
  @Mutation(() => KeepTalkingResult, {
    description:
      "The customer goes on with the assistant and keeps their place: the handover waits for an agent as before, and requestHandover brings back the wait. Refused (AlreadyHandedOver) once an agent has joined.",
  })
  keepTalking(
    @Ctx() { viewer }: GraphContext,
    @Arg("conversationId", () => ID) conversationId: string,
  ): Promise<KeepTalkingResult> {
    return withConversation(this.deps, viewer, conversationId, keepTalking);
  }

  private tokenOf({ workspaceId, id, customer }: Conversation): Promise<CustomerToken> {
    return signCustomerToken(this.deps, this.tokenSecret, { workspaceId, id, customerId: customer.id });
  }
}
