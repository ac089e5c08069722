import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld, type World} from "./world.js";

let built: BuiltWorld | undefined;
afterEach(() => built?.native.close());

async function world(given: World): Promise<BuiltWorld> {
  return (built = await buildWorld(given));
}

const seconds = (stamp: string) => Date.parse(`${stamp.replace(" ", "T")}:00Z`) / 1000;
const deal = {opportunity_id: "a", stage: "Won", state: "won", amount: 100, source: "Web", created_at: "2025-01-10 09:00", closed_at: "2025-02-20 12:00"};
const entered = (id: string, stage: string, state: string, entered_at: string, more = {}) => ({history_id: `${id}${entered_at}`, opportunity_id: id, stage, state, entered_at, ...more});
const events = async ({rows}: BuiltWorld, mart: string, ...columns: string[]) => rows(mart, "entity", "event", ...columns);

describe("fct_opportunity_event", () => {
  it("tells an opportunity from its creation to payment, dates without a time as such", async () => {
    const found = await world({tables: {
      opportunity: [deal],
      opportunity_stage_history: [entered("a", "Prospecting", "open", "2025-01-10 09:00"), entered("a", "Proposal", "open", "2025-01-20 10:00"), entered("a", "Won", "won", "2025-02-20 12:00")],
      quote: [{quote_id: "q", opportunity_id: "a", created_at: "2025-02-01 08:00", status: "Presented", amount: 90}, {quote_id: "r", opportunity_id: "a", created_at: "2025-02-02 08:00", status: "Draft", amount: 80}],
      sales_order: [{order_id: "o", quote_id: "q", order_date: "2025-02-25", net_amount: 95}],
      invoice: [{invoice_id: "i", order_id: "o", invoice_date: "2025-03-01", net_amount: 95, paid_at: "2025-03-20 15:00"}]
    }});
    expect(await events(found, "fct_opportunity_event", "number", "stage", "day", "second", "value")).toEqual([
      {entity: 1, event: "opportunity_created", number: 1, stage: null, day: "2025-01-10", second: seconds("2025-01-10 09:00"), value: 100},
      {entity: 1, event: "stage_entered", number: 2, stage: "Prospecting", day: "2025-01-10", second: seconds("2025-01-10 09:00"), value: 100},
      {entity: 1, event: "stage_entered", number: 3, stage: "Proposal", day: "2025-01-20", second: seconds("2025-01-20 10:00"), value: 100},
      {entity: 1, event: "quote_sent", number: 4, stage: null, day: "2025-02-01", second: seconds("2025-02-01 08:00"), value: 90},
      {entity: 1, event: "opportunity_won", number: 5, stage: null, day: "2025-02-20", second: seconds("2025-02-20 12:00"), value: 100},
      {entity: 1, event: "order_placed", number: 6, stage: null, day: "2025-02-25", second: null, value: 95},
      {entity: 1, event: "invoice_paid", number: 7, stage: null, day: "2025-03-20", second: seconds("2025-03-20 15:00"), value: 95}
    ]);
  });

  it("counts what is dated before the creation as of then, flagged", async () => {
    const found = await world({tables: {opportunity: [{...deal, closed_at: "2025-01-05 12:00"}]}});
    expect(await events(found, "fct_opportunity_event", "day", "second", "is_early")).toEqual([
      {entity: 1, event: "opportunity_created", day: "2025-01-10", second: seconds("2025-01-10 09:00"), is_early: false},
      {entity: 1, event: "opportunity_won", day: "2025-01-10", second: seconds("2025-01-10 09:00"), is_early: true}
    ]);
  });

  it("knows no time on a day of which one event's time is not known", async () => {
    const found = await world({tables: {
      opportunity: [{...deal, created_at: "2025-02-20 09:00"}],
      sales_order: [{order_id: "o", opportunity_id: "a", order_date: "2025-02-20", net_amount: 95}]
    }});
    expect((await events(found, "fct_opportunity_event", "second")).map(({event, second}) => [event, second])).toEqual([["opportunity_created", null], ["opportunity_won", null], ["order_placed", null]]);
  });

  it("has a win that still stands, not one that was reopened, and the owner of the day", async () => {
    const history = [entered("a", "Won", "won", "2025-01-20 10:00"), entered("a", "Proposal", "open", "2025-02-01 10:00")];
    const found = await world({tables: {
      opportunity: [{...deal, stage: "Proposal", state: "open", closed_at: null, owner_id: "y"}],
      opportunity_stage_history: history,
      opportunity_field_history: [{history_id: "f", opportunity_id: "a", field: "owner_id", old_value: "x", new_value: "y", changed_at: "2025-01-25 08:00"}],
      crm_user: [{user_id: "x", name: "Xan", team: "North"}, {user_id: "y", name: "Yui", team: "South"}]
    }});
    expect(await events(found, "fct_opportunity_event", "stage", "owner", "team")).toEqual([
      {entity: 1, event: "opportunity_created", stage: null, owner: "Xan", team: "North"},
      {entity: 1, event: "stage_entered", stage: "Proposal", owner: "Yui", team: "South"}
    ]);
  });

  it("turns amounts into the report's currency at the rate of the event's day", async () => {
    const found = await world({tables: {
      opportunity: [{...deal, currency: "USD"}, {...deal, opportunity_id: "b", currency: "CHF"}],
      fx_rate: [{currency: "USD", date: "2025-01-01", rate: 0.5}, {currency: "USD", date: "2025-02-01", rate: 0.8}]
    }});
    expect((await events(found, "fct_opportunity_event", "value", "unrated_currency")).map(({value, unrated_currency}) => [value, unrated_currency])).toEqual([[50, null], [80, null], [null, "CHF"], [null, "CHF"]]);
  });
});

describe("fct_lead_event", () => {
  const lead = {lead_id: "l", state: "won", source: "Web", created_at: "2025-01-05 08:00", qualified_at: "2025-01-07 00:00", converted_at: "2025-01-10 09:00", converted_opportunity_id: "a"};

  it("follows a lead through its opportunity", async () => {
    const found = await world({tables: {lead: [lead], opportunity: [deal]}});
    expect((await events(found, "fct_lead_event", "day", "second")).map(({event, day, second}) => [event, day, second === null])).toEqual([
      ["lead_created", "2025-01-05", false], ["lead_qualified", "2025-01-07", true], ["lead_converted", "2025-01-10", false],
      ["opportunity_created", "2025-01-10", false], ["opportunity_won", "2025-02-20", false]
    ]);
  });

  it("takes what an opportunity does before its lead as of the lead's first day, and what is lost as lost", async () => {
    const found = await world({tables: {
      lead: [{...lead, created_at: "2025-02-01 08:00"}, {lead_id: "m", state: "lost", created_at: "2025-01-05", lost_at: "2025-01-09 10:00"}], opportunity: [deal]
    }});
    expect((await events(found, "fct_lead_event", "day", "is_early")).map(({entity, event, day, is_early}) => [entity, event, day, is_early])).toEqual([
      [1, "lead_created", "2025-01-05", false], [1, "lead_lost", "2025-01-09", false],
      [2, "lead_created", "2025-02-01", false], [2, "lead_qualified", "2025-02-01", true], [2, "lead_converted", "2025-02-01", true],
      [2, "opportunity_created", "2025-02-01", true], [2, "opportunity_won", "2025-02-20", false]
    ]);
  });

  it("stands where no opportunities are fed", async () => {
    const found = await world({tables: {lead: [{...lead, converted_opportunity_id: null}]}});
    expect(found.marts.map(({name}) => name).filter((name) => name.endsWith("_event"))).toEqual(["fct_lead_event"]);
    expect(await events(found, "fct_lead_event")).toHaveLength(3);
  });
});

describe("fct_case_event", () => {
  it("reads a plain log: case, step, time", async () => {
    const found = await world({timeZone: "Europe/Budapest", tables: {case_event: [
      {case_id: "7", step: "visit", at: "2025-03-01 23:30"}, {case_id: "7", step: "order", at: "2025-03-03 10:00", value: 12, region: "East"},
      {case_id: "3", step: "visit", at: "2025-03-04 23:00"}, {case_id: "3", step: "order", at: "2025-04-30 10:00"}
    ]}});
    expect(await events(found, "fct_case_event", "kind", "day", "second", "value", "region")).toEqual([
      {entity: 1, event: "visit", kind: "case", day: "2025-03-02", second: seconds("2025-03-01 23:30"), value: null, region: null},
      {entity: 1, event: "order", kind: "case", day: "2025-03-03", second: seconds("2025-03-03 10:00"), value: 12, region: "East"},
      {entity: 2, event: "visit", kind: "case", day: "2025-03-05", second: null, value: null, region: null}
    ]);
  });
});
