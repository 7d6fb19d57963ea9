import { CsvError, parse } from "csv-parse/sync";

/** One line of a tag list; null where the file has no such column or nothing in it. */
export interface TagLine {
  /** Of the file, counted from 1. */
  line: number;
  name: string;
  description: string | null;
  blocked: boolean | null;
}

export interface TagCsv {
  lines: TagLine[];
  /** Every problem at once: a person mends the file once. */
  problems: { line: number; message: string }[];
}

const most = 500;

/**
 * Reads a list of tags: a header naming `name`, and `description` and `blocked` if wanted, in any order and case;
 * separated by comma, semicolon or tab, whichever the header has; the others are part of the texts. Help desks' exports name the columns in their own way, which is understood too.
 * Never throws.
 */
export function readTagCsv(csv: string): TagCsv {
  const problems: TagCsv["problems"] = [];
  const separator = separatorOf(csv);
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(csv, {
      bom: true,
      delimiter: separator,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      // What spreadsheets leave of rows that were emptied.
      skip_records_with_empty_values: true,
      trim: true,
    }) as unknown as typeof records;
  } catch (error) {
    const line = error instanceof CsvError && typeof error.lines === "number" ? error.lines : 1;
    return { lines: [], problems: [{ line, message: `This is not CSV: ${(error as Error).message}` }] };
  }
  const [header, ...rows] = records;
  const columns = (header?.record ?? []).map((title) => title.toLowerCase().replace(/[\s_-]+/g, ""));
  const at = (titles: string[]) => columns.findIndex((title) => titles.includes(title));
  const [name, description, blocked] = [at(nameTitles), at(descriptionTitles), at(blockedTitles)];
  if (name < 0)
    return { lines: [], problems: [{ line: 1, message: "The first line must name the columns, `name` among them." }] };
  if (rows.length > most) problems.push({ line: 1, message: `At most ${most} tags at once; this has ${rows.length}.` });
  const seen = new Map<string, number>();
  const lines: TagLine[] = [];
  for (const { record, info } of rows) {
    const line = info.lines;
    const cell = (column: number) => (column < 0 ? "" : (record[column] ?? "").replaceAll("\0", ""));
    const tag = { line, name: cell(name), description: cell(description) || null };
    const word = cell(blocked).toLowerCase();
    const found = problems.length;
    const problem = (message: string) => problems.push({ line, message });
    if (record.length > columns.length)
      problem(
        `${record.length} columns, but the first line names ${columns.length}: put a text with ${separators[separator]} in quotes.`,
      );
    if (tag.name.length < 1 || tag.name.length > 120)
      problem(`\`name\` must have 1 to 120 characters; this has ${tag.name.length}.`);
    if ((tag.description?.length ?? 0) > 1_000)
      problem(`\`description\` must have at most 1,000 characters; this has ${tag.description?.length}.`);
    if (word && !yes.has(word) && !no.has(word)) problem(`\`blocked\` must be yes or no, not "${word.slice(0, 40)}".`);
    const earlier = seen.get(tag.name.toLowerCase());
    if (earlier) problem(`"${tag.name}" is in line ${earlier} already.`);
    seen.set(tag.name.toLowerCase(), line);
    if (problems.length === found) lines.push({ ...tag, blocked: word ? yes.has(word) : null });
  }
  if (rows.length === 0) problems.push({ line: 1, message: "There is no tag below the first line." });
  return { lines, problems };
}

const separators = { ",": "commas", ";": "semicolons", "\t": "tabs" };
type Separator = keyof typeof separators;

/** What the first line that is not empty is separated by. */
function separatorOf(csv: string): Separator {
  const header = /[^\s\uFEFF][^\r\n]*/.exec(csv)?.[0].replace(/"[^"]*"/g, "") ?? "";
  const columns = (separator: string) => header.split(separator).length;
  return (Object.keys(separators) as Separator[]).sort((one, other) => columns(other) - columns(one))[0] as Separator;
}

const nameTitles = ["name", "tag", "tagname", "topic", "title"];
const descriptionTitles = ["description", "meaning", "details"];
const blockedTitles = ["blocked", "block", "handover"];
const yes = new Set(["yes", "y", "true", "1", "x", "blocked"]);
const no = new Set(["no", "n", "false", "0", "-", "allowed"]);
