// Products in the terminal: `npm run kpi -- next:product --window 180` and `npm run kpi -- white_space:family`.

import {z} from "zod";
import {csvText, type CsvValue} from "../../src/format/csv.js";
import type {Formatter} from "../../src/format/formatter.js";
import {plainText} from "../../src/format/text.js";
import type {Manifest} from "../../src/query/manifest.js";
import type {Filter, Run} from "../../src/query/question.js";
import {askProduct} from "../../src/query/products/askProducts.js";
import {productLevels, type NextProducts, type ProductLevel, type ProductTold, type WhiteSpace} from "../../src/query/products/question.js";
import {aligned} from "./aligned.js";

/** What can be asked of products, as it is called. */
export const productAsks = ["next", "white_space"] as const;

const pair = z.strictObject({
  from: z.string(), to: z.string(),
  buyers: z.number().int().describe("Customers who bought `from` a window ago or more"), before: z.number().int().describe("Of these, who had `to` already"), together: z.number().int().describe("Who bought it on the same day"),
  n: z.number().int().describe("The rest, who could buy it later"), followed: z.number().int().describe("Who did within the window"), rate: z.number(), low: z.number().describe("Of the 95 % interval (Wilson)"), high: z.number(),
  days: z.number().nullable().describe("Median days until then"), base: z.number().describe("The rate after any other product"), lift: z.number().nullable().describe("rate ÷ base"), small: z.boolean().describe("n is too small for a rank")
});
const offer = z.strictObject({
  segment: z.string().nullable(), item: z.string(), n: z.number().int().describe("Customers of the segment"), bought: z.number().int(), share: z.number(), low: z.number(), high: z.number(),
  value: z.number().describe("Median of the first purchases"), expected: z.number().describe("share × value"), open: z.number().int().describe("Customers who have not bought it"), total: z.number().describe("expected × open")
});
const entry = z.strictObject({customer: z.number().int(), record: z.string().nullable().describe("The CRM's id"), segment: z.string().nullable(), item: z.string(), share: z.number(), expected: z.number(), last_day: z.string()});

/** `next:<level>` and `white_space:<level>` with `--format json`: `schema` names the form and its version. */
export const productsSchema = z
  .discriminatedUnion("ask", [
    z.strictObject({
      schema: z.literal("quarterdeck/products/1"), ask: z.literal("next"), as_of: z.string(), level: z.enum(productLevels), window: z.number().int().describe("Days"),
      customers: z.number().int(), mature: z.number().int().describe("Of these, who first bought a window ago or more"), count: z.number().int().describe("Pairs that happened"), hidden: z.number().int().describe("Pairs of small groups that are not told"),
      not_applied: z.array(z.string()).describe("Filters that first purchases do not carry"), pairs: z.array(pair)
    }),
    z.strictObject({
      schema: z.literal("quarterdeck/products/1"), ask: z.literal("white_space"), as_of: z.string(), level: z.enum(productLevels),
      customers: z.number().int(), expected: z.number(), count: z.number().int().describe("Customer and item, in all"), not_applied: z.array(z.string()), offers: z.array(offer),
      entries: z.array(entry).nullable().describe("The most expected first; null where small groups have no numbers")
    })
  ])
  .describe("What follows which product, or what customers have not bought yet");

export interface ProductAsked {
  readonly ask: (typeof productAsks)[number];
  readonly level: string;
  readonly window?: number;
  readonly filters: readonly Filter[];
}

export interface ProductContext {
  readonly manifest: Manifest;
  readonly run: Run;
  readonly format: Formatter;
}

/** Lines of a text, and of CSV and JSON. */
const [shown, listed] = [20, 10_000];

/** Returns what is asked of products among the ids: `next:product`. */
export function productsAsked(ids: readonly string[]): Pick<ProductAsked, "ask" | "level"> | undefined {
  return ids.flatMap((id) => productAsks.flatMap((ask) => (id.startsWith(`${ask}:`) ? [{ask, level: id.slice(ask.length + 1)}] : [])))[0];
}

/** Returns the answer in the wanted form. Throws a QuestionError for what the report does not know. */
export async function kpiProducts({ask, level, window, filters}: ProductAsked, as: "table" | "csv" | "json", {manifest, run, format}: ProductContext): Promise<string> {
  const told = await askProduct({ask, level: level as ProductLevel, ...(window !== undefined && {window}), filters, limit: as === "table" ? shown : listed}, {manifest, run});
  if (as === "json") return `${JSON.stringify(documentOf(told), null, 2)}\n`;
  if (as === "csv") return told.ask === "next" ? nextCsv(told) : spaceCsv(told);
  return told.ask === "next" ? nextText(told, format) : spaceText(told, format);
}

function documentOf(told: ProductTold): z.infer<typeof productsSchema> {
  if (told.ask === "next") {
    const {asOf, notApplied, pairs, ...rest} = told;
    return productsSchema.parse({schema: "quarterdeck/products/1", as_of: asOf, ...rest, not_applied: notApplied, pairs});
  }
  const {asOf, notApplied, least: _, entries, ...rest} = told;
  return productsSchema.parse({schema: "quarterdeck/products/1", as_of: asOf, ...rest, not_applied: notApplied, entries: entries?.map(({lastDay, ...one}) => ({...one, last_day: lastDay})) ?? null});
}

const pairColumns = ["from", "to", "n", "followed", "rate", "low", "high", "days", "base", "lift", "together", "before"] as const;
const nextCsv = ({pairs}: NextProducts): string => csvText([...pairColumns], pairs.map((one): CsvValue[] => pairColumns.map((name) => one[name])));

function spaceCsv({entries}: WhiteSpace): string {
  const all = entries ?? [];
  return csvText(["record", "customer", "item", "segment", "share", "expected", "last_day"], all.map((one): CsvValue[] => [one.record, one.customer, one.item, one.segment, one.share, one.expected, one.lastDay]));
}

function nextText(told: NextProducts, format: Formatter): string {
  const {pairs, level, window, asOf, notApplied} = told;
  const say = (name: string) => format.message(`products.next.column.${name}`);
  const count = (value: number) => format.value(value, "count", {precise: true});
  const lines = pairs.map(({from, to, n, followed, rate, low, high, days, base, lift, together, small}) => [
    `${plainText(from)} → ${plainText(to)}`, count(n), count(followed), `${format.percent(rate)}${small ? "~" : ""}`, `${format.percent(low)}–${format.percent(high)}`,
    format.value(days, "days", {bare: true}), format.percent(base), small ? "" : format.value(lift, "ratio", {digits: 1}), count(together)
  ]);
  return [
    `${format.message("kpi.products.next")} (next:${level})`,
    format.message("products.next.subtitle", {level, window, as_of: format.date(asOf)}),
    "",
    ...(lines.length ? aligned([[`${say("from")} → ${say("to")}`, say("n"), say("followed"), say("rate"), "95%", say("days"), say("base"), say("lift"), say("together")], ...lines], 1) : [format.reason("no_rows")]),
    "",
    ...(pairs.some(({small}) => small) ? [`~ ${format.message("mark.small")}`] : []),
    ...unapplied(notApplied, format),
    ""
  ].join("\n");
}

function spaceText({offers, level, asOf, notApplied}: WhiteSpace, format: Formatter): string {
  const say = (name: string) => format.message(`products.space.column.${name}`);
  const count = (value: number) => format.value(value, "count", {precise: true});
  const money = (value: number) => format.value(value, "currency");
  const lines = offers.slice(0, shown).map(({item, segment, open, n, share, value, expected, total}) => [plainText(item), format.member("segment", segment), count(open), count(n), format.percent(share), money(value), money(expected), money(total)]);
  return [
    `${format.message("kpi.products.white_space")} (white_space:${level})`,
    format.message("products.space.subtitle", {level, unit: "none", as_of: format.date(asOf)}),
    "",
    ...(lines.length ? aligned([[say("item"), format.dimension("segment"), say("open"), say("n"), say("share"), say("value"), say("expected"), say("total")], ...lines], 2) : [format.reason("no_rows")]),
    "",
    ...unapplied(notApplied, format),
    ""
  ].join("\n");
}

const unapplied = (dimensions: readonly string[], format: Formatter): string[] =>
  (dimensions.length ? [format.message("caveat.not_applied", {dimensions: format.list(dimensions.map((id) => format.dimension(id)))})] : []);
