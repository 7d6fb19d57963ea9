import { conversationsOf } from "../conversation.pages";
import { type ConversationsStage, openStage } from "./scene";

let set: ConversationsStage;
let workspaceId: string;

/** A workspace with many conversations that the assistant has, and two of each other kind, the oldest of all. */
beforeAll(async () => {
  set = await openStage();
  workspaceId = (await set.workspace()).id;
  await set.db.query(
    `insert into conversation (id, workspace_id, channel, language, customer_id, offers_as_button, control, epoch,
       last_sequence, answered_through, opened_at, closed_at)
     select gen_random_uuid(), $1, 'CHAT', 'en', gen_random_uuid(), false, control, 0, 0, 0,
       now() - n * interval '1 minute', case when control = 'NONE' then now() end
     from (select n, case when n <= 5000 then 'ASSISTANT' else (array['QUEUE', 'AGENT', 'NONE'])[n % 3 + 1] end as control
           from generate_series(1, 5006) n) made`,
    [workspaceId],
  );
  await set.db.query("analyze conversation");
});
afterAll(() => set.close());

interface Node {
  "Rows Removed by Filter"?: number;
  Plans?: Node[];
}
const passedOver = (node: Node): number =>
  (node["Rows Removed by Filter"] ?? 0) + (node.Plans ?? []).reduce((sum, plan) => sum + passedOver(plan), 0);

test.each([
  { control: "QUEUE" as const, status: null, shows: 2 },
  { control: "AGENT" as const, status: null, shows: 2 },
  { control: "ASSISTANT" as const, status: null, shows: 20 },
  { control: null, status: "CLOSED" as const, shows: 2 },
  { control: null, status: "OPEN" as const, shows: 20 },
])("the page of $control $status reads no others on the way", async ({ control, status, shows }) => {
  const asked = { first: 19, after: null, control, status };
  const query = conversationsOf(set.db, workspaceId, asked);
  expect(await query.getMany()).toHaveLength(shows);
  const [sql, parameters] = query.getQueryAndParameters();
  const [row] = await set.db.query(`explain (analyze, format json) ${sql}`, parameters);
  expect(passedOver(row["QUERY PLAN"][0].Plan)).toBeLessThan(20);
});
