import { randomUUID } from "node:crypto";
import { Arg, Authorized, Ctx, createUnionType, Field, Int, Mutation, ObjectType, Resolver } from "type-graphql";
import { type DataSource, type EntityManager, IsNull } from "typeorm";
import type { Clock } from "../../kit/clock";
import { refuse } from "../../kit/errors";
import type { GraphContext } from "../../kit/subgraph";
import { workspaceOf } from "../../kit/viewer";
import { mostTags, nameOf } from "./input";
import { lockPolicy } from "./policy-version";
import { Refusal } from "./refusals";
import { Tag } from "./tag.entity";
import { readTagCsv, type TagLine } from "./tag-csv";

const longestCsv = 2_000_000;
const longestName = 120;

@ObjectType({ simpleResolvers: true, description: "What is wrong with one line of a list." })
class CsvProblem {
  @Field(() => Int, { description: "Counts from 1." })
  line!: number;

  @Field(() => String)
  message!: string;
}

@ObjectType({ implements: Refusal, description: "The list has mistakes; nothing of it was imported." })
class TagListRefused extends Refusal {
  @Field(() => [CsvProblem], { description: "All of them, at most 100." })
  problems!: CsvProblem[];
}

@ObjectType({ simpleResolvers: true, description: "What an import of tags did." })
class TagsImported {
  @Field(() => [Tag], { description: "New ones." })
  created!: Tag[];

  @Field(() => [Tag], { description: "Known ones that the list changed." })
  updated!: Tag[];

  @Field(() => Int, { description: "Known ones that stay as they are." })
  unchanged!: number;
}

const ImportTagsResult = createUnionType({
  name: "ImportTagsResult",
  types: () => [TagsImported, TagListRefused] as const,
});

/** Topics out of a file, as a help desk or a spreadsheet exports them, or by the names a connected desk lists. */
@Resolver()
export class TagImportResolver {
  constructor(private readonly deps: { db: DataSource; clock: Clock }) {}

  @Authorized("SERVICE")
  @Mutation(() => ImportTagsResult, {
    description:
      "Imports tags from CSV with the columns name, description and blocked (yes or no), all of them or none. A tag is known by its name; what a known tag has already is kept unless `overwrite` says otherwise.",
  })
  async importTags(
    @Arg("csv", () => String, { description: "The text of the file, at most 2 MB." }) csv: string,
    @Arg("overwrite", () => Boolean, {
      defaultValue: false,
      description: "Descriptions and `blocked` of known tags become the list's, where it has any.",
    })
    overwrite: boolean,
    @Ctx() { viewer }: GraphContext,
  ): Promise<TagsImported | TagListRefused> {
    if (csv.length > longestCsv) throw refuse("BAD_INPUT", "`csv` must have at most 2,000,000 characters.");
    const { lines, problems } = readTagCsv(csv);
    return problems.length > 0 ? refused(problems) : this.importLines(lines, overwrite, viewer);
  }

  @Authorized("SERVICE")
  @Mutation(() => ImportTagsResult, {
    description:
      "Makes tags of names, as `Connection.deskTags` lists those of a help desk: all of them or none, without description, not blocked. Names that are known, in any case, or given twice change nothing. Problems count the names, from 1.",
  })
  async importTagNames(
    @Arg("names", () => [String], { description: "At most 500, of 1 to 120 characters each." }) names: string[],
    @Ctx() { viewer }: GraphContext,
  ): Promise<TagsImported | TagListRefused> {
    if (names.length > mostTags) throw refuse("BAD_INPUT", `\`names\` must be at most ${mostTags}.`);
    const lines = new Map<string, TagLine>();
    const problems: CsvProblem[] = [];
    for (const [at, given] of names.entries()) {
      const [line, name] = [at + 1, given.replaceAll("\0", "").trim()];
      if (name.length < 1 || name.length > longestName)
        problems.push({ line, message: `A name must have 1 to ${longestName} characters; this has ${name.length}.` });
      else if (!lines.has(name.toLowerCase()))
        lines.set(name.toLowerCase(), { line, name, description: null, blocked: null });
    }
    return problems.length > 0 ? refused(problems) : this.importLines([...lines.values()], false, viewer);
  }

  private importLines(lines: TagLine[], overwrite: boolean, viewer: GraphContext["viewer"]) {
    const workspaceId = workspaceOf(viewer);
    const now = this.deps.clock.now();
    return this.deps.db.transaction(async (tx) => {
      await lockPolicy(tx, workspaceId);
      const there = await tx.find(Tag, {
        where: { workspaceId, deletedAt: IsNull() },
        lock: { mode: "pessimistic_write" },
      });
      const keys = await keysOf(tx, [...there, ...lines]);
      const known = new Map(there.map((tag) => [keys.get(tag.name), tag]));
      const seen = new Map<string | undefined, TagLine>();
      const problems: CsvProblem[] = [];
      const changed = { updatedAt: now, updatedBy: nameOf(viewer) };
      const created: Tag[] = [];
      const updated: Tag[] = [];
      for (const line of lines) {
        const key = keys.get(line.name);
        const earlier = seen.get(key);
        if (earlier && (line.description !== null || line.blocked !== null))
          problems.push({ line: line.line, message: `"${line.name}" is in line ${earlier.line} already.` });
        if (earlier) continue;
        seen.set(key, line);
        const tag = known.get(key);
        if (tag && !differs(tag, line, overwrite)) continue;
        if (tag) updated.push(Object.assign(tag, wanted(tag, line, overwrite), changed, { version: tag.version + 1 }));
        else
          created.push(
            tx.create(Tag, {
              ...{ id: randomUUID(), workspaceId, name: line.name, description: line.description ?? "" },
              ...{ blocked: line.blocked ?? false, examples: [], version: 1, deletedAt: null },
              // The list's order.
              ...{ ...changed, createdAt: new Date(now.getTime() + created.length) },
            }),
          );
      }
      if (problems.length > 0) return refused(problems);
      if (there.length + created.length > mostTags)
        return refused([{ line: 1, message: `A workspace has at most ${mostTags} tags; it has ${there.length} now.` }]);
      await tx.save([...created, ...updated]);
      return Object.assign(new TagsImported(), {
        ...{ created, updated },
        unchanged: lines.length - created.length - updated.length,
      });
    });
  }
}

/** What names are known by: without their case, as Postgres sees it, whose word it is whether a name is taken. */
async function keysOf(tx: EntityManager, named: { name: string }[]): Promise<Map<string, string>> {
  const names = [...new Set(named.map(({ name }) => name))];
  const rows: { key: string }[] = await tx.query(
    "select lower(name) as key from unnest($1::text[]) with ordinality as given(name, position) order by position",
    [names],
  );
  return new Map(names.map((name, at) => [name, rows[at]?.key ?? name]));
}

/** What the list makes of a known tag: its empty description is filled, anything else only when it may be replaced. */
function wanted(tag: Tag, { description, blocked }: TagLine, overwrite: boolean) {
  return {
    description: description !== null && (overwrite || tag.description === "") ? description : tag.description,
    blocked: blocked !== null && overwrite ? blocked : tag.blocked,
  };
}

function differs(tag: Tag, line: TagLine, overwrite: boolean): boolean {
  const { description, blocked } = wanted(tag, line, overwrite);
  return description !== tag.description || blocked !== tag.blocked;
}

function refused(problems: CsvProblem[]): TagListRefused {
  const lines = problems.length === 1 ? "There is a mistake in the list" : `There are ${problems.length} mistakes`;
  return Object.assign(new TagListRefused(), {
    message: `${lines}. Nothing was imported; mend it and send it again.`,
    problems: problems.slice(0, 100),
  });
}
