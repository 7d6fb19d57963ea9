import {
  Arg,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { refuse } from "../../kit/errors";
import type { GraphContext } from "../../kit/subgraph";
import { AssistantMode } from "../../schema/words";
import type { Deps } from "./deps";
import type { Loaders } from "./loaders";
import { maySeeWorkspace } from "./references";
import { SetMaskPatternsResult } from "./results";
import { MaskPattern, Workspace } from "./workspace.entity";
import { createWorkspace, rotateWidgetKey, setMaskPatterns, updateWorkspace } from "./workspaces";

@InputType()
export class MaskPatternInput {
  @Field(() => String, { description: "What stands in its place, in square brackets: 1 to 40 characters." })
  name!: string;

  @Field(() => String, {
    description:
      "A regular expression in JavaScript's syntax. Its repetitions are bounded ({1,30}, not +), it neither looks around nor refers back, and it can match in at most 100 ways from one place.",
  })
  pattern!: string;
}

@Resolver(() => Workspace)
export class WorkspaceResolver {
  constructor(
    private readonly deps: Deps,
    private readonly loaders: Loaders,
  ) {}

  @Authorized()
  @Query(() => Workspace, {
    nullable: true,
    description: "The viewer's workspace. `id` is for operators; null when it is out of reach.",
  })
  async workspace(
    @Ctx() { viewer }: GraphContext,
    @Arg("id", () => ID, { nullable: true }) id?: string | null,
  ): Promise<Workspace | null> {
    const wanted = id ?? ("workspaceId" in viewer ? viewer.workspaceId : null);
    if (!wanted) throw refuse("BAD_INPUT", "An operator has no workspace of its own; say which with `id`.");
    const workspace = await this.loaders.workspace.load(wanted);
    return workspace && maySeeWorkspace(viewer, workspace) ? workspace : null;
  }

  @Authorized("OPERATOR")
  @Mutation(() => Workspace, {
    description: "Makes a workspace. With an `id` that is there already, that workspace is returned unchanged.",
  })
  createWorkspace(
    @Arg("name", () => String) name: string,
    @Arg("id", () => ID, { nullable: true, description: "A UUID of your choice, to be able to ask twice." })
    id?: string | null,
    @Arg("assistantMode", () => AssistantMode, { defaultValue: AssistantMode.BUILT_IN })
    assistantMode?: AssistantMode | null,
    @Arg("language", () => String, { defaultValue: "en", description: "Of conversations that start without one." })
    language?: string | null,
  ): Promise<Workspace> {
    return createWorkspace(this.deps, { id, name, assistantMode, language });
  }

  @Authorized("SERVICE", "OPERATOR")
  @Mutation(() => Workspace, { description: "Changes what is given and leaves the rest." })
  updateWorkspace(
    @Ctx() { viewer }: GraphContext,
    @Arg("id", () => ID, { nullable: true, description: "For operators; a service changes its own workspace." })
    id?: string | null,
    @Arg("name", () => String, { nullable: true }) name?: string | null,
    @Arg("assistantMode", () => AssistantMode, { nullable: true }) assistantMode?: AssistantMode | null,
    @Arg("language", () => String, { nullable: true }) language?: string | null,
  ): Promise<Workspace> {
    return updateWorkspace(this.deps, changeable({ viewer }, id), { name, assistantMode, language });
  }

  @Authorized("SERVICE", "OPERATOR")
  @Mutation(() => SetMaskPatternsResult, {
    description:
      "Sets what is masked in messages from now on, in place of the patterns before. Card numbers, IBANs, passwords and one-time codes always are. What is masked is gone: nobody can bring it back.",
  })
  setMaskPatterns(
    @Ctx() { viewer }: GraphContext,
    @Arg("patterns", () => [MaskPatternInput], { description: "At most 20; none to mask nothing more." })
    patterns: MaskPatternInput[],
    @Arg("id", () => ID, { nullable: true, description: "For operators; a service changes its own workspace." })
    id?: string | null,
  ): Promise<SetMaskPatternsResult> {
    return setMaskPatterns(this.deps, changeable({ viewer }, id), patterns);
  }

  @Authorized("AGENT", "SERVICE", "OPERATOR")
  @FieldResolver(() => [MaskPattern], {
    description: "What is masked in messages besides card numbers, IBANs, passwords and one-time codes.",
  })
  maskPatterns(@Root() { maskPatterns }: Workspace): MaskPattern[] {
    return maskPatterns;
  }

  @Authorized("SERVICE", "OPERATOR")
  @Mutation(() => Workspace, {
    description:
      "Gives the workspace a new widget key. The old one starts no conversation any more; those under way go on.",
  })
  rotateWidgetKey(
    @Ctx() { viewer }: GraphContext,
    @Arg("id", () => ID, { nullable: true, description: "For operators; a service changes its own workspace." })
    id?: string | null,
  ): Promise<Workspace> {
    return rotateWidgetKey(this.deps, changeable({ viewer }, id));
  }
}

/** The workspace a viewer may change; another one than a service's own counts as not there. */
function changeable({ viewer }: GraphContext, id: string | null | undefined): string {
  if (viewer.role === "OPERATOR") {
    if (id) return id.toLowerCase();
    throw refuse("BAD_INPUT", "An operator has no workspace of its own; say which with `id`.");
  }
  const own = "workspaceId" in viewer ? viewer.workspaceId : "";
  if (id && id.toLowerCase() !== own) throw refuse("NOT_FOUND", "There is no such workspace.");
  return own;
}
