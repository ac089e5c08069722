// Dates in an order and within a time that can be.

import type {TableName} from "../../canonical/schema.js";
import {daySql, place, type Place, type SqlCheck} from "../define.js";

/** Earlier, then later. */
const order: readonly (readonly [TableName, string, string])[] = [
  ["lead", "created_at", "qualified_at"],
  ["lead", "created_at", "converted_at"],
  ["lead", "created_at", "lost_at"],
  ["opportunity", "created_at", "closed_at"],
  ["ticket", "created_at", "solved_at"],
  ["campaign", "start_date", "end_date"],
  ["contract", "start_date", "end_date"],
  ["subscription", "started_on", "ended_on"],
  ["crm_user", "hired_on", "left_on"]
];

export const datesInOrder: SqlCheck = {
  id: "dates_in_order",
  grade: "warn",
  places: order.map(([table, earlier, later]) => place(table, later, {beside: earlier, needs: [`${table}.${earlier}`]})),
  look: ({table, column, beside}) => {
    // Days are looked up for the few rows that may fail.
    const [later, earlier] = [column, beside!].map((name) => `case when ${column} < ${beside} then ${daySql(table as TableName, name)} end`);
    return {
      from: `(select *, ${later} as later_day, ${earlier} as earlier_day from ${table})`,
      among: `${column} is not null and ${beside} is not null`,
      wrong: "later_day < earlier_day",
      detail: "later_day::varchar || ' < ' || earlier_day::varchar"
    };
  }
};

/** Days on which something has happened: none can be later than the export. */
const happened: readonly (readonly [TableName, string])[] = [
  ["lead", "created_at"], ["lead", "qualified_at"], ["lead", "converted_at"], ["lead", "lost_at"],
  ["opportunity", "created_at"], ["opportunity", "closed_at"],
  ["account", "created_at"], ["contact", "created_at"], ["activity", "created_at"], ["activity", "done_at"],
  ["sales_order", "order_date"], ["invoice", "invoice_date"], ["ticket", "created_at"], ["ticket", "solved_at"]
];

const places = (more: (table: TableName) => readonly string[]): Place[] => happened.map(([table, column]) => place(table, column, {needs: more(table)}));

/** Later than the newest modification of any record: nobody can have known. A day of grace covers zones. */
export const datesNotAhead: SqlCheck = {
  id: "dates_not_ahead",
  grade: "warn",
  places: places((table) => [`${table}.updated_at`]),
  look: ({column}, {newestStamp}) => {
    if (newestStamp === null) return null;
    return {among: `${column} is not null`, wrong: `${column} > $newest::timestamp + interval 1 day`, detail: `${column}::date::varchar`};
  }
};

/** Before the year: 1900 and 1970 are what an empty date becomes on its way through programs. */
export const datesNotAncient: SqlCheck = {
  id: "dates_not_ancient",
  grade: "note",
  limits: {year: 1990},
  places: places(() => []),
  look: ({column}) => ({among: `${column} is not null`, wrong: `${column} < make_date($year::bigint, 1, 1)`, detail: `${column}::date::varchar`})
};

/** Deals that are won or lost without a day: no period counts them. */
export const closedDealsDated: SqlCheck = {
  id: "closed_deals_dated",
  grade: "warn",
  places: [{table: "opportunity", column: "closed_at", needs: ["opportunity.state", "opportunity.closed_at|opportunity_stage_history.entered_at"]}],
  look: () => ({from: "fct_opportunity", id: "opportunity_id", among: "state in ('won', 'lost')", wrong: "closed_date is null", detail: "state"})
};
