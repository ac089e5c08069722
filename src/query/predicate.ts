// Conditions on the rows of a mart, read as `f`.

import type {Predicate} from "../metrics/define.js";
import type {Filter} from "./question.js";
import {identifier, join, sql, type Sql} from "./sql.js";

/** Returns a column of the mart. */
export const column = (name: string): Sql => sql`f.${identifier(name)}`;

/** Returns the SQL of one declared condition. */
export function predicateSql({column: name, is, values = []}: Predicate): Sql {
  const c = column(name);
  if (is === "null") return sql`${c} is null`;
  if (is === "not null") return sql`${c} is not null`;
  if (is === "in") return sql`${c} in (${join(values.map((value) => sql`${value}`))})`;
  const [value] = values;
  if (value === undefined) throw new TypeError(`condition on ${name}: ${is} needs a value`);
  return sql`${c} ${{text: is, params: []}} ${value}`;
}

/** Returns the conditions, all of which must hold; null when there are none. */
export const allOf = (conditions: readonly Sql[]): Sql | null =>
  conditions.length === 0 ? null : join(conditions.map((condition) => sql`(${condition})`), " and ");

/** Returns the conditions, one of which must hold; null when there are none. */
export const anyOf = (conditions: readonly Sql[]): Sql | null =>
  conditions.length === 0 ? null : join(conditions.map((condition) => sql`(${condition})`), " or ");

/** Returns the SQL of what a reader picked: one bound value for each member, null for records without one. */
export function filterSql({dimension, values}: Filter): Sql {
  const c = column(dimension);
  const named = values.filter((value) => value !== null);
  return anyOf([
    ...(named.length ? [sql`${c} in (${join(named.map((value) => sql`${value}`))})`] : []),
    ...(named.length < values.length ? [sql`${c} is null`] : [])
  ]) ?? sql`false`;
}
