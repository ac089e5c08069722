// Fits the models of customers' value within a build: from int_customer_history and int_purchase to three tables that marts read.

import {yearlyDiscount} from "../../src/metrics/customerValue.js";
import {sql} from "../../src/query/sql.js";
import type {Compared} from "../../src/query/value/question.js";
import type {Native} from "../native.js";
import {estimateValues, fitValueModel, spreadOut, type Buyer, type Estimate, type ValueModel} from "./customerValue.js";
import {holdOut, type HoldOut, type Purchase} from "./holdOut.js";

/** The model that is fitted to. */
export const fittedTo = "int_customer_history";

/** Creates `customer_value`, `value_model` and `value_holdout`. */
export async function fitCustomerValue(native: Native): Promise<void> {
  const buyers = (await native.run({sql: `select * from ${fittedTo} order by customer`, params: []})) as unknown as (Buyer & {readonly margin: number | null})[];
  const margin = buyers[0]?.margin ?? null;
  const model = fitValueModel(buyers);
  await createTables(native);
  await insert(native, "customer_value", estimateValues(buyers, model, {margin, discount: yearlyDiscount}).map(estimateRow));
  await insert(native, "value_model", [modelRow(model, margin)]);
  await insert(native, "value_holdout", holdOutRows(await heldOut(native, buyers)));
}

/** Returns how well the log's first part predicts the rest; of many customers as many as are fitted. */
async function heldOut(native: Native, buyers: readonly Buyer[]): Promise<HoldOut> {
  const chosen = spreadOut(buyers).map(({customer}) => customer).join(",");
  const {text, params} = sql`select customer, datediff('day', date '1970-01-01', day)::integer as day from int_purchase
    where customer in (select unnest(string_split(${chosen}, ','))::integer) order by customer, day`;
  const purchases = buyers.length === 0 ? [] : ((await native.run({sql: text, params})) as unknown as Purchase[]);
  const [first] = buyers;
  const start = purchases.find(({customer}) => customer === first?.customer)?.day ?? 0;
  return holdOut(purchases, start + (first?.age ?? 0));
}

async function createTables(native: Native): Promise<void> {
  await native.exec(`create or replace table customer_value (customer integer, p_alive decimal(5, 4), purchases_12 decimal(12, 4), purchases_24 decimal(12, 4),
    value_12 decimal(18, 2), value_24 decimal(18, 2))`);
  const numbers = ["correlation", "r", "alpha", "a", "b", "p", "q", "v", "margin", "discount"].map((name) => `${name} decimal(18, 6)`);
  await native.exec(`create or replace table value_model (reason varchar, customers integer, repeaters integer, ${numbers.join(", ")}, at_edge varchar, spending_at_edge varchar)`);
  await native.exec(`create or replace table value_holdout (kind varchar, reason varchar, fitted_until date, day date, repeats integer, customers integer, repeaters integer,
    expected decimal(18, 4), observed decimal(18, 4))`);
}

const estimateRow = ({customer, alive, purchases, value}: Estimate) => [customer, alive, ...purchases, ...value];

const modelRow = ({reason, customers, repeaters, correlation, purchases, spending}: ValueModel, margin: number | null) => [
  reason, customers, repeaters, correlation, purchases?.r, purchases?.alpha, purchases?.a, purchases?.b, spending?.p, spending?.q, spending?.v, margin, yearlyDiscount,
  purchases?.atEdge, spending?.atEdge
];

function holdOutRows({reason, until, customers, repeaters, total, months, byRepeats}: HoldOut): Value[][] {
  const row = (kind: string, day: number | null, repeats: number | null, among: number, came: number | null, compared: Compared | null) =>
    [kind, reason, dayText(until), day === null ? null : dayText(day), repeats, among, came, compared?.expected, compared?.observed];
  return [
    row("total", months.at(-1)?.day ?? null, null, customers, repeaters, reason === null ? total : null),
    ...months.map((one) => row("month", one.day, null, customers, repeaters, one)),
    ...byRepeats.map((one) => row("repeats", null, one.repeats, one.customers, null, one))
  ];
}

const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

type Value = string | number | null | undefined;

/** Rows of numbers and of words of our own, many at a time. */
async function insert(native: Native, table: string, rows: readonly (readonly Value[])[]): Promise<void> {
  const text = (value: Value) => (typeof value === "number" && Number.isFinite(value) ? value.toFixed(6) : typeof value === "string" ? `'${value}'` : "null");
  for (let from = 0; from < rows.length; from += 5000) {
    await native.exec(`insert into ${table} values ${rows.slice(from, from + 5000).map((row) => `(${row.map(text).join(", ")})`).join(", ")}`);
  }
}
