// Fits the models of customers' value within a build: from int_customer_history to two tables that marts read.

import {yearlyDiscount} from "../../src/metrics/customerValue.js";
import type {Native} from "../native.js";
import {estimateValues, fitValueModel, type Buyer, type Estimate, type ValueModel} from "./customerValue.js";

/** The model that is fitted to. */
export const fittedTo = "int_customer_history";

/** Creates `customer_value` and `value_model`. */
export async function fitCustomerValue(native: Native): Promise<void> {
  const buyers = (await native.run({sql: `select * from ${fittedTo} order by customer`, params: []})) as unknown as (Buyer & {readonly margin: number | null})[];
  const margin = buyers[0]?.margin ?? null;
  const model = fitValueModel(buyers);
  await createTables(native);
  await insert(native, "customer_value", estimateValues(buyers, model, {margin, discount: yearlyDiscount}).map(estimateRow));
  await insert(native, "value_model", [modelRow(model, margin)]);
}

async function createTables(native: Native): Promise<void> {
  await native.exec(`create or replace table customer_value (customer integer, p_alive decimal(5, 4), purchases_12 decimal(12, 4), purchases_24 decimal(12, 4),
    value_12 decimal(18, 2), value_24 decimal(18, 2))`);
  const numbers = ["correlation", "r", "alpha", "a", "b", "p", "q", "v", "margin", "discount"].map((name) => `${name} decimal(18, 6)`);
  await native.exec(`create or replace table value_model (reason varchar, customers integer, repeaters integer, ${numbers.join(", ")}, at_edge varchar)`);
}

const estimateRow = ({customer, alive, purchases, value}: Estimate) => [customer, alive, ...purchases, ...value];

const modelRow = ({reason, customers, repeaters, correlation, purchases, spending}: ValueModel, margin: number | null) => [
  reason, customers, repeaters, correlation, purchases?.r, purchases?.alpha, purchases?.a, purchases?.b, spending?.p, spending?.q, spending?.v, margin, yearlyDiscount,
  purchases?.atEdge
];

type Value = string | number | null | undefined;

/** Rows of numbers and of words of our own, many at a time. */
async function insert(native: Native, table: string, rows: readonly (readonly Value[])[]): Promise<void> {
  const text = (value: Value) => (typeof value === "number" && Number.isFinite(value) ? value.toFixed(6) : typeof value === "string" ? `'${value}'` : "null");
  for (let from = 0; from < rows.length; from += 5000) {
    await native.exec(`insert into ${table} values ${rows.slice(from, from + 5000).map((row) => `(${row.map(text).join(", ")})`).join(", ")}`);
  }
}
