import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld, type World} from "./world.js";

let built: BuiltWorld | undefined;
afterEach(() => built?.native.close());

/** Builds a world; unless named, opportunities are open in Prospecting. */
async function world(given: World): Promise<BuiltWorld> {
  return (built = await buildWorld(given));
}

const won = {opportunity_id: "a", stage: "Won", state: "won", amount: 100, created_at: "2025-01-10 09:00", closed_at: "2025-02-20 12:00"};
const open = {opportunity_id: "a", stage: "Proposal", state: "open", amount: 100, created_at: "2025-01-10 09:00"};
const entry = (id: string, stage: string, state: string, entered_at: string, more = {}) => ({history_id: `h${entered_at}`, opportunity_id: id, stage, state, entered_at, ...more});

describe("fct_opportunity", () => {
  it("has no rows where there are no opportunities, and is not published where none are fed", async () => {
    const {marts, rows} = await world({tables: {}});
    expect(await rows("fct_opportunity")).toEqual([]);
    expect(marts.map(({name}) => name)).not.toContain("fct_opportunity");
  });

  it("takes state, days and cycle from the record where there is no history", async () => {
    const {rows} = await world({tables: {opportunity: [won]}});
    expect(await rows("fct_opportunity", "created_date", "closed_date", "state", "is_won", "is_lost", "is_open", "stage", "amount", "cycle_days")).toEqual([
      {created_date: "2025-01-10", closed_date: "2025-02-20", state: "won", is_won: true, is_lost: false, is_open: false, stage: "Won", amount: 100, cycle_days: 41}
    ]);
  });

  it("makes days in the report's time zone", async () => {
    const late = {...won, created_at: "2025-01-10 23:30", closed_at: "2025-02-20 10:30"};
    const days = async (timeZone: string) => (await world({tables: {opportunity: [late]}, timeZone})).rows("fct_opportunity", "created_date", "closed_date");
    expect(await days("Europe/Budapest")).toEqual([{created_date: "2025-01-11", closed_date: "2025-02-20"}]);
    expect(await days("Pacific/Pago_Pago")).toEqual([{created_date: "2025-01-10", closed_date: "2025-02-19"}]);
  });

  it("does not know what was created after as-of", async () => {
    const {rows} = await world({tables: {opportunity: [open]}, asOf: "2025-01-09"});
    expect(await rows("fct_opportunity")).toEqual([]);
  });

  it("is still open where the record was won after as-of, in a stage that is then unknown", async () => {
    const {rows} = await world({tables: {opportunity: [won]}, asOf: "2025-02-19"});
    expect(await rows("fct_opportunity", "state", "closed_date", "stage", "probability", "cycle_days")).toEqual([
      {state: "open", closed_date: null, stage: null, probability: null, cycle_days: null}
    ]);
  });

  it("is born in the stage that its first logged change left, where no entry says where it began", async () => {
    const change = {opportunity_id: "a", field: "stage", old_value: "Prospecting", new_value: "Proposal", changed_at: "2025-01-20 09:00", history_id: "f"};
    const entered = entry("a", "Proposal", "open", "2025-01-20 09:00");
    const steps = async (opportunity_stage_history: Record<string, unknown>[]) => {
      await world({tables: {opportunity: [open], opportunity_field_history: [change], opportunity_stage_history}});
      return built!.native.run({sql: "select stage, day::varchar as day, step::integer as step from int_stage_event order by step", params: []});
    };
    const both = [{stage: "Prospecting", day: "2025-01-10", step: 1}, {stage: "Proposal", day: "2025-01-20", step: 2}];
    expect(await steps([entered])).toEqual(both);
    expect(await steps([])).toEqual(both);
    expect(await steps([entry("a", "Prospecting", "open", "2025-01-10 09:00:20"), entered])).toEqual(both);
  });

  it("counts the outcome on as-of itself", async () => {
    const {rows} = await world({tables: {opportunity: [won]}, asOf: "2025-02-20"});
    expect(await rows("fct_opportunity", "state")).toEqual([{state: "won"}]);
  });

  it("leaves out what was deleted, merged or made for testing", async () => {
    const {rows} = await world({
      tables: {
        opportunity: [
          {...open, deleted: true},
          {...open, opportunity_id: "b", merged_into_id: "d"},
          {...open, opportunity_id: "c", test: true},
          {...open, opportunity_id: "d", amount: 5}
        ]
      }
    });
    expect(await rows("fct_opportunity", "amount")).toEqual([{amount: 5}]);
  });

  it("keeps an open opportunity without a created day", async () => {
    const {rows} = await world({tables: {opportunity: [{...open, created_at: null}]}});
    expect(await rows("fct_opportunity", "created_date", "state")).toEqual([{created_date: null, state: "open"}]);
  });

  it("has no cycle where it closed before it was created", async () => {
    const {rows} = await world({tables: {opportunity: [{...won, closed_at: "2025-01-02 12:00"}]}});
    expect(await rows("fct_opportunity", "state", "closed_date", "cycle_days")).toEqual([{state: "won", closed_date: "2025-01-02", cycle_days: null}]);
  });

  it("falls back to the typed close date where no other says when it closed", async () => {
    const {rows} = await world({tables: {opportunity: [{...won, closed_at: null, expected_close_date: "2025-02-25"}]}});
    expect(await rows("fct_opportunity", "closed_date")).toEqual([{closed_date: "2025-02-25"}]);
  });

  describe("with stage history", () => {
    const history = [
      entry("a", "Prospecting", "open", "2025-01-10 09:00"),
      entry("a", "Won", "won", "2025-02-01 09:00"),
      entry("a", "Proposal", "open", "2025-02-10 09:00"),
      entry("a", "Won", "won", "2025-03-05 09:00")
    ];
    const standing = (asOf: string, opportunity: object = won) =>
      world({tables: {opportunity: [opportunity as never], opportunity_stage_history: history}, asOf}).then(({rows}) =>
        rows("fct_opportunity", "state", "closed_date", "stage")
      );

    it("lets the stage event win over the typed close date", async () => {
      expect(await standing("2025-03-31")).toEqual([{state: "won", closed_date: "2025-03-05", stage: "Won"}]);
    });

    it("takes a reopened opportunity out of won", async () => {
      expect(await standing("2025-02-15")).toEqual([{state: "open", closed_date: null, stage: "Proposal"}]);
    });

    it("says what the last event up to as-of says", async () => {
      expect(await standing("2025-02-09")).toEqual([{state: "won", closed_date: "2025-02-01", stage: "Won"}]);
      expect(await standing("2025-01-31")).toEqual([{state: "open", closed_date: null, stage: "Prospecting"}]);
    });

    it("does not move the won day when a snapshot repeats the stage", async () => {
      const again = entry("a", "Won", "won", "2025-03-20 09:00", {amount: 120});
      const {rows} = await world({tables: {opportunity: [won], opportunity_stage_history: [...history, again]}});
      expect(await rows("fct_opportunity", "closed_date")).toEqual([{closed_date: "2025-03-05"}]);
    });

    it("reads stage changes from the field history where there is no stage history", async () => {
      const change = (at: string, old_value: string, new_value: string) => ({history_id: at, opportunity_id: "a", field: "stage", old_value, new_value, changed_at: at});
      const {rows} = await world({
        tables: {opportunity: [open], opportunity_field_history: [change("2025-02-01 09:00", "Prospecting", "Won"), change("2025-02-10 09:00", "Won", "Proposal")]},
        asOf: "2025-02-05"
      });
      expect(await rows("fct_opportunity", "state", "closed_date")).toEqual([{state: "won", closed_date: "2025-02-01"}]);
    });

    it("breaks ties in time by stage order", async () => {
      const same = [entry("a", "Won", "won", "2025-02-01 09:00"), {...entry("a", "Proposal", "open", "2025-02-01 09:00"), history_id: "z"}];
      const {rows} = await world({tables: {opportunity: [won], opportunity_stage_history: same}});
      expect(await rows("fct_opportunity", "state")).toEqual([{state: "won"}]);
    });

    it("takes the first stage event for the created day where the record has none", async () => {
      const {rows} = await world({tables: {opportunity: [{...won, created_at: null}], opportunity_stage_history: history}});
      expect(await rows("fct_opportunity", "created_date")).toEqual([{created_date: "2025-01-10"}]);
    });
  });

  describe("money", () => {
    const rates = [
      {currency: "USD", date: "2025-01-01", rate: 0.9},
      {currency: "USD", date: "2025-03-01", rate: 0.8}
    ];

    it("converts what closed at the rate of that day and what is open at the rate of as-of", async () => {
      const {rows} = await world({tables: {opportunity: [{...won, currency: "USD"}, {...open, opportunity_id: "b", currency: "usd"}], fx_rate: rates}});
      expect(await rows("fct_opportunity", "state", "amount")).toEqual([{state: "won", amount: 90}, {state: "open", amount: 80}]);
    });

    it("has no amount where the rate is missing, never a rate of 1", async () => {
      const {rows} = await world({tables: {opportunity: [{...won, currency: "GBP"}, {...won, opportunity_id: "b", currency: "USD", closed_at: "2024-12-31 12:00"}], fx_rate: rates}});
      expect(await rows("fct_opportunity", "amount", "has_amount")).toEqual(Array(2).fill({amount: null, has_amount: false}));
      expect((await rows("fct_opportunity", "unrated_currency")).map(({unrated_currency}) => unrated_currency).sort()).toEqual(["GBP", "USD"]);
    });

    it("takes an amount without currency for the report currency", async () => {
      const {rows} = await world({tables: {opportunity: [won, {...won, opportunity_id: "b", amount: null}]}});
      expect(await rows("fct_opportunity", "amount", "has_amount", "unrated_currency")).toEqual([{amount: 100, has_amount: true, unrated_currency: null}, {amount: null, has_amount: false, unrated_currency: null}]);
    });
  });

  describe("probability", () => {
    it("is the record's own, else the stage's", async () => {
      const {rows} = await world({tables: {opportunity: [{...open, probability: 0.35}, {...open, opportunity_id: "b", created_at: "2025-01-11 09:00"}]}});
      expect(await rows("fct_opportunity", "probability")).toEqual([{probability: 0.35}, {probability: 0.5}]);
    });
  });

  describe("dimensions", () => {
    const crm_user = [
      {user_id: "u1", name: "Ana", team: "North", region: "Coast"},
      {user_id: "u2", name: "Ben", team: "South", region: "Inland"},
      {user_id: "u3", name: "Ben", team: "South", region: "Inland"}
    ];

    it("come from owner, account, product and campaign", async () => {
      const {rows} = await world({
        tables: {
          crm_user,
          opportunity: [{...open, owner_id: "u1", account_id: "c", product_id: "p", campaign_id: "k"}],
          account: [{account_id: "c", segment: "SMB", region: "Elsewhere"}],
          product: [{product_id: "p", name: "Sextant"}],
          campaign: [{campaign_id: "k", source: "fair"}]
        }
      });
      expect(await rows("fct_opportunity", "owner", "team", "region", "source", "product", "segment")).toEqual([
        {owner: "Ana", team: "North", region: "Coast", source: "fair", product: "Sextant", segment: "SMB"}
      ]);
    });

    it("prefer what the opportunity says itself", async () => {
      const {rows} = await world({
        tables: {crm_user, opportunity: [{...open, owner_id: "u1", account_id: "c", region: "Own", segment: "Own", source: "Own"}], account: [{account_id: "c", segment: "SMB"}]}
      });
      expect(await rows("fct_opportunity", "region", "source", "segment")).toEqual([{region: "Own", source: "Own", segment: "Own"}]);
    });

    it("tell two owners of one name apart", async () => {
      const {rows} = await world({tables: {crm_user, opportunity: [{...open, owner_id: "u2"}, {...open, opportunity_id: "b", owner_id: "u3"}]}});
      expect(await rows("fct_opportunity", "owner")).toEqual([{owner: "Ben (u2)"}, {owner: "Ben (u3)"}]);
    });

    it("show an owner that no user list names", async () => {
      const {rows} = await world({tables: {opportunity: [{...open, owner_id: "Darcel"}, {...open, opportunity_id: "b", created_at: "2025-01-11 09:00"}]}});
      expect(await rows("fct_opportunity", "owner", "team")).toEqual([{owner: "Darcel", team: null}, {owner: null, team: null}]);
    });

    it("take the product of the largest line and the source of the lead it came from", async () => {
      const {rows} = await world({
        tables: {
          opportunity: [open],
          opportunity_line: [{line_id: "1", opportunity_id: "a", product_id: "small", amount: 1}, {line_id: "2", opportunity_id: "a", product_id: "large", amount: 9}],
          lead: [{lead_id: "l", converted_opportunity_id: "a", source: "web"}]
        }
      });
      expect(await rows("fct_opportunity", "product", "source")).toEqual([{product: "large", source: "web"}]);
    });

    it("credit the owner on the day of the outcome", async () => {
      const handover = {history_id: "1", opportunity_id: "a", field: "owner_id", old_value: "u1", new_value: "u2", changed_at: "2025-03-01 09:00"};
      const {rows} = await world({
        tables: {
          crm_user,
          opportunity: [{...won, owner_id: "u2"}, {...open, opportunity_id: "b", owner_id: "u2"}],
          opportunity_field_history: [handover, {...handover, history_id: "2", opportunity_id: "b"}]
        }
      });
      expect(await rows("fct_opportunity", "state", "owner")).toEqual([{state: "won", owner: "Ana"}, {state: "open", owner: "Ben (u2)"}]);
    });

    it("credit the first owner where the outcome lies before the creation", async () => {
      const {rows} = await world({tables: {crm_user, opportunity: [{...won, owner_id: "u1", closed_at: "2025-01-02 12:00"}]}});
      expect(await rows("fct_opportunity", "state", "owner")).toEqual([{state: "won", owner: "Ana"}]);
    });
  });
});
