// Use against what it was before: of a customer who was not there before, nothing is known.

import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld} from "./world.js";

const asOf = "2025-06-30";
const first = Date.parse("2024-06-01");
const dayAt = (at: number) => new Date(at).toISOString().slice(0, 10);
const days = Array.from({length: (Date.parse(asOf) - first) / 86_400_000 + 1}, (_, day) => dayAt(first + day * 86_400_000));

// Five people use it on every day from their customer's first on.
const came: Readonly<Record<string, string>> = {long: "2024-06-01", young: "2025-03-22", edge: "2025-03-11", short: "2025-03-12"};

let built: BuiltWorld;
beforeAll(async () => {
  built = await buildWorld({
    asOf,
    tables: {
      account: Object.keys(came).map((account_id) => ({account_id})),
      subscription: Object.entries(came).map(([account_id, started_on]) => ({subscription_id: account_id, account_id, started_on, mrr: 100})),
      product_usage: Object.entries(came).flatMap(([account_id, from]) => days.filter((date) => date >= from).map((date) => ({account_id, product_id: "p", date, active_users: 5})))
    }
  });
});
afterAll(() => built.native.close());

describe("use against what it was before", () => {
  it("is level for who was there all the time, and unknown for who came within it: before they leave", async () => {
    const rows = await built.native.run({sql: "select customer_id, usage from fct_leaving join int_customer_dimension using (customer) where month = '2025-06-01' order by customer_id", params: []});
    // 31 May less 180 days is 3 December: of the four only one was there.
    expect(rows.map(({customer_id, usage}) => [customer_id, usage])).toEqual([["edge", null], ["long", 1], ["short", null], ["young", null]]);
  });

  it("is level for who was there for all 16 weeks, and unknown for who came a day later: in the health score", async () => {
    const rows = await built.native.run({sql: "select customer_id, score from int_health_input join int_customer_dimension using (customer) where day = cast(? as date) and input = 'usage' order by customer_id", params: [asOf]});
    // 30 June less 111 days is 11 March.
    expect(rows).toEqual([{customer_id: "edge", score: 100}, {customer_id: "long", score: 100}]);
  });
});
