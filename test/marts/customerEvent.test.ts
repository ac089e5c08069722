import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld, type World} from "./world.js";

let built: BuiltWorld | undefined;
afterEach(() => built?.native.close());

const events = async (tables: World["tables"], ...columns: string[]) => {
  built = await buildWorld({tables});
  return (await built.rows("fct_customer_event", "customer", "event", "day", ...columns)).map((row) => Object.values(row));
};

const account = [{account_id: "a", segment: "SMB"}, {account_id: "b", merged_into_id: "a"}, {account_id: "c", segment: "Public"}];
const order = (order_id: string, account_id: string | null, order_date: string, net_amount: number, more = {}) => ({order_id, account_id, order_date, net_amount, currency: "EUR", ...more});

describe("fct_customer_event", () => {
  it("has one purchase a day of a customer, merged accounts being one, with its place among them", async () => {
    const sales_order = [order("1", "a", "2025-01-05", 10), order("2", "b", "2025-01-05", 5), order("3", "b", "2025-02-01", 7), order("4", "c", "2025-02-01", 1)];
    expect(await events({account, sales_order}, "number", "value", "segment")).toEqual([
      [1, "purchase", "2025-01-05", 1, 15, "SMB"], [1, "purchase", "2025-02-01", 2, 7, "SMB"], [2, "purchase", "2025-02-01", 1, 1, "Public"]
    ]);
  });

  it("leaves out cancelled orders, those of nobody and those after as-of, and tells what is given back apart", async () => {
    const sales_order = [
      order("1", "a", "2025-01-05", 10), order("2", "a", "2025-01-06", 10, {cancelled: true}), order("3", null, "2025-01-06", 10), order("4", "a", "2025-04-01", 10), order("5", "a", "2025-01-09", -4)
    ];
    expect(await events({account, sales_order}, "value")).toEqual([[1, "purchase", "2025-01-05", 10], [1, "refund", "2025-01-09", -4]]);
  });

  it("has the gross profit where costs are known, that of what was given back with it", async () => {
    const sales_order = [order("1", "a", "2025-01-05", 10), order("2", "a", "2025-01-05", 5), order("3", "a", "2025-01-05", -2), order("4", "a", "2025-02-01", 7)];
    const order_line = [
      {order_id: "1", line_id: "1", net_amount: 10, cost_amount: 6}, {order_id: "2", line_id: "1", net_amount: 5, cost_amount: 4}, {order_id: "3", line_id: "1", net_amount: -2, cost_amount: -1}
    ];
    expect(await events({account, sales_order, order_line}, "value", "margin")).toEqual([[1, "purchase", "2025-01-05", 15, 5], [1, "purchase", "2025-02-01", 7, null], [1, "refund", "2025-01-05", -2, -1]]);
  });

  it("begins a subscription once a stay and has it at the end of each month", async () => {
    const one = (subscription_id: string, started_on: string, ended_on: string | null, mrr: number) => ({subscription_id, account_id: "a", started_on, ended_on, mrr, currency: "EUR", plan: `plan ${subscription_id}`});
    const subscription = [one("s", "2024-10-10", "2024-12-05", 10), one("t", "2024-11-01", "2024-12-05", 5), one("u", "2025-02-01", null, 20)];
    expect(await events({account, subscription}, "number", "value", "plan")).toEqual([
      [1, "subscribed", "2024-10-31", null, 10, null], [1, "subscribed", "2024-11-30", null, 15, null], [1, "subscribed", "2025-02-28", null, 20, null], [1, "subscribed", "2025-03-31", null, 20, null],
      [1, "subscription_start", "2024-10-10", 1, 10, "plan s"], [1, "subscription_start", "2025-02-01", 2, 20, "plan u"]
    ]);
  });

  it("tells wins and activities of a customer, one of each a day", async () => {
    const won = (opportunity_id: string, account_id: string, closed_at: string, amount: number, source: string) => ({opportunity_id, account_id, stage: "Won", state: "won", created_at: "2025-01-01 09:00", closed_at, amount, source});
    const opportunity = [won("1", "a", "2025-01-10 09:00", 10, "fair"), won("2", "b", "2025-01-10 12:00", 5, "web"), {...won("3", "a", "2025-01-11 12:00", 5, "web"), stage: "Lost", state: "lost"}];
    const activity = [{activity_id: "1", account_id: "c", type: "call", done_at: "2025-01-03 09:00"}, {activity_id: "2", account_id: "c", type: "email", done_at: "2025-01-03 11:00"}];
    expect(await events({account, opportunity, activity}, "number", "value", "source")).toEqual([[2, "activity", "2025-01-03", 1, null, null], [1, "win", "2025-01-10", 1, 15, "fair"]]);
  });

  it("knows who is not among the accounts by one number in orders and wins, and leaves out deleted ones", async () => {
    const opportunity = [
      {opportunity_id: "1", account_id: "x", stage: "Won", state: "won", created_at: "2025-01-01 09:00", closed_at: "2025-01-10 09:00", amount: 1},
      {opportunity_id: "2", account_id: "y", stage: "Won", state: "won", created_at: "2025-01-01 09:00", closed_at: "2025-01-10 09:00", amount: 2},
      {opportunity_id: "3", account_id: "d", stage: "Won", state: "won", created_at: "2025-01-01 09:00", closed_at: "2025-01-10 09:00", amount: 3}
    ];
    const told = await events({account: [...account, {account_id: "d", deleted: true}], opportunity, sales_order: [order("1", "x", "2025-02-01", 7), order("2", "d", "2025-02-01", 7)]}, "value");
    const [bought] = told.filter(([, event]) => event === "purchase");
    expect(told.filter(([, event]) => event === "purchase")).toHaveLength(1);
    expect(told.filter(([, event]) => event === "win").map(([customer, , , value]) => [customer === bought![0], value])).toEqual([[false, 2], [true, 1]]);
  });
});
