// Runs the declared checks over the canonical tables and marts of one build.

import {DuckDBDateValue, type DuckDBValue} from "@duckdb/node-api";
import type {CheckExample, QualityCheck} from "../../src/query/manifest.js";
import {quoteIdentifier, type Native} from "../native.js";
import {idSql, type Check, type CheckRules, type Facts, type Finding, type Look, type Place, type SqlCheck} from "./define.js";
import {checks as declared} from "./index.js";
import {maskId} from "./mask.js";

/** Examples that a result holds. */
export const shownExamples = 5;

const statuses = ["failed", "passed", "absent", "off"];
const grades = ["stop", "warn", "note"];

/**
 * Returns the result of every check at every place that the data has, failed ones first and the worst grade first among
 * them. A check of which the data has no place is there once, as absent.
 */
export async function runChecks(native: Native, facts: Facts, rules: CheckRules, checks: readonly Check[] = declared): Promise<QualityCheck[]> {
  const results: QualityCheck[] = [];
  for (const check of checks) {
    if (check.phase === "run") continue;
    results.push(...("places" in check ? await lookAt(native, check, facts, rules) : findIn(check, facts, rules)));
  }
  return sorted(results);
}

/** Returns the results of the checks that a run adds to those of a build: against the earlier site and by the clock. */
export const checksOfRun = (facts: Facts & Required<Pick<Facts, "run">>, rules: CheckRules): QualityCheck[] =>
  sorted(declared.flatMap((check) => ((check.phase === "run" || check.phase === "both") && !("places" in check) ? findIn(check, facts, rules) : [])).filter(({status}) => status === "passed" || status === "failed"));

/** Returns results in the order in which they are told. */
export function sorted(results: readonly QualityCheck[]): QualityCheck[] {
  const rank = ({status, grade}: QualityCheck): number => statuses.indexOf(status) * grades.length + (status === "failed" ? grades.indexOf(grade) : 0);
  return [...results].sort((a, b) => rank(a) - rank(b));
}

type Ruled = Pick<QualityCheck, "grade" | "limits"> & {readonly off: boolean; readonly except: readonly string[]};

function ruleOf({id, grade, limits = {}}: Check, rules: CheckRules): Ruled {
  const rule = rules[id];
  const off = rule?.grade === "off";
  return {grade: rule && rule.grade !== "off" ? rule.grade : grade, limits: {...limits, ...rule?.limits}, off, except: rule?.except ?? []};
}

const excepted = ({table, column}: Pick<QualityCheck, "table" | "column">, {except}: Ruled): boolean => except.includes(table) || except.includes(`${table}.${column}`);

function result(at: Pick<QualityCheck, "id" | "table" | "column"> & Partial<QualityCheck>, {grade, limits}: Ruled): QualityCheck {
  return {status: "passed", count: 0, of: 0, lacks: [], examples: [], ...at, grade, limits};
}

function findIn(check: Exclude<Check, SqlCheck>, facts: Facts, rules: CheckRules): QualityCheck[] {
  const rule = ruleOf(check, rules);
  const nowhere = {id: check.id, table: "", column: ""};
  if (rule.off) return [result({...nowhere, status: "off"}, rule)];
  const found = check.find(facts, rule.limits);
  if (found.length === 0) return [result({...nowhere, status: "absent"}, rule)];
  return found.map((one) => (excepted(one, rule) ? result({...withoutFault(one), status: "off"}, rule) : result({...one, status: one.count > 0 ? "failed" : "passed", examples: shown(one.examples, one.table)}, rule)));
}

const withoutFault = (found: Finding): Finding => ({...found, count: 0, examples: []});

async function lookAt(native: Native, check: SqlCheck, facts: Facts, rules: CheckRules): Promise<QualityCheck[]> {
  const rule = ruleOf(check, rules);
  const {id} = check;
  if (rule.off) return [result({id, table: "", column: "", status: "off"}, rule)];
  const results: QualityCheck[] = [];
  let applies = true;
  const missing = (needs: readonly string[]): string[] => needs.filter((need) => !need.split("|").some((column) => facts.fed.includes(column)));
  for (const at of check.places) {
    const {table, column, beside, needs} = at;
    const place = {id, table, column, ...(beside === undefined ? {} : {beside})};
    if (!facts.files.some((file) => file.table === table) && table !== "") continue;
    const lacks = missing(needs);
    const look = lacks.length > 0 ? null : check.look(at, facts);
    if (lacks.length > 0) results.push(result({...place, status: "absent", lacks}, rule));
    else if (excepted(place, rule)) results.push(result({...place, status: "off"}, rule));
    else if (look) results.push(result({...place, ...(await ask(native, at, look, facts, rule.limits))}, rule));
    else applies = false;
  }
  if (results.some(({status}) => status !== "absent")) return results;
  const lacks = results.length > 0 ? results.flatMap((one) => one.lacks) : applies ? check.places.flatMap(({needs}) => missing(needs)) : [];
  return [result({id, table: "", column: "", status: "absent", lacks: [...new Set(lacks)].sort()}, rule)];
}

async function ask(native: Native, {table, beside}: Place, {from, id, among, wrong, detail, grouped = false}: Look, facts: Facts, limits: Readonly<Record<string, number>>): Promise<Pick<QualityCheck, "count" | "of" | "status" | "examples">> {
  const relation = from ?? quoteIdentifier(table);
  const named = `(${id ?? idSql(table as never)})::varchar`;
  const where = among ?? "true";
  const sql = grouped
    ? `with failing as materialized (select ${named} as id, count(*) as n from ${relation} where (${where}) and (${wrong}) group by 1)
      select (select count(*) from ${relation} where ${where}) as "of", (select coalesce(sum(n), 0)::bigint from failing) as n,
        (select to_json(list({'id': id, 'count': n} order by n desc, id))::varchar from (select * from failing order by n desc, id limit ${shownExamples})) as examples`
    : `select (select count(*) from ${relation} where ${where}) as "of", count(*) as n,
        to_json(min({'id': ${named}, 'detail': ${detail ? `(${detail})::varchar` : "null::varchar"}}, ${shownExamples}))::varchar as examples
      from ${relation} where (${where}) and (${wrong})`;
  const rows = await (await native.connection.run(sql, valuesOf(sql, facts, limits))).getRowObjects();
  const [row] = rows as {of: bigint; n: bigint; examples: string | null}[];
  const examples = (JSON.parse(row!.examples ?? "[]") as {id: string | null; detail?: string | null; count?: number}[]).map(({id, detail, count}) => ({
    id: id ?? "",
    ...(detail === null || detail === undefined ? {} : {detail}),
    ...(count === undefined || count === 1 ? {} : {count})
  }));
  const count = Number(row!.n);
  const subject = grouped && beside !== undefined && id !== undefined ? beside : table;
  return {count, of: Number(row!.of), status: count > 0 ? "failed" : "passed", examples: shown(examples, subject)};
}

const shown = (examples: readonly CheckExample[], table: string): CheckExample[] => examples.slice(0, shownExamples).map((one) => ({...one, id: maskId(one.id, table)}));

/** The values that a statement names: DuckDB refuses one that is not asked for. */
function valuesOf(sql: string, {asOf, currency, newestStamp}: Facts, limits: Readonly<Record<string, number>>): Record<string, DuckDBValue> {
  const values: Record<string, DuckDBValue> = {as_of: new DuckDBDateValue(Math.round(Date.parse(`${asOf}T00:00:00Z`) / 86_400_000)), currency, newest: newestStamp, ...limits};
  const named = new Set(sql.match(/(?<=\$)[a-z_]+/g));
  return Object.fromEntries(Object.entries(values).filter(([name]) => named.has(name)));
}
