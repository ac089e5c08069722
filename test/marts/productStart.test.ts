import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld} from "./world.js";

const products = [{product_id: "p1", name: "Gauge", family: "Sensors"}, {product_id: "p2", name: "Probe", family: "Sensors"}, {product_id: "p3", name: "Cloud"}];
const accounts = [{account_id: "A1", name: "One", segment: "SMB"}, {account_id: "A2", name: "Two"}];
const deals = [
  {opportunity_id: "o1", account_id: "A1", stage: "Won", state: "won", amount: 90, created_at: "2024-01-01T00:00:00Z", closed_at: "2024-02-01T00:00:00Z", product_id: "p3"},
  {opportunity_id: "o2", account_id: "A2", stage: "Won", state: "won", amount: 80, created_at: "2024-01-01T00:00:00Z", closed_at: "2024-03-01T00:00:00Z"},
  {opportunity_id: "o3", account_id: "A2", stage: "Lost", state: "lost", amount: 70, created_at: "2024-01-01T00:00:00Z", closed_at: "2024-04-01T00:00:00Z", product_id: "p1"}
];
const dealLines = [{line_id: "l1", opportunity_id: "o2", product_id: "p1", amount: 30}, {line_id: "l2", opportunity_id: "o2", product_id: "p2", amount: 10}];
const order = (order_id: string, account_id: string, order_date: string, net_amount: number, more = {}) => ({order_id, account_id, order_date, net_amount, ...more});
const line = (line_id: string, order_id: string, product_id: string | null, net_amount: number) => ({line_id, order_id, ...(product_id !== null && {product_id}), net_amount});

let ordered!: BuiltWorld;
let won!: BuiltWorld;
beforeAll(async () => {
  const tables = {product: products, account: accounts, opportunity: deals, opportunity_line: dealLines};
  [ordered, won] = await Promise.all([
    buildWorld({tables: {
      ...tables,
      sales_order: [order("1", "A1", "2024-05-01", 30), order("2", "A1", "2024-05-01", 12), order("3", "A1", "2024-06-01", 99), order("4", "A9", "2024-07-01", 5), order("5", "A2", "2024-05-02", -8, {returned: true}), order("6", "A2", "2024-05-03", 7, {cancelled: true})],
      order_line: [line("1", "1", "p1", 10), line("2", "1", "p3", 15), line("3", "2", "p1", 12), line("4", "3", "p1", 60), line("5", "3", "p2", 39), line("6", "4", null, 5), line("7", "4", "p2", 5), line("8", "5", "p1", -8), line("9", "6", "p1", 7)]
    }}),
    buildWorld({tables})
  ]);
});
afterAll(() => [ordered, won].forEach(({native}) => native.close()));

const rowsOf = async (world: BuiltWorld) => (await world.rows("fct_product_start", "level", "item", "day", "value", "segment", "last_day")).map((row) => Object.values(row));

describe("the first purchases of products", () => {
  it("are those of order lines that stand, orders of a day together; an account that is not in the data is a customer", async () => {
    expect((await rowsOf(ordered)).map((row) => row.join(" ")).sort()).toEqual([
      // The rest of order 1, 5, and a line without a product are of none.
      "family Sensors 2024-05-01 22 SMB 2024-06-01", "family Sensors 2024-07-01 5  2024-07-01",
      "product Cloud 2024-05-01 15 SMB 2024-06-01", "product Gauge 2024-05-01 22 SMB 2024-06-01",
      "product Probe 2024-06-01 39 SMB 2024-06-01", "product Probe 2024-07-01 5  2024-07-01"
    ]);
  });
  it("are those of won deals where no order names a product: their lines, by the shares of the amount, else their main product", async () => {
    expect((await rowsOf(won)).map((row) => row.join(" ")).sort()).toEqual([
      "family Sensors 2024-03-01 80  2024-03-01",
      "product Cloud 2024-02-01 90 SMB 2024-02-01", "product Gauge 2024-03-01 60  2024-03-01", "product Probe 2024-03-01 20  2024-03-01"
    ]);
  });
});
