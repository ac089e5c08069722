// What each metric's formula was when it was last recorded. A formula that changes without a new version is found by
// test/metrics/formulas.test.ts; until it is recorded anew, its status is lost.
//
// The hash is over all of a declaration that decides its number, parts included: mart, columns, conditions, aggregate,
// window, date rule, formula. Words, roles and pages are no part of it, nor is the SQL of the marts: that a mart still
// gives what the definition says is what the independent checks are for.

import {createHash} from "node:crypto";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import type {Status} from "../../src/metrics/define.js";
import type {Defined} from "../../src/metrics/targets.js";
import type {FormulaVersion} from "../../src/query/making.js";
import {projectFolder} from "../project.js";

export interface RecordedFormula extends FormulaVersion {
  /** See formulaHash. */
  readonly formula: string;
}

/** Versions of each metric by its id, oldest first: src/metrics/formulas.json. */
export type Formulas = Readonly<Record<string, readonly RecordedFormula[]>>;

export const formulasFile = join(projectFolder, "src/metrics/formulas.json");

export const readFormulas = async (): Promise<Formulas> => JSON.parse(await readFile(formulasFile, "utf8")) as Formulas;

/** Parts of a declaration that do not decide its number. */
const beside: ReadonlySet<string> = new Set([
  "id", "label", "direction", "owner", "status", "version", "since", "page", "processStage", "minN", "seasonal", "signed", "internal", "nothing",
  "needs", "variant", "variantOf", "dimensions", "additivity", "drawn", "sized"
]);

/** Returns 16 hexadecimal digits of the SHA-256 over what decides the metric's number. */
export function formulaHash(metric: Defined): string {
  const sorted = (_key: string, value: unknown): unknown => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    const kept = Object.entries(value).filter(([key]) => !("id" in value && beside.has(key)));
    return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return createHash("sha256").update(JSON.stringify(metric, sorted)).digest("hex").slice(0, 16);
}

/** Returns the status that may be shown: as declared, if the metric has a check and its formula is the one recorded for its version. */
export function statusOf(metric: Defined, {formulas, checked}: {readonly formulas: Formulas; readonly checked: boolean}): Status {
  const last = formulas[metric.id]?.at(-1);
  return checked && last?.version === metric.version && last.formula === formulaHash(metric) ? metric.status : "exploratory";
}

/** Returns what is wrong with a metric's record in words, with how to mend it; null where it is in order. */
export function formulaProblem(metric: Defined, formulas: Formulas): string | null {
  const {id, version, since} = metric;
  const last = formulas[id]?.at(-1);
  const record = "npx tsx loaders/definitions/recordFormulas.ts";
  if (!last) return `${id}: its formula is not recorded. Run ${record}`;
  if (version < last.version) return `${id}: it is declared as version ${version}, and version ${last.version} is recorded. Versions count up`;
  const changed = last.formula !== formulaHash(metric);
  if (changed && version <= last.version) return `${id}: its formula changed since version ${last.version} of ${last.since}. Raise its version to ${last.version + 1}, set since to today, see that its check still states the definition, and run ${record}. If version ${last.version} was never published: ${record} ${id}`;
  if (version > last.version && since < last.since) return `${id}: version ${version} is since ${since}, before version ${last.version} of ${last.since}. Set since to the day of the change`;
  if (changed || version > last.version) return `${id}: version ${version} is not recorded. Run ${record}`;
  return since === last.since ? null : `${id}: version ${version} is since ${last.since} in the record and since ${since} in the declaration. Only a new version has a new date`;
}

/**
 * Returns the record with every new metric and every raised version; metrics that are no more are left out. A formula that
 * changed without a new version stays as it was recorded, unless its id is among `anew`: of a version never published.
 */
export function recorded(metrics: readonly Defined[], formulas: Formulas, anew: readonly string[] = []): Formulas {
  return Object.fromEntries([...metrics].sort((a, b) => (a.id < b.id ? -1 : 1)).map((metric) => {
    const {id, version, since} = metric;
    const known = formulas[id] ?? [];
    const entry = {version, since, formula: formulaHash(metric)};
    const last = known.at(-1);
    if (!last || version > last.version) return [id, [...known, entry]];
    return [id, anew.includes(id) ? [...known.slice(0, -1), entry] : known];
  }));
}
