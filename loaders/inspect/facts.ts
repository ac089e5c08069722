// What the data says of the report itself: its currency, its last day, and which KPIs it can feed.

import {currencyCodes} from "../settings/currencies.js";
import {castSql} from "../canonical/cast.js";
import {canonicalTables} from "../canonical/schema.js";
import type {Native} from "../native.js";
import type {Metric} from "../../src/metrics/define.js";
import {metrics} from "../../src/metrics/index.js";
import {missingColumns} from "../../src/query/catalogue.js";
import type {Draft} from "./draft.js";

const signs: Readonly<Record<string, string>> = {"$": "USD", "€": "EUR", "£": "GBP", Ft: "HUF", Kč: "CZK", zł: "PLN", "₹": "INR", "元": "CNY", "₽": "RUB", "₩": "KRW", "₺": "TRY"};

/** The currency the data names, and where; undefined where it names none. A sign may stand for several currencies. */
export function findCurrency(drafts: readonly Draft[]): {code: string; why: string} | undefined {
  for (const {rules, file} of drafts) {
    const most = rules["currency"]?.from.values.map(({value}) => value.toUpperCase()).find((value) => currencyCodes.has(value));
    if (most) return {code: most, why: `most rows of ${file.file} say so`};
  }
  const money = drafts.flatMap(({table, rules, file}) => Object.entries(rules).flatMap(([name, {from}]) => ((canonicalTables[table].columns as Readonly<Record<string, {type: string}>>)[name]?.type === "money" ? [{from, file}] : [])));
  for (const {from, file} of money) {
    const beside = from.currencies.map((sign) => signs[sign] ?? sign).find((code) => currencyCodes.has(code));
    if (beside) return {code: beside, why: `${from.currencies[0]} stands beside ${from.header} in ${file.file}`};
    const word = from.header.split(/[^\p{L}\p{Sc}]+/u).map((part) => signs[part] ?? part).find((part) => currencyCodes.has(part));
    if (word) return {code: word, why: `the header ${from.header} says so`};
  }
  return undefined;
}

/** Days on which something happened, by canonical column: not what is planned. */
const happened = new Set(["created_at", "closed_at", "converted_at", "qualified_at", "lost_at", "entered_at", "done_at", "order_date", "invoice_date", "solved_at", "at"]);

/** The newest day on which something happened; undefined where there is none or a modification stamp tells better. */
export async function newestDay(native: Native, drafts: readonly Draft[]): Promise<string | undefined> {
  if (drafts.some(({rules}) => rules["updated_at"])) return undefined;
  const days: string[] = [];
  for (const {file, joined, rules, stages} of drafts) {
    for (const [name, {from}] of Object.entries(rules)) {
      if (!happened.has(name) || from.readings.length !== 1) continue;
      const table = [file, ...joined.map((one) => one.file)].find(({columns}) => columns.includes(from))!.table;
      const day = castSql(`c${from.index}`, "date", {dates: from.readings[0]!.formats, decimal: ".", group: "", zone: "UTC", reportZone: "UTC"}, {day: true});
      const closed = name === "closed_at" && rules["stage"] && stages ? [...stages.won, ...stages.lost] : [];
      const where = closed.length ? ` where c${rules["stage"]!.from.index} in (${closed.map((_, at) => `$${at + 1}`).join(", ")})` : "";
      const [found] = await native.run({sql: `select max(${day})::varchar as day from ${table}${where}`, params: closed});
      if (found?.["day"]) days.push(String(found["day"]));
    }
  }
  return days.sort().at(-1);
}

export interface Feeds {
  readonly can: readonly Metric[];
  readonly cannot: readonly {readonly metric: Metric; readonly missing: readonly string[]}[];
}

/** Which listed KPIs the mappings can feed, and what the others want for. */
export function findFeeds(drafts: readonly Draft[]): Feeds {
  const fed = drafts.flatMap(({table, rules, stages, object}) => [...Object.keys(rules), ...(rules["stage"] && table !== "lead" && (stages || object !== undefined) ? ["state"] : [])].map((column) => `${table}.${column}`));
  const listed = metrics.filter(({internal}) => !internal).map((metric) => ({metric, missing: missingColumns(metric, fed)}));
  return {can: listed.filter(({missing}) => missing.length === 0).map(({metric}) => metric), cannot: listed.filter(({missing}) => missing.length > 0)};
}
