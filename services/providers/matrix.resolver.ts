import { Field, ObjectType, Query, Resolver, registerEnumType } from "type-graphql";
import "../../schema/words.graph";
import { ProviderName } from "../../schema/words";
import { type ConfigField, configFields } from "./config-fields";
import { matrixOf } from "./matrix";
import type { Provider, SummaryTransfer } from "./provider";

const SummaryTransfers = { AUTOMATED: "AUTOMATED", COPY_PASTE: "COPY_PASTE" } as const;
registerEnumType(SummaryTransfers, {
  name: "SummaryTransfer",
  description: "How the summary reaches the desk: sent along, or copied and pasted by the customer.",
});
const ConfigFieldKind = { TEXT: "TEXT", NUMBER: "NUMBER", SWITCH: "SWITCH", LIST: "LIST" } as const;
registerEnumType(ConfigFieldKind, { name: "ConfigFieldKind", description: "What a field of a configuration holds." });

@ObjectType("ProviderConfigField", { simpleResolvers: true, description: "One field of a provider's configuration." })
class ProviderConfigField {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => ConfigFieldKind)
  kind!: ConfigField["kind"];

  @Field(() => Boolean)
  required!: boolean;

  @Field(() => Boolean, { description: "Encrypted at rest and never shown again." })
  secret!: boolean;

  @Field(() => String, { nullable: true, description: "As JSON." })
  defaultValue!: string | null;
}

@ObjectType("Provider", {
  simpleResolvers: true,
  description: "A kind of help desk and what it can carry: a line of the capability matrix.",
})
class ProviderLine {
  @Field(() => ProviderName)
  name!: ProviderName;

  @Field(() => String)
  title!: string;

  @Field(() => Boolean)
  handover!: boolean;

  @Field(() => Boolean, { description: "The customer's e-mail address goes along where it is known." })
  email!: boolean;

  @Field(() => SummaryTransfers)
  summary!: SummaryTransfer;

  @Field(() => Boolean, { description: "The conversation's tags go along." })
  tags!: boolean;

  @Field(() => Boolean, { description: "An agent can give the conversation back to the assistant from there." })
  handBack!: boolean;

  @Field(() => Boolean, { description: "False: this installation cannot connect it." })
  available!: boolean;

  @Field(() => [ProviderConfigField], { description: "What connectProvider wants to know." })
  configFields!: ConfigField[];
}

@Resolver()
export class MatrixResolver {
  private readonly lines: ProviderLine[];

  constructor(providers: Map<ProviderName, Provider>) {
    this.lines = matrixOf(providers).map(({ provider, ...line }) => ({
      ...line,
      configFields: provider ? configFields(provider.config) : [],
    }));
  }

  @Query(() => [ProviderLine], { description: "The capability matrix: which help desk takes what. For everybody." })
  providers(): ProviderLine[] {
    return this.lines;
  }
}
