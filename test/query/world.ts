// A world of marts made by SQL alone, for tests of the query floor that need no pipeline. Every value follows from the
// row's number, so two worlds of one size are alike.

import {openNative, type Native} from "../../loaders/native.js";
import type {Metric} from "../../src/metrics/define.js";
import {catalogueOf, leavesOf} from "../../src/query/catalogue.js";
import type {DimensionInfo, Manifest} from "../../src/query/manifest.js";
import type {Leaf} from "../../src/query/measure.js";
import {kinds} from "./kinds.js";

const owners = 12;
const any = (list: readonly string[], salt: number) =>
  `list_extract([${list.map((word) => (word === "" ? "null" : `'${word}'`)).join(", ")}], 1 + (hash(k + ${salt}) % ${list.length})::integer)`;
const dims = `
  'Owner ' || lpad(((hash(k + 4) % ${owners}))::varchar, 2, '0') as owner,
  ${any(["Red", "Green", "Blue"], 5)} as team,
  ${any(["North", "South", "West", ""], 6)} as region,
  ${any(["web", "fair", "referral", ""], 7)} as source,
  ${any(["Sextant", "Compass"], 8)} as product,
  ${any(["small", "large"], 9)} as segment`;

export const worldAsOf = "2025-03-20";
const firstDay = "2023-01-01";

export interface QueryWorld extends Native {
  readonly manifest: Manifest;
  /** The declared metrics that these marts can tell, those of custom measures, and one of each kind. */
  readonly catalogue: readonly Metric[];
}

/** Columns of the mart that a measured metric names. */
const columnsOf = (leaf: Leaf): string[] => [
  ..."time" in leaf ? [leaf.time] : [leaf.from, leaf.to],
  ...[...(leaf.where ?? []), ..."whereAny" in leaf ? leaf.whereAny ?? [] : []].map(({column}) => column),
  ..."aggregate" in leaf ? Object.entries(leaf.aggregate).flatMap(([key, value]) => (key === "fn" ? [] : [value].flat().filter((name) => typeof name === "string"))) : [],
  ..."conversion" in leaf ? [leaf.conversion, leaf.weight ?? leaf.time] : []
];

/** Marts of `rows` leads and `rows` opportunities between 2023-01-01 and 2025-03-20, and the manifest that describes them. */
export async function openWorld(rows = 2000, options: {threads?: number} = {}): Promise<QueryWorld> {
  const native = await openNative(options);
  const {exec, run} = native;
  await exec(`create table fct_lead as
    select *, case when won_date is not null then 'won' when lost_date is not null then 'lost' else 'open' end as state from (
      select *, case when converted_date is not null and hash(k + 13) % 2 = 0 and converted_date + 20 <= date '${worldAsOf}' then converted_date + 20 end as won_date,
        case when converted_date is null and hash(k + 14) % 3 = 0 and created_date + 30 <= date '${worldAsOf}' then created_date + 30 end as lost_date from (
        select k, created_date,
          case when hash(k + 10) % 3 = 0 and created_date + 5 <= date '${worldAsOf}' then created_date + 5 end as qualified_date,
          case when hash(k + 11) % 4 = 0 and created_date + (hash(k + 12) % 150)::integer - 3 <= date '${worldAsOf}' then created_date + (hash(k + 12) % 150)::integer - 3 end as converted_date,
          ${dims}
        from (select k, case when hash(k + 1) % 50 > 0 then date '${firstDay}' + (hash(k + 2) % 810)::integer end as created_date from range(${rows}) r(k))))`);
  await exec(`create table fct_opportunity as
    select *, state = 'won' as is_won, state = 'lost' as is_lost, state = 'open' as is_open, amount is not null as has_amount,
      case when state <> 'open' and closed_date >= created_date then closed_date - created_date end::integer as cycle_days from (
      select *, case when closed_date is null then 'open' when hash(k + 21) % 5 < 3 then 'won' else 'lost' end as state from (
        select k, created_date, case when hash(k + 22) % 10 < 7 and due <= date '${worldAsOf}' then due end as closed_date,
          case when hash(k + 23) % 12 > 0 then ((hash(k + 24) % 40) * 250.25)::decimal(18, 2) end as amount,
          ((hash(k + 25) % 11) / 10)::decimal(5, 4) as probability, ${any(["Prospecting", "Proposal", "Negotiation"], 26)} as stage,
          case when hash(k + 32) % 9 > 0 then (hash(k + 33) % 300)::integer end as lasted_days, hash(k + 34) % 3 > 0 as has_ended, (hash(k + 35) % 3)::tinyint as points,
          ((hash(k + 27) % 7))::double * 0.1 as custom_score, ${any(["yes", "no", ""], 28)} as custom_partner, ${dims}
        from (select k, created_date, coalesce(created_date, date '2024-06-01') + (hash(k + 29) % 200)::integer - 2 as due from (
          select k, case when hash(k + 30) % 40 > 0 then date '${firstDay}' + (hash(k + 31) % 810)::integer end as created_date from range(${rows}) r(k)))))`);
  await exec(`create table fct_opportunity_span as
    select coalesce(created_date, date '${worldAsOf}') as valid_from, coalesce(closed_date, date '9999-12-31') as valid_to, created_date is null as is_undated,
      stage, amount, probability, null::date as expected_close_date, owner, team, region, source, product, segment, custom_partner
    from fct_opportunity where coalesce(created_date, date '${worldAsOf}') < coalesce(closed_date, date '9999-12-31') and (created_date is not null or state = 'open')`);
  await exec(`create table fct_owner_day as
    select date, owner, any_value(team) as team, any_value(region) as region, count(*)::integer as activities, 0 as opportunities_created, 0 as opportunities_closed, 0 as stage_moves
    from (select k, date '${firstDay}' + (hash(k + 40) % 810)::integer as date, ${dims} from range(${rows} * 3) r(k)) group by date, owner`);
  await exec(`create table fct_stay as
    select customer, valid_from, valid_from + days as valid_to, mrr, min(valid_from) over (partition by customer) as first_day,
      list_extract(['North', 'South', null], 1 + (hash(customer + 41) % 3)::integer) as region, list_extract(['small', 'large'], 1 + (hash(customer + 42) % 2)::integer) as segment
    from (select (hash(k + 50) % (${rows} // 6 + 1))::integer as customer, date '${firstDay}' + (hash(k + 51) % 810)::integer as valid_from,
      5 + (hash(k + 52) % 250)::integer as days, case when hash(k + 53) % 30 > 0 then ((1 + hash(k + 54) % 40) * 7.25)::decimal(18, 2) end as mrr from range(${rows}) r(k))
    where valid_from + days <= date '${worldAsOf}' or hash(customer) % 4 > 0`);
  await exec(`create table fct_target as select * from (values
    ('revenue_won', '2025-02', 'company', null, 100000.0), ('revenue_won', '2025-02', 'region', 'North', 40000.0),
    ('revenue_won', '2025-02', 'team', 'Red', 30000.0), ('win_rate', 'FY2024', 'company', null, 0.6), ('open_pipeline', '2025-Q1', 'company', null, 5.0)
  ) t(metric, period, level, member, value), (values (null::double, null::double, null::double)) s(regions, teams, owners)`);
  const marts = ["fct_lead", "fct_opportunity", "fct_opportunity_span", "fct_owner_day", "fct_stay", "fct_target"];
  const described = await Promise.all(marts.map(async (name) => ({
    name, grain: "", bytes: 0, sha256: "", rows: Number((await run({sql: `select count(*) as n from ${name}`, params: []}))[0]!.n),
    columns: (await run({sql: `select column_name as name, data_type as type from duckdb_columns() where table_name = '${name}' order by column_index`, params: []}))
      .map(({name: column, type}) => ({name: String(column), type: String(type)}))
  })));
  const dimensions = await Promise.all(["region", "team", "owner", "source", "product", "segment", "stage", "custom_partner"].map(async (id): Promise<DimensionInfo> => {
    const having = described.filter(({columns}) => columns.some(({name}) => name === id)).map(({name}) => name);
    const found = await run({sql: having.map((mart) => `select distinct "${id}" as m from ${mart}`).join(" union ") + " order by m nulls last", params: []});
    return {id, members: found.map(({m}) => m as string | null), marts: having, ...(id.startsWith("custom_") ? {label: id.slice(7)} : {})};
  }));
  const manifest: Manifest = {
    title: "World", locale: "en", currency: "EUR", asOf: worldAsOf, asOfRule: "set", firstDay, fictional: true,
    calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: ["2025-01-01"]},
    defaultPeriod: "closed:month",
    fed: [],
    dimensions, measures: [{id: "custom_score", label: "Score", unit: "score", mart: "fct_opportunity"}],
    marts: described, files: [], windows: {}, hash: ""
  };
  const told = (leaf: Leaf) => columnsOf(leaf).every((name) => described.some((mart) => mart.name === leaf.mart && mart.columns.some((column) => column.name === name)));
  const catalogue = [...catalogueOf(manifest).filter((metric) => leavesOf(metric).every(told)), ...kinds];
  return {...native, catalogue, manifest: {...manifest, fed: [...new Set(catalogue.flatMap(({needs}) => needs.map((need) => need.split("|")[0]!)))]}};
}
