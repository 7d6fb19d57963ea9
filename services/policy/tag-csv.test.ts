import { readTagCsv } from "./tag-csv";

test("a list with commas, semicolons or tabs is read, whatever the order and case of its columns", () => {
  const wanted = [
    { line: 2, name: "Press", description: 'Journalists, "media"', blocked: true },
    { line: 3, name: "Jobs", description: null, blocked: false },
  ];
  expect(readTagCsv('Name,Description,Blocked\nPress,"Journalists, ""media""",yes\nJobs,,no\n')).toEqual({
    lines: wanted,
    problems: [],
  });
  expect(
    readTagCsv('\uFEFFBLOCKED;name;description\r\nTRUE;Press;"Journalists, ""media"""\r\n0;Jobs;\r\n').lines,
  ).toEqual(wanted);
  expect(readTagCsv("Tag Name\tdescription\nPress\tx").lines).toEqual([
    { line: 2, name: "Press", description: "x", blocked: null },
  ]);
});

test.each([
  ["name;description;blocked\nPress;Journalists, media and bloggers;yes", "Journalists, media and bloggers"],
  ["name,description,blocked\nPress,Journalists; media,yes", "Journalists; media"],
  ["name\tdescription\tblocked\nPress\tJournalists, media; blogs\tyes", "Journalists, media; blogs"],
  ['"name; or tag",name,description,blocked\n,Press,Journalists; media,yes', "Journalists; media"],
])("only what separates the first line separates the others: %j", (csv, description) => {
  expect(readTagCsv(csv)).toEqual({ lines: [{ line: 2, name: "Press", description, blocked: true }], problems: [] });
});

test("rows that were emptied are left out, and a text that is cut names its separator", () => {
  expect(readTagCsv("name;description\n;\nPress;x\n;;\n").lines).toMatchObject([{ line: 3, name: "Press" }]);
  expect(readTagCsv("name;description\nPress;a; b").problems).toEqual([
    { line: 2, message: "3 columns, but the first line names 2: put a text with semicolons in quotes." },
  ]);
});

test("every problem of a list is told at once, with its line", () => {
  const { problems } = readTagCsv(
    `name,blocked\nPress,maybe\n,yes\n${"x".repeat(121)},no\nJobs,no\njobs,no\na,no,more`,
  );
  expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 6, 7]);
  expect(problems[3]?.message).toBe('"jobs" is in line 5 already.');
});

test.each([
  ["no header", "Press,yes"],
  ["nothing below the header", "name,blocked\n"],
  ["nothing at all", ""],
  ["a quote that never ends", 'name\n"Press'],
])("%s is a problem and no exception", (_what, csv) => {
  const { lines, problems } = readTagCsv(csv);
  expect(lines).toEqual([]);
  expect(problems).toHaveLength(1);
});
