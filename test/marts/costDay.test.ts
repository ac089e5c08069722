import fc from "fast-check";
import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld, type World} from "./world.js";

let built: BuiltWorld | undefined;
afterEach(() => built?.native.close());
const days = async (tables: World["tables"], ...columns: string[]) => {
  built = await buildWorld({tables});
  return built.rows("fct_cost_day", ...columns);
};

const cost = {cost_id: "c", scope: "Selling", kind: "pay", team: "Red", source: null, start_date: "2025-01-01", end_date: "2025-01-03", amount: 100, currency: null};
const spent = {cost_id: "k", campaign_id: "m", source: null, start_date: "2025-01-01", end_date: "2025-01-01", amount: 40, currency: null};

describe("fct_cost_day", () => {
  it("spreads a cost evenly over its days, its last included, to the cent", async () => {
    expect(await days({cost: [cost]}, "date", "amount")).toEqual([
      {date: "2025-01-01", amount: 33.33}, {date: "2025-01-02", amount: 33.33}, {date: "2025-01-03", amount: 33.34}
    ]);
  });

  it("adds up to every cost over its whole span, whatever its amount, length and sign", async () => {
    const line = fc.record({cents: fc.integer({min: -5_000_000, max: 500_000_000}), length: fc.integer({min: 0, max: 400})});
    await fc.assert(fc.asyncProperty(fc.array(line, {minLength: 1, maxLength: 8}), async (lines) => {
      const world = await buildWorld({tables: {cost: lines.map(({cents, length}, k) => ({...cost, cost_id: k, kind: `kind ${k}`, amount: cents / 100,
        start_date: "2023-11-05", end_date: new Date(Date.UTC(2023, 10, 5 + length)).toISOString().slice(0, 10)}))}});
      const found = await world.native.run({sql: "select type, (sum(amount) * 100)::bigint as cents, count(*)::integer as days from fct_cost_day group by type order by type", params: []});
      world.native.close();
      expect(found.map(({cents, days}) => [Number(cents), days])).toEqual(lines.map(({cents, length}) => [cents, length + 1]));
    }), {numRuns: 15});
  });

  it("knows nothing of days after as-of", async () => {
    expect(await days({cost: [{...cost, start_date: "2025-03-30", end_date: "2025-04-02"}]}, "date", "amount")).toEqual([
      {date: "2025-03-30", amount: 25}, {date: "2025-03-31", amount: 25}
    ]);
    expect(await days({cost: [{...cost, start_date: "2025-04-01", end_date: "2025-04-02"}]})).toEqual([]);
  });

  it("lets the first day bear a cost that ends before it begins", async () => {
    expect(await days({cost: [{...cost, end_date: "2024-12-01"}]}, "date", "amount")).toEqual([{date: "2025-01-01", amount: 100}]);
  });

  it("keeps campaigns and other costs in scopes of their own, one row a day and kind", async () => {
    const tables = {
      cost: [{...cost, end_date: cost.start_date}, {...cost, cost_id: "d", end_date: cost.start_date, amount: 20}, {...cost, cost_id: "e", scope: "marketing", kind: "tools", team: null, source: "web", end_date: cost.start_date}],
      campaign_cost: [spent, {...spent, cost_id: "l", campaign_id: null, source: "web", amount: 5}, {...spent, cost_id: "n", campaign_id: "gone", source: "web"}],
      campaign: [{campaign_id: "m", name: "Spring fair", type: "fair", source: "show"}]
    };
    expect(await days(tables, "scope", "type", "team", "source", "campaign", "amount")).toEqual([
      {scope: "campaign", type: "fair", team: null, source: "show", campaign: "Spring fair", amount: 40},
      {scope: "campaign", type: null, team: null, source: "web", campaign: "gone", amount: 40},
      {scope: "campaign", type: null, team: null, source: "web", campaign: null, amount: 5},
      {scope: "marketing", type: "tools", team: null, source: "web", campaign: null, amount: 100},
      {scope: "selling", type: "pay", team: "Red", source: null, campaign: null, amount: 120}
    ]);
  });

  it("converts each day at its own rate and names the currency that has none", async () => {
    const fx_rate = [{currency: "USD", date: "2024-12-01", rate: 0.5}, {currency: "USD", date: "2025-01-02", rate: 0.8}];
    const foreign = {...cost, amount: 90, currency: "usd"};
    expect(await days({cost: [foreign], fx_rate}, "date", "amount", "unrated_currency")).toEqual([
      {date: "2025-01-01", amount: 15, unrated_currency: null}, {date: "2025-01-02", amount: 24, unrated_currency: null}, {date: "2025-01-03", amount: 24, unrated_currency: null}
    ]);
    expect(await days({cost: [{...foreign, end_date: foreign.start_date, currency: "CHF"}], fx_rate}, "amount", "unrated_currency")).toEqual([{amount: null, unrated_currency: "CHF"}]);
  });
});
