// Amounts that can be.

import type {TableName} from "../../canonical/schema.js";
import {place, type Place, type SqlCheck} from "../define.js";

const deals: readonly (readonly [TableName, string])[] = [["opportunity", "amount"], ["quote", "amount"], ["sales_order", "net_amount"], ["contract", "total_value"]];
const forecasts: readonly (readonly [TableName, string])[] = [["forecast", "amount"]];
const costs: readonly (readonly [TableName, string])[] = [["campaign_cost", "amount"], ["cost", "amount"]];
const recurring: readonly (readonly [TableName, string])[] = [["subscription", "mrr"]];
const lines: readonly (readonly [TableName, string])[] = [["opportunity_line", "amount"], ["invoice", "net_amount"]];

const places = (...lists: (readonly (readonly [TableName, string])[])[]): Place[] => lists.flat().map(([table, column]) => place(table, column));

/** Returned orders are negative by right. */
const returned = ({table}: Place): string => (table === "sales_order" ? " and returned is not true" : "");

const worth = ({column}: Place): string => `concat_ws(' ', ${column}::varchar, currency)`;

/** Invoices and lines are left out: credit notes and discounts are negative. */
export const amountsNotNegative: SqlCheck = {
  id: "amounts_not_negative",
  grade: "warn",
  places: places(deals, recurring, costs, forecasts),
  look: (at) => ({among: `${at.column} is not null${returned(at)}`, wrong: `${at.column} < 0`, detail: worth(at)})
};

/** A lost deal is worth nothing by right. */
export const amountsNotZero: SqlCheck = {
  id: "amounts_not_zero",
  grade: "note",
  places: places(deals),
  look: (at) => ({among: `${at.column} is not null${returned(at)}${at.table === "opportunity" ? " and state is distinct from 'lost'" : ""}`, wrong: `${at.column} = 0`, detail: worth(at)})
};

/** Times the median of the same currency: robust against the very values it looks for. Fewer than twenty values have none. */
export const amountsNotExtreme: SqlCheck = {
  id: "amounts_not_extreme",
  grade: "warn",
  limits: {times: 1000},
  places: places(deals, recurring, lines, costs, forecasts),
  look: (at) => ({
    from: `${at.table} left join (select currency as typical_currency, median(${at.column}) as typical from ${at.table} where ${at.column} > 0 group by currency having count(*) >= 20)
      on currency is not distinct from typical_currency`,
    among: `${at.column} is not null`,
    wrong: `abs(${at.column}) > $times * typical`,
    detail: `${worth(at)} || ', median ' || round(typical)::bigint::varchar`
  })
};

export const wonDealsPriced: SqlCheck = {
  id: "won_deals_priced",
  grade: "note",
  places: [place("opportunity", "amount", {needs: ["opportunity.state"]})],
  look: () => ({among: "state = 'won'", wrong: "amount is null"})
};
