// Goals that have a name, a parent or milestones, and those that mean nothing in this report, for the manifest.

import type {Metric} from "../src/metrics/define.js";
import type {Manifest} from "../src/query/manifest.js";
import type {NamedGoal} from "../src/query/goals.js";
import type {Native} from "./native.js";

/** Most that a manifest holds. */
const most = 200;

/** Returns them by due day, then as named. Needs the marts: target_rule and target_reference stand in the database. */
export async function readGoals(native: Pick<Native, "run">, {manifest: {asOf, currency}, catalogue}: {readonly manifest: Pick<Manifest, "asOf" | "currency">; readonly catalogue: readonly Metric[]}): Promise<NamedGoal[]> {
  const rows = await native.run({
    sql: `with goals as (
  select *, coalesce(upper(currency), $2) as value_currency, $1::date as rate_date from target
),
converted as (
  select goals.*, case when value_currency = $2 then goals.value else goals.value * rate end as amount
  from goals asof left join fx_rate on goals.value_currency = fx_rate.currency and goals.rate_date >= fx_rate.date
),
named as (
  select converted.* replace (coalesce(dim_owner.owner, nullif(member, '')) as member)
  from converted left join dim_owner on level = 'owner' and member = dim_owner.user_id
)
select named.metric, named.period, named.level, named.member, named.due::varchar as due, named.goal, named.parent, first_day::varchar as first, (past_day - 1)::varchar as last,
  case when relative_to is null then amount else target_reference.value * (1 + named.value) end as value, relative_to is not null as relative,
  named.parent is null or exists (select 1 from target as other where other.goal = named.parent) as has_parent
from named
left join target_rule on named.metric = target_rule.metric and named.period = target_rule.period
left join target_reference on named.metric = target_reference.metric and named.period = target_reference.period and named.level = target_reference.level
  and named.member is not distinct from target_reference.member
order by coalesce(named.due, past_day - 1), named.goal, named.metric, named.period, named.level, named.member`,
    params: [asOf, currency]
  });
  const known = new Set(catalogue.map(({id}) => id));
  const all = rows.map((row): NamedGoal => {
    const text = (name: string) => (row[name] ?? null) as string | null;
    const [first, last, due] = [text("first"), text("last"), text("due")];
    const fault = !known.has(String(row.metric)) ? ("metric" as const)
      : first === null ? ("period" as const)
      : due !== null && (due < first || due > last!) ? ("due" as const)
      : row.value === null && row.relative === true && last! <= asOf ? ("reference" as const)
      : row.has_parent !== true ? ("parent" as const) : undefined;
    return {
      metric: String(row.metric), period: String(row.period), level: String(row.level), member: text("member"), due, first, last,
      goal: text("goal"), parent: text("parent"), value: row.value === null ? null : Number(row.value), ...(fault && {fault})
    };
  });
  return all.filter(({due, goal, parent, fault}) => due !== null || goal !== null || parent !== null || fault !== undefined).slice(0, most);
}
