import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { AssistantMode } from "../../schema/words";

@ObjectType({
  simpleResolvers: true,
  description: "Something of the company's own that is masked in messages, such as its customer numbers.",
})
export class MaskPattern {
  @Field(() => String, { description: "What stands in its place, in square brackets." })
  name!: string;

  @Field(() => String, { description: "A regular expression, in JavaScript's syntax with the flag u." })
  pattern!: string;
}

@Entity("workspace")
@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true, description: "One company using Baton: the tenant." })
export class Workspace {
  @Field(() => ID)
  @PrimaryColumn({ type: "uuid" })
  id!: string;

  @Field(() => String)
  @Column({ type: "text" })
  name!: string;

  @Field(() => String, {
    description: "What a widget on the company's site starts conversations with. Public: it stands in the page.",
  })
  @Column({ type: "text", name: "widget_key" })
  widgetKey!: string;

  @Field(() => AssistantMode)
  @Column({ type: "text", name: "assistant_mode" })
  assistantMode!: AssistantMode;

  @Field(() => String, {
    description: "Of conversations that start without a language of their own; BCP 47, lower case.",
  })
  @Column({ type: "text" })
  language!: string;

  @Column({ type: "jsonb", name: "mask_patterns" })
  maskPatterns!: MaskPattern[];

  @Column({ type: "timestamptz", name: "created_at" })
  createdAt!: Date;
}
