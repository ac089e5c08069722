// How one number is made, for the terminal: the records behind it as CSV, or how many there are and the SQL.

import {z} from "zod";
import {nameOf} from "../../src/components/definitionWords.js";
import {csvText} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import type {Metric} from "../../src/metrics/define.js";
import {filledText} from "../../src/query/filled.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Filter, Run} from "../../src/query/question.js";
import {askRecords, lastDay, readRecords, type NumberRecords} from "../../src/query/records.js";
import {notes} from "../../src/query/records/rows.js";
import {statementsFor} from "../../src/query/statementsFor.js";

const counts = z.partialRecord(z.enum(notes), z.number().int());

/** `--records --format json`: `schema` names the form and its version. */
export const recordsSchema = z
  .strictObject({
    schema: z.literal("quarterdeck/records/1"),
    as_of: z.string(),
    id: z.string(),
    period: z.string().describe("Key of the period asked for"),
    where: z.array(z.strictObject({dimension: z.string(), values: z.array(z.string().nullable())})),
    value: z.number().nullable(),
    n: z.number(),
    reason: z.string().optional().describe("Why there is no value"),
    parts: z.array(z.strictObject({
      roles: z.array(z.string()).describe("What the measured number is of the whole: numerator, denominator, an input's name; empty text for the number itself"),
      id: z.string(),
      first_day: z.string(),
      last_day: z.string(),
      table: z.string(),
      counted: z.number().int().describe("Records that count"),
      brings: z.number().describe("What they bring in all: of counts and sums the measured number"),
      noted: counts.describe("Of the counted ones, those of which something is to be said"),
      left_out: counts.describe("Records that do not count, by why")
    })),
    sql: z.array(z.string()).describe("What computes the number, filled in")
  })
  .describe("How one number is made");

export type RecordsDocument = z.infer<typeof recordsSchema>;

export interface RecordsAsked {
  readonly metric: string;
  readonly period: string;
  readonly filters: readonly Filter[];
}

export interface RecordsContext {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
  readonly run: Run;
  readonly format: Formatter;
}

/** Returns the answer to `--records` in the wanted form. Throws a QuestionError for a number that has no records. */
export async function kpiRecords(asked: RecordsAsked, as: "table" | "csv" | "json", context: RecordsContext): Promise<string> {
  const found = await askRecords(asked, context);
  if (as === "csv") {
    const {header, lines} = await readRecords(found.parts.map(({part}) => part), context.run);
    return csvText(header, lines);
  }
  const {metric, ...rest} = asked;
  const sql = (await statementsFor([{metrics: [metric], ...rest}], context)).map((statement) => `${filledText(statement)};`);
  const document = documentOf(asked, found, sql, context.manifest);
  return as === "json" ? `${JSON.stringify(document, null, 2)}\n` : recordsText(document, found, context);
}

function documentOf({metric, period, filters}: RecordsAsked, {row, parts}: NumberRecords, sql: string[], {asOf}: Manifest): RecordsDocument {
  return {
    schema: "quarterdeck/records/1", as_of: asOf, id: metric, period: row.period.key ?? period,
    where: filters.map(({dimension, values}) => ({dimension, values: [...values]})),
    value: row.value, n: row.n, ...(row.reason !== undefined && {reason: row.reason}),
    parts: parts.map(({part, counted, brings, noted, leftOut}) => ({
      roles: [...part.roles], id: part.metric, first_day: part.days.start, last_day: lastDay(part.days), table: part.mart, counted, brings, noted: {...noted}, left_out: {...leftOut}
    })),
    sql
  };
}

function recordsText({id, parts, sql, where}: RecordsDocument, {row}: NumberRecords, {catalogue, format, manifest}: RecordsContext): string {
  const filters = where.map(({dimension, values}) => format.message("filter.is", {dimension: format.dimension(dimension), members: format.list(values.map((value) => format.member(dimension, value)), "or")}));
  const value = row.value === null ? `– (${format.reason(row.reason) || format.message("reason.undefined")})` : format.value(row.value, catalogue.find((metric) => metric.id === id)!.unit, {precise: true});
  const lines = parts.map(({roles, id: part, first_day, last_day, counted, noted, left_out}) => [
    `${nameOf(part, format)}${roles[0] === "" ? "" : ` (${roles.join(", ")})`}`,
    format.message("period.span", {first: format.date(first_day), last: format.date(last_day)}),
    format.message("records.counted", {count: counted}),
    [...told("left_out", left_out), ...told("noted", noted)].join("; ")
  ]);
  const widths = [0, 1, 2].map((k) => Math.max(...lines.map((line) => [...line[k]!].length)));
  return [
    `${format.metric(id)} (${id})`,
    [format.period(row.period), ...filters, format.message("site.as_of", {date: format.date(manifest.asOf)})].join(" · "),
    "",
    value,
    "",
    ...lines.map((line) => line.map((text, k) => (k < 3 ? text + " ".repeat(widths[k]! - [...text].length) : text)).join("  ").trimEnd()),
    "",
    ...sql.flatMap((text) => [text, ""])
  ].join("\n");

  function told(kind: "left_out" | "noted", of: RecordsDocument["parts"][number]["noted"]): string[] {
    return Object.entries(of).map(([note, count]) => format.message(`records.${kind}.${note}`, {count}));
  }
}
