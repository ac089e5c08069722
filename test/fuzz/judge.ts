// Whether a case ended well: with a right report, with counted rejects, or with one clear error. Anything else is a fault.

import {recordsOf} from "./mutations/cells.js";
import type {Case} from "./case.js";
import {readWorld, type Reading} from "./reading.js";
import type {World} from "./world.js";

/** `same`: as the oracle says. `read`: all rows kept. `rejects`: some rows are counted as rejected. `error`: one clear one. */
export type Ending = "same" | "read" | "rejects" | "error" | "fault";

export interface Verdict {
  readonly ending: Ending;
  /** Of an error its class and code, of a fault what is wrong. */
  readonly about?: string;
}

/** Reads a case and says how it ended. */
export async function judge(one: Case, memory: string): Promise<Verdict> {
  const wanted = one.oracle && (await oracleOf(one.oracle, memory));
  const found = await readingOf(one.world, memory);
  if (wanted && "error" in wanted) return "error" in found ? judgeError(found.error) : fault(`the oracle ends with an error, the case does not: ${wanted.error.message}`);
  if ("error" in found) return wanted ? fault(`the same exports written otherwise end with an error: ${found.error.message}`) : judgeError(found.error);
  const broken = [...brokenLaws(found, one.world), ...(wanted ? differences(wanted, found) : [])];
  if (broken.length) return fault(broken.join("; "));
  if (wanted) return {ending: "same"};
  return {ending: found.ledger.some(({rejected, rejectedCells}) => rejected + rejectedCells > 0) ? "rejects" : "read"};
}

const fault = (about: string): Verdict => ({ending: "fault", about});

type Read = Reading | {readonly error: Error};

const oracles = new Map<string, Promise<Read>>();

/** Reads what a case is compared with, once a process. */
function oracleOf(world: World, memory: string): Promise<Read> {
  const key = JSON.stringify([world.name, [...world.files.keys()]]);
  const reading = oracles.get(key) ?? readingOf(world, memory);
  oracles.set(key, reading);
  return reading;
}

const readingOf = (world: World, memory: string): Promise<Read> =>
  readWorld(world, memory).catch((error: unknown) => ({error: error instanceof Error ? error : new Error(`not an Error: ${String(error)}`)}));

/** Classes whose messages are for people. */
const clear = ["SettingsError", "IntakeError"];

/** What belongs to the machinery and not into a message. Quoted values of the exports are left out before. */
const inner = /\n\s+at |(?:Binder|Parser|Catalog|Invalid Input|Conversion|INTERNAL|Out of Range|Constraint|Not implemented|Out of Memory|Serialization|IO|Invalid) Error|read_csv|read_json|read_parquet|Candidate bindings|LINE \d+:|\bselect .* from\b|\[object Object\]|\bundefined\b|\/tmp\/|fuzz-|quarterdeck-|node_modules|ENOENT|EISDIR|\.utf8|ignore_errors|maximum_object_size|_malformed|strict_mode/i;
const longestMessage = 12_000;

/** Says of an error whether it is a clear one. */
export function judgeError(error: Error): Verdict {
  const said = error.message.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""');
  const found = inner.exec(said);
  if (!clear.includes(error.name)) return fault(`${error.name} is no error of the product: ${error.message}\n${error.stack?.split("\n").filter((line) => /^\s+at/.test(line)).slice(0, 6).join("\n")}`);
  if (found) return fault(`the message shows machinery (${JSON.stringify(found[0])}): ${error.message}`);
  if (error.message.length > longestMessage) return fault(`a message of ${error.message.length} letters: ${error.message.slice(0, 300)}`);
  const {problem, problems} = error as {problem?: {code: string}; problems?: readonly {code: string}[]};
  return {ending: "error", about: `${error.name} ${problem?.code ?? [...new Set((problems ?? []).map(({code}) => code))].join(" ")}`};
}

/** What a reading must hold, whatever was in the files. */
function brokenLaws({ledger, kept, rejects, marts, answers}: Reading, world: World): string[] {
  const broken: string[] = [];
  for (const {file, table, rows, kept, rejected, excluded, superseded, excludedWhy} of ledger) {
    const at = `${file} (${table})`;
    const counts = {rows, kept, rejected, excluded, superseded};
    if (Object.values(counts).some((count) => !Number.isSafeInteger(count) || count < 0)) broken.push(`${at}: no counts: ${JSON.stringify(counts)}`);
    if (rows !== kept + rejected + excluded + superseded) broken.push(`${at}: rows in are not kept + rejected + excluded + superseded: ${JSON.stringify(counts)}`);
    if (excluded !== Object.values(excludedWhy).reduce((sum, count) => sum + count, 0)) broken.push(`${at}: reasons do not add up to excluded`);
    if (!world.layered && (rejects[`${file} ${table}`] ?? 0) < rejected) broken.push(`${at}: ${rejected} rows rejected, ${rejects[`${file} ${table}`] ?? 0} told`);
    const records = world.layered ? undefined : recordsOf(world, file);
    if (records !== undefined && records !== rows) broken.push(`${at}: ${records} records in the file, ${rows} in the ledger`);
  }
  for (const [table, rows] of Object.entries(kept)) {
    const own = ledger.filter((one) => one.table === table);
    const sum = own.reduce((total, one) => total + one.kept, 0);
    // Histories that come of comparing dated exports stand in no file.
    if (own.length > 0 && sum !== rows) broken.push(`${table}: ${sum} rows kept in the ledger, ${rows} in the table`);
  }
  for (const [mart, table] of [["fct_opportunity", "opportunity"], ["fct_lead", "lead"]] as const) {
    if (marts[mart] && kept[table] !== undefined && marts[mart].rows > kept[table]!) broken.push(`${mart} has ${marts[mart].rows} rows, ${table} only ${kept[table]}`);
  }
  for (const [metric, value] of Object.entries(answers)) if (value !== null && !Number.isFinite(value)) broken.push(`${metric} is ${value}`);
  const {win_rate: rate, opportunities_won: won} = answers;
  if (typeof rate === "number" && (rate < 0 || rate > 1)) broken.push(`win_rate is ${rate}`);
  if (typeof won === "number" && (!Number.isInteger(won) || won < 0 || won > (kept["opportunity"] ?? 0))) broken.push(`opportunities_won is ${won} of ${kept["opportunity"]}`);
  return broken;
}

/** In what a reading differs from that of the same exports written otherwise. */
function differences(wanted: Reading, found: Reading): string[] {
  const tables = (reading: Reading): Record<string, number[]> => {
    const totals: Record<string, number[]> = {};
    for (const {table, rows, kept, rejected, excluded, superseded} of reading.ledger) totals[table] = [rows, kept, rejected, excluded, superseded].map((count, index) => count + (totals[table]?.[index] ?? 0));
    return totals;
  };
  const parts = {ledger: [tables(wanted), tables(found)], marts: [wanted.marts, found.marts], answers: [wanted.answers, found.answers]} as const;
  return Object.entries(parts).flatMap(([name, [one, other]]) =>
    Object.keys({...one, ...other}).flatMap((key) => {
      const [a, b] = [JSON.stringify((one as Record<string, unknown>)[key]), JSON.stringify((other as Record<string, unknown>)[key])];
      return a === b ? [] : [`${name} ${key} differs: ${a} in the oracle, ${b} here`];
    })
  );
}
