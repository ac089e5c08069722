import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld, type World} from "./world.js";

let built: BuiltWorld | undefined;
afterEach(() => built?.native.close());

const spans = async (world: World, ...columns: string[]) => {
  built = await buildWorld(world);
  return built.rows("fct_opportunity_span", "valid_from", "valid_to", ...columns);
};

const won = {opportunity_id: "a", stage: "Won", state: "won", amount: 100, created_at: "2025-01-10 09:00", closed_at: "2025-02-20 12:00"};
const open = {opportunity_id: "a", stage: "Proposal", state: "open", amount: 100, created_at: "2025-01-10 09:00"};
const entry = (stage: string, state: string, entered_at: string, more = {}) => ({history_id: `h${entered_at}`, opportunity_id: "a", stage, state, entered_at, ...more});
const change = (field: string, changed_at: string, old_value: unknown, new_value: unknown) => ({history_id: `f${changed_at}`, opportunity_id: "a", field, old_value, new_value, changed_at});

describe("fct_opportunity_span", () => {
  it("runs from created to closed, end exclusive, where there is no history", async () => {
    expect(await spans({tables: {opportunity: [won]}}, "is_undated")).toEqual([{valid_from: "2025-01-10", valid_to: "2025-02-20", is_undated: false}]);
  });

  it("has no end while open", async () => {
    expect(await spans({tables: {opportunity: [open]}}, "stage", "amount", "probability")).toEqual([
      {valid_from: "2025-01-10", valid_to: "9999-12-31", stage: "Proposal", amount: 100, probability: 0.5}
    ]);
  });

  it("has no end where it was closed after as-of", async () => {
    expect(await spans({tables: {opportunity: [won]}, asOf: "2025-02-19"})).toEqual([{valid_from: "2025-01-10", valid_to: "9999-12-31"}]);
  });

  it("does not know the stage of a past time while open where only the outcome is recorded", async () => {
    expect(await spans({tables: {opportunity: [won]}}, "stage", "probability")).toEqual([{valid_from: "2025-01-10", valid_to: "2025-02-20", stage: null, probability: null}]);
  });

  it("stands an open opportunity without a date on as-of only", async () => {
    expect(await spans({tables: {opportunity: [{...open, created_at: null}]}}, "is_undated")).toEqual([
      {valid_from: "2025-03-31", valid_to: "9999-12-31", is_undated: true}
    ]);
  });

  it("has none for what closed without a created day, on its created day, or before it", async () => {
    const closed = [
      {...won, created_at: null},
      {...won, opportunity_id: "b", closed_at: "2025-01-10 18:00"},
      {...won, opportunity_id: "c", closed_at: "2025-01-02 18:00"}
    ];
    expect(await spans({tables: {opportunity: closed}})).toEqual([]);
  });

  it("changes with the stage and pauses while won", async () => {
    const history = [
      entry("Prospecting", "open", "2025-01-10 09:00"),
      entry("Proposal", "open", "2025-01-20 09:00"),
      entry("Won", "won", "2025-02-01 09:00"),
      entry("Proposal", "open", "2025-02-10 09:00"),
      entry("Won", "won", "2025-03-05 09:00")
    ];
    expect(await spans({tables: {opportunity: [won], opportunity_stage_history: history}}, "stage")).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-01-20", stage: "Prospecting"},
      {valid_from: "2025-01-20", valid_to: "2025-02-01", stage: "Proposal"},
      {valid_from: "2025-02-10", valid_to: "2025-03-05", stage: "Proposal"}
    ]);
  });

  it("counts a day by the stage it ended in", async () => {
    const history = [entry("Prospecting", "open", "2025-01-10 09:00"), entry("Proposal", "open", "2025-01-10 15:00"), entry("Won", "won", "2025-01-10 16:00"), entry("Proposal", "open", "2025-01-11 09:00")];
    expect(await spans({tables: {opportunity: [open], opportunity_stage_history: history}}, "stage")).toEqual([
      {valid_from: "2025-01-11", valid_to: "9999-12-31", stage: "Proposal"}
    ]);
  });

  it("reaches back to the created day where the first event is later", async () => {
    const history = [entry("Prospecting", "open", "2025-01-15 09:00"), entry("Proposal", "open", "2025-01-20 09:00")];
    expect(await spans({tables: {opportunity: [open], opportunity_stage_history: history}}, "stage")).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-01-20", stage: "Prospecting"},
      {valid_from: "2025-01-20", valid_to: "9999-12-31", stage: "Proposal"}
    ]);
  });

  it("begins on the created day where events are older", async () => {
    const history = [entry("Prospecting", "open", "2024-12-15 09:00"), entry("Proposal", "open", "2025-01-20 09:00")];
    expect(await spans({tables: {opportunity: [open], opportunity_stage_history: history}}, "stage")).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-01-20", stage: "Prospecting"},
      {valid_from: "2025-01-20", valid_to: "9999-12-31", stage: "Proposal"}
    ]);
  });

  it("changes with amount and close date of the field history, before the first change with the old value", async () => {
    const history = [
      change("amount", "2025-02-01 09:00", 60, 80),
      change("amount", "2025-03-01 09:00", 80, 100),
      change("expected_close_date", "2025-02-01 09:00", "2025-03-31", "2025-04-30")
    ];
    const record = {...open, expected_close_date: "2025-04-30"};
    expect(await spans({tables: {opportunity: [record], opportunity_field_history: history}}, "amount", "expected_close_date")).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-02-01", amount: 60, expected_close_date: "2025-03-31"},
      {valid_from: "2025-02-01", valid_to: "2025-03-01", amount: 80, expected_close_date: "2025-04-30"},
      {valid_from: "2025-03-01", valid_to: "9999-12-31", amount: 100, expected_close_date: "2025-04-30"}
    ]);
  });

  it("does not know changes after as-of, nor what the record says after them", async () => {
    const history = [change("amount", "2025-02-01 09:00", 60, 80), change("amount", "2025-03-01 09:00", 80, 100)];
    const record = {...open, updated_at: "2025-03-01 09:00"};
    expect(await spans({tables: {opportunity: [record], opportunity_field_history: history}, asOf: "2025-02-15"}, "amount")).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-02-01", amount: 60},
      {valid_from: "2025-02-01", valid_to: "9999-12-31", amount: 80}
    ]);
  });

  it("knows an amount that was taken away", async () => {
    const history = [change("amount", "2025-02-01 09:00", 60, null)];
    const other = {...open, opportunity_id: "z", created_at: "2025-03-01 09:00"};
    expect(await spans({tables: {opportunity: [{...open, amount: null}, other], opportunity_field_history: history}}, "amount")).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-02-01", amount: 60},
      {valid_from: "2025-02-01", valid_to: "9999-12-31", amount: null},
      {valid_from: "2025-03-01", valid_to: "9999-12-31", amount: 100}
    ]);
  });

  it("ends with what the record says, from its modification stamp on", async () => {
    const history = [entry("Proposal", "open", "2025-01-10 09:00", {amount: 70})];
    expect(await spans({tables: {opportunity: [{...open, updated_at: "2025-02-05 09:00"}], opportunity_stage_history: history}}, "amount")).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-02-05", amount: 70},
      {valid_from: "2025-02-05", valid_to: "9999-12-31", amount: 100}
    ]);
  });

  it("is one span where a snapshot repeats everything", async () => {
    const history = ["2025-01-10 09:00", "2025-01-20 09:00", "2025-02-20 09:00"].map((at) => entry("Proposal", "open", at, {amount: 100}));
    expect(await spans({tables: {opportunity: [open], opportunity_stage_history: history}})).toEqual([{valid_from: "2025-01-10", valid_to: "9999-12-31"}]);
  });

  it("changes with the owner, whose team and region it takes", async () => {
    const crm_user = [
      {user_id: "u1", name: "Ana", team: "North", region: "Coast"},
      {user_id: "u2", name: "Ben", team: "South", region: "Inland"}
    ];
    const opportunity = [{...open, owner_id: "u2"}];
    expect(await spans({tables: {crm_user, opportunity, opportunity_field_history: [change("owner_id", "2025-02-01 09:00", "u1", "u2")]}}, "owner", "team", "region")).toEqual([
      {valid_from: "2025-01-10", valid_to: "2025-02-01", owner: "Ana", team: "North", region: "Coast"},
      {valid_from: "2025-02-01", valid_to: "9999-12-31", owner: "Ben", team: "South", region: "Inland"}
    ]);
  });

  it("values a stock at the rate of as-of", async () => {
    const fx_rate = [
      {currency: "USD", date: "2025-01-01", rate: 0.9},
      {currency: "USD", date: "2025-03-01", rate: 0.8}
    ];
    expect(await spans({tables: {opportunity: [{...won, currency: "USD"}], fx_rate}}, "amount")).toEqual([{valid_from: "2025-01-10", valid_to: "2025-02-20", amount: 80}]);
  });
});
