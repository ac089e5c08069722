// Lifetimes as the mart holds them, and what is asked of them.

import type {Native} from "../../../loaders/native.js";
import type {Manifest} from "../../../src/query/manifest.js";
import type {Life} from "./reference.js";

const columns = ["entry_age", "exit_age", "has_left", "monthly_value", "segment", "plan"];

/** Returns what the report knows of a world of lifetimes by segment. */
export const lifetimeManifest = (members: readonly (string | null)[], more: Partial<Manifest> = {}): Manifest => ({
  asOf: "2025-03-31", fed: ["tenure.duration"], calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []},
  marts: [{name: "fct_lifetime", columns: columns.map((name) => ({name, type: "VARCHAR"}))}],
  dimensions: [{id: "segment", members, marts: ["fct_lifetime"]}, {id: "product", members: ["Pump"], marts: []}], ...more
}) as unknown as Manifest;

/** Puts the lifetimes where the statements read them. */
export async function loadLives(native: Pick<Native, "exec">, lives: readonly Life[]): Promise<void> {
  const text = (member: string | null) => (member === null ? "null" : `'${member}'`);
  const rows = lives.map(({member, entered, seen, hasLeft}) => `(${entered ?? "null"}, ${seen}, ${hasLeft}, ${text(member)})`);
  await native.exec(`create or replace table fct_lifetime as select entered::decimal(14, 4) as entry_age, seen::decimal(14, 4) as exit_age, has_left, null::decimal(18, 2) as monthly_value, member::varchar as segment, null::varchar as plan
    from (values ${rows.join(", ")}) as life(entered, seen, has_left, member)`);
}
