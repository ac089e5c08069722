import fc from "fast-check";
import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld, type World} from "./world.js";

let built: BuiltWorld | undefined;
afterEach(() => {
  built?.native.close();
  built = undefined;
});
const world = async (given: World) => (built = await buildWorld(given));

const dayOf = (offset: number) => new Date(Date.UTC(2025, 0, 1 + offset)).toISOString().slice(0, 10);
const noon = (offset: number | null) => (offset === null ? null : `${dayOf(offset)} 12:00`);

describe("fct_lead_span", () => {
  const lead = {lead_id: "l", created_at: "2025-01-10 09:00"};
  const spans = async (record: object) => (await world({tables: {lead: [{...lead, ...record}]}})).rows("fct_lead_span", "valid_from", "valid_to", "state", "is_undated");

  it("is open until it is won or lost, and that from then on", async () => {
    expect(await spans({lost_at: "2025-02-01 09:00", state: "lost"})).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-02-01", state: "open", is_undated: false}, {valid_from: "2025-02-01", valid_to: "9999-12-31", state: "lost", is_undated: false}
    ]);
  });

  it("has been open all the time where it was given up and taken up again", async () => {
    expect(await spans({lost_at: "2025-02-01 09:00", state: "open"})).toEqual([{valid_from: "2025-01-10", valid_to: "9999-12-31", state: "open", is_undated: false}]);
  });

  it("is known on as-of alone where nobody knows its day", async () => {
    expect(await spans({state: "lost"})).toEqual([{valid_from: "2025-03-31", valid_to: "9999-12-31", state: "lost", is_undated: true}]);
    expect(await spans({created_at: null})).toEqual([{valid_from: "2025-03-31", valid_to: "9999-12-31", state: "open", is_undated: true}]);
  });
});

describe("the balance of leads", () => {
  const offset = fc.option(fc.integer({min: -5, max: 95}), {nil: null});
  const record = fc.record({created: fc.integer({min: 0, max: 80}), converted: offset, lost: offset, state: fc.constantFrom("open", "won", "lost", null)});

  it("ties over any days: open at the end is open at the start, plus new, minus won, minus lost", () =>
    fc.assert(fc.asyncProperty(fc.array(record, {maxLength: 25}), fc.array(fc.integer({min: -2, max: 89}), {minLength: 2, maxLength: 6}), async (records, days) => {
      const {native} = await buildWorld({tables: {lead: records.map(({created, converted, lost, state}, k) => ({lead_id: k, created_at: noon(created), converted_at: noon(converted), lost_at: noon(lost), state}))}});
      const edges = [...days].sort((a, b) => a - b).map(dayOf);
      for (const [k, start] of edges.slice(0, -1).entries()) {
        const sql = `with known as (from fct_lead where state = 'open' or closed_date is not null),
          open as (select count(*) filter (valid_from <= $1::date and valid_to > $1::date) as before, count(*) filter (valid_from <= $2::date and valid_to > $2::date) as after from fct_lead_span where state = 'open')
          select after::integer as after, (before
            + (select count(*) from known where created_date > $1::date and created_date <= $2::date)
            - (select count(*) from known where closed_date > $1::date and closed_date <= $2::date))::integer as expected from open`;
        const [row] = await native.run({sql, params: [start, edges[k + 1]!]});
        expect(row!["after"]).toBe(row!["expected"]);
      }
      native.close();
    }), {numRuns: 25}));
});
