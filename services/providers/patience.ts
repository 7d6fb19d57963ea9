import { refuse } from "../../kit/errors";

/** How long a desk is waited for; what is not there is as with whoever is asked next: the workspace, then Baton. */
export interface Patience {
  /** A desk that has been failing for so long gives way to the next one; 0: at its first failure. */
  moveOnAfterSeconds?: number | null;
  /** A handover that no agent took in so many minutes is not left there; 0: it waits as long as it takes. */
  waitingMinutes?: number | null;
  whenNobodyCame?: WhenNobodyCame | null;
}

/** What becomes of a handover that nobody took in time; with no desk left, the assistant has it in any case. */
export const WhenNobodyCame = { NEXT_DESK: "NEXT_DESK", ASSISTANT: "ASSISTANT" } as const;
export type WhenNobodyCame = keyof typeof WhenNobodyCame;

/** The same with nothing left open. */
export interface WholePatience {
  moveOnAfterSeconds: number;
  waitingMinutes: number;
  whenNobodyCame: WhenNobodyCame;
}

const day = 86_400;
const weekOfMinutes = 10_080;

/** What the last one says counts most: Baton's default, then the workspace, then the connection. */
export function patienceOf(byDefault: WholePatience, ...owners: (Patience | null | undefined)[]): WholePatience {
  const said = owners.map((owner) =>
    Object.fromEntries(Object.entries(owner ?? {}).filter(([, value]) => value !== null && value !== undefined)),
  );
  return Object.assign({}, byDefault, ...said);
}

/** Plain, and null when nothing is set. Throws BAD_INPUT that names the field. */
export function checkedPatience(patience: Patience | null | undefined): Patience | null {
  if (!patience) return null;
  within("moveOnAfterSeconds", patience.moveOnAfterSeconds, 0, day);
  within("waitingMinutes", patience.waitingMinutes, 0, weekOfMinutes);
  const set = Object.entries(patience).filter(([, value]) => value !== null && value !== undefined);
  return set.length > 0 ? Object.fromEntries(set) : null;
}

function within(field: string, value: number | null | undefined, least: number, most: number): void {
  if (value === null || value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  const path = `patience.${field}`;
  throw refuse("BAD_INPUT", `${path}: must be a whole number from ${least} to ${most}.`, { field: path });
}
