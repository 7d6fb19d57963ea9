import { refuse } from "../../kit/errors";

/** How long a desk is waited for; what is not there is as with whoever is asked next: the workspace, then Baton. */
export interface Patience {
  /** A desk that has been failing for so long gives way to the next one; 0: at its first failure. */
  moveOnAfterSeconds?: number | null;
}

/** The same with nothing left open. */
export interface WholePatience {
  moveOnAfterSeconds: number;
}

const day = 86_400;

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
  const set = Object.entries(patience).filter(([, value]) => value !== null && value !== undefined);
  return set.length > 0 ? Object.fromEntries(set) : null;
}

function within(field: string, value: number | null | undefined, least: number, most: number): void {
  if (value === null || value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  const path = `patience.${field}`;
  throw refuse("BAD_INPUT", `${path}: must be a whole number from ${least} to ${most}.`, { field: path });
}
