// An order log of a shop that sells to many: customer, day, what, where, how much. No other export, as the smallest shops have it.

import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {openNative, quoteText} from "../../loaders/native.js";

/** Rows a customer has on average. */
const rowsEach = 8;
/** Days that the log spans, and the first of them. */
const days = 5 * 365;
const firstDay = "2020-01-01";

/**
 * Writes the log of `rows` purchases, and settings that read it, into a folder. Everything hangs on the number of the row
 * alone: the same rows give the same bytes. Customers begin evenly over the years, and come less often the longer it is.
 */
export async function writeOrderLog(folder: string, rows: number): Promise<void> {
  await mkdir(folder, {recursive: true});
  const {exec, close} = await openNative();
  const customers = Math.ceil(rows / rowsEach);
  // hash(seed, number) as a number from 0 to 1.
  const part = (seed: number, of: string) => `(hash(${seed}, ${of}) % 1000003 / 1000003.0)`;
  try {
    await exec(`copy (
      with drawn as (select row, (${part(1, "row")} * ${customers})::integer as customer from range(${rows}) as log(row)),
      begun as (select *, (${part(2, "customer")} * ${days})::integer as start from drawn),
      bought as (select *, least(start - (ln(1 - ${part(3, "row")}) * 240 * ${part(4, "customer")})::integer, ${days - 1}) as day from begun)
      select
        'C' || lpad(customer::varchar, 7, '0') as customer,
        date ${quoteText(firstDay)} + day::integer as date,
        'Product ' || 1 + (12 * pow(${part(5, "row")}, 2))::integer as product,
        ['North', 'East', 'South', 'West', 'Online'][1 + (hash(6, customer) % 5)::integer] as region,
        ['Search', 'Friends', 'Fair', 'Letter'][1 + (hash(7, customer) % 4)::integer] as segment,
        1 + (hash(8, row) % 3)::integer as quantity,
        (5 + 120 * pow(${part(9, "row")}, 3))::decimal(9, 2) as value
      from bought
      order by day, row
    ) to ${quoteText(join(folder, "log.csv"))} (header)`);
  } finally {
    close();
  }
  await writeFile(join(folder, "report.yaml"), settings);
}

const settings = `title: Order log
time_zone: UTC
currency: EUR
as_of: 2024-12-15
sources:
  - id: log
    type: csv
    folder: .
    tables:
      account: {file: log.csv, columns: {account_id: customer, region: region, segment: segment}}
      sales_order: {file: log.csv, columns: {order_id: {row: true}, account_id: customer, order_date: date, net_amount: value}}
      order_line: {file: log.csv, columns: {line_id: {row: true}, order_id: {row: true}, product_id: product, quantity: quantity, net_amount: value}}
`;
