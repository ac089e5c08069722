// What the build tells the pages, made from the settings, the intake and the marts. Nothing in it depends on the clock.

import {isDeepStrictEqual} from "node:util";
import type {CustomMartColumn, Mart} from "./marts.js";
import type {Unit} from "../src/metrics/define.js";
import {withStages} from "../src/metrics/funnels.js";
import {healthRules} from "../src/metrics/health.js";
import {metrics} from "../src/metrics/index.js";
import type {DimensionInfo, FileLedger, Manifest, MartInfo, MeasureInfo, UnratedCurrency} from "../src/query/manifest.js";
import {catalogueOf, leavesOf, shippedDimensions} from "../src/query/catalogue.js";
import {readActions} from "./actions.js";
import {readEventNotes} from "./eventNotes.js";
import {readGoals} from "./goals.js";
import {usualLoss} from "../src/metrics/purchases.js";
import {graceDays as usualGrace} from "../src/metrics/subscriptions.js";
import {measuredWindows} from "./measuredWindows.js";
import {quoteIdentifier, type Native} from "./native.js";
import type {Settings} from "./settings.js";

export interface ManifestParts {
  readonly settings: Settings;
  readonly asOf: string;
  /** Canonical columns that some source feeds and that are published. */
  readonly fed: readonly string[];
  /** Canonical columns that some source feeds and that are not. */
  readonly withheld?: readonly string[];
  readonly files: readonly FileLedger[];
  readonly marts: readonly Mart[];
  /** The written files of the same marts. */
  readonly written: readonly MartInfo[];
  readonly hash: string;
}

/** Days on which a record is known to have been there, besides those by which metrics place records. */
const recordDays = ["created_date", "qualified_date", "converted_date", "closed_date", "date"];

/** Days whose rate turns an amount into the report's currency, where it is not the rate of as-of. */
const rateDays = ["closed_date", "date", "order_date", "invoice_date", "signed_date"];

/** Returns the manifest of a build whose marts stand in the database. */
export async function createManifest(native: Native, {settings, asOf, fed, withheld = [], files, marts, written, hash}: ManifestParts): Promise<Manifest> {
  const facts = marts.filter(({name}) => name.startsWith("fct_"));
  const unrated = await unratedCurrencies(native, facts, asOf);
  const windows = await measuredWindows(native, marts, settings.windows);
  const known = {dimensions: await dimensions(native, facts, settings.language), measures: facts.flatMap(measures)};
  const actions = settings.privacy.audience === "public" || !fed.includes("action.action") ? [] : await readActions(native, {manifest: known, catalogue: catalogueOf(known)});
  const events = fed.includes("event_note.label") ? await readEventNotes(native, asOf) : [];
  const goals = settings.privacy.audience === "public" || !fed.includes("target.metric") ? [] : await readGoals(native, {manifest: {asOf, currency: settings.currency}, catalogue: catalogueOf(known)});
  return {
    title: settings.title,
    locale: settings.language,
    currency: settings.currency,
    asOf,
    asOfRule: settings.asOf === "newest" ? "newest" : "set",
    firstDay: await firstDay(native, facts, asOf),
    firstDays: await firstDays(native, facts),
    ...(unrated.length > 0 && {unrated}),
    ...(settings.privacy.minGroup > 1 && {minGroup: settings.privacy.minGroup}),
    fictional: settings.fictional,
    calendar: settings.calendar,
    defaultPeriod: settings.defaultPeriod,
    fed: [...fed].sort(),
    ...(withheld.length > 0 && {withheld: [...withheld].sort()}),
    ...known,
    cohorts: settings.cohorts,
    funnels: await funnels(native, settings),
    marts: written,
    files,
    ...(Object.keys(settings.variants).length > 0 && {variants: settings.variants}),
    windows: {...Object.fromEntries(Object.entries(windows).map(([id, {days}]) => [id, days])), ...settings.windows},
    ...(settings.graceDays !== usualGrace && {graceDays: settings.graceDays}),
    ...(!isDeepStrictEqual(settings.loss, usualLoss) && {loss: settings.loss}),
    ...(settings.ownerCredit === "current" && {ownerCredit: settings.ownerCredit}),
    ...(Object.keys(windows).length > 0 && {measuredWindows: windows}),
    ...(Object.keys(settings.rules).length > 0 && {rules: settings.rules}),
    ...(!isDeepStrictEqual(settings.health, healthRules) && {health: settings.health}),
    ...(actions.length > 0 && {actions}),
    ...(events.length > 0 && {events}),
    ...(goals.length > 0 && {goals}),
    hash
  };
}

async function firstDay(native: Native, facts: readonly Mart[], asOf: string): Promise<string> {
  const placed = new Set(metrics.flatMap(leavesOf).map((leaf) => `${leaf.mart}.${"time" in leaf ? leaf.time : leaf.from}`));
  const days = facts.flatMap(({name, columns}) =>
    columns.filter((column) => recordDays.includes(column.name) || placed.has(`${name}.${column.name}`)).map((column) => `select min(${quoteIdentifier(column.name)}) as day from ${quoteIdentifier(name)}`)
  );
  if (days.length === 0) return asOf;
  const [first] = await native.run({sql: `select min(day) as day from (${days.join(" union all ")})`, params: []});
  return String(first!.day ?? asOf);
}

/** A flow needs the rate of its day, a stock that of as-of; a currency that flows have is told by their days. */
async function unratedCurrencies(native: Native, facts: readonly Mart[], asOf: string): Promise<UnratedCurrency[]> {
  const parts = facts.filter(({columns}) => columns.some(({name}) => name === "unrated_currency")).map(({name, columns}) => {
    const day = rateDays.find((candidate) => columns.some((column) => column.name === candidate));
    const isFlow = day !== undefined && !name.endsWith("_span");
    const needed = isFlow ? `coalesce(${quoteIdentifier(day)}, $1::date)` : "$1::date";
    return `select unrated_currency as currency, ${isFlow} as is_flow, min(${needed}) as first, max(${needed}) as last, count(*) as n
      from ${quoteIdentifier(name)} where unrated_currency is not null group by unrated_currency`;
  });
  if (parts.length === 0) return [];
  const sql = `select currency, min(first)::varchar as first, max(last)::varchar as last, max(n) as n
    from (select *, bool_or(is_flow) over (partition by currency) as flows from (${parts.join(" union all ")})) where is_flow = flows and $1::date is not null group by currency order by currency`;
  const rows = await native.run({sql, params: [asOf]});
  return rows.map(({currency, first, last, n}) => ({currency: String(currency), first: String(first), last: String(last), count: Number(n)}));
}

/** Columns without any date have no entry. */
async function firstDays(native: Native, facts: readonly Mart[]): Promise<Record<string, string>> {
  const columns = facts.flatMap(({name, columns}) => columns.filter(({type}) => type === "DATE").map((column) => ({mart: name, column: column.name})));
  const days = await Promise.all(columns.map(async ({mart, column}) => {
    const [first] = await native.run({sql: `select min(${quoteIdentifier(column)}) as day from ${quoteIdentifier(mart)}`, params: []});
    return first!["day"] === null ? [] : [[`${mart}.${column}`, String(first!["day"])] as const];
  }));
  return Object.fromEntries(days.flat());
}

async function dimensions(native: Native, facts: readonly Mart[], locale: string): Promise<DimensionInfo[]> {
  const custom = new Map(facts.flatMap((mart) => mart.custom.filter(({role}) => role === "dimension").map((column) => [column.name, column])));
  const infos: DimensionInfo[] = [];
  for (const id of new Set([...shippedDimensions, ...[...custom.keys()].sort()])) {
    const marts = facts.filter(({columns}) => columns.some(({name}) => name === id));
    const members = await membersOf(native, id, marts, locale);
    if (members.every((member) => member === null)) continue;
    infos.push({id, members, ...labelOf(custom.get(id)), marts: marts.map(({name}) => name)});
  }
  return infos;
}

const labelOf = (column: CustomMartColumn | undefined) => (column ? {label: column.label} : {});

/** Nearest to a win first. */
const forecastCategories = ["closed", "commit", "best case", "pipeline", "omitted", "due later", "not forecast"];

const ownRank = (id: string, member: string): number => {
  if (id === "close_month") return member === "overdue" ? 0 : 1;
  return id === "forecast_category" && forecastCategories.includes(member) ? forecastCategories.indexOf(member) : Infinity;
};

/** Members in display order: what is overdue before the months, stages as in the stage map, forecast categories by their chance, others as the report's language sorts; null last. */
async function membersOf(native: Native, id: string, marts: readonly Mart[], locale: string): Promise<(string | null)[]> {
  if (marts.length === 0) return [];
  const parts = marts.map(({rows}) => `select ${quoteIdentifier(id)} as member from (${rows})`);
  const ranks = id === "stage" || id === "lost_stage" ? "left join dim_stage on member = dim_stage.stage" : "left join (select null as rank) on false";
  const rows = await native.run({sql: `select distinct member, rank from (${parts.join(" union all ")}) ${ranks}`, params: []});
  const {compare} = new Intl.Collator(locale, {numeric: true});
  const sorted = rows
    .map(({member, rank}) => ({member: member as string | null, rank: (rank as number | null) ?? ownRank(id, String(member))}))
    .sort((a, b) => {
      if (a.member === null || b.member === null) return a.member === null ? 1 : -1;
      if (a.rank !== b.rank) return a.rank - b.rank;
      return compare(a.member, b.member) || (a.member < b.member ? -1 : 1);
    });
  return sorted.map(({member}) => member);
}

async function funnels(native: Native, settings: Settings): Promise<Manifest["funnels"]> {
  const stages = await native.run({sql: "select stage from dim_stage where state = 'open' order by rank, stage", params: []});
  return settings.funnels.map((funnel) => withStages(funnel, stages.map(({stage}) => String(stage))));
}

/** A measure belongs to the mart that holds one row a record: spans would count it once a span. */
function measures({name, custom}: Mart): MeasureInfo[] {
  if (name.endsWith("_span")) return [];
  return custom.filter(({role}) => role === "measure").map(({name: id, label, unit, type}) => ({id, label, unit: unit ?? defaultUnit(type), mart: name}));
}

function defaultUnit(type: CustomMartColumn["type"]): Unit {
  if (type === "money") return "currency";
  return type === "percent" ? "percent" : "count";
}
