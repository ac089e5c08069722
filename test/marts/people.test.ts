import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld, type World} from "./world.js";

let built: BuiltWorld | undefined;
afterEach(() => built?.native.close());
const world = async (given: World) => (built = await buildWorld(given));

const lead = {lead_id: "l", created_at: "2025-01-10 09:00", source: "web"};
const opportunity = {opportunity_id: "o", stage: "Won", state: "won", amount: 100, created_at: "2025-01-20 09:00", closed_at: "2025-02-20 12:00"};

describe("fct_lead", () => {
  const standing = async (record: object, asOf = "2025-03-31", others = {}) =>
    (await world({tables: {lead: [record as never], ...others}, asOf})).rows("fct_lead", "state", "converted_date", "lost_date");

  it("is open until something happened", async () => {
    expect(await standing(lead)).toEqual([{state: "open", converted_date: null, lost_date: null}]);
  });

  it("is won from its conversion on, and open before", async () => {
    const converted = {...lead, converted_at: "2025-02-01 09:00", state: "won"};
    expect(await standing(converted)).toEqual([{state: "won", converted_date: "2025-02-01", lost_date: null}]);
    expect(await standing(converted, "2025-01-31")).toEqual([{state: "open", converted_date: null, lost_date: null}]);
  });

  it("is lost from the day it was given up, and open before", async () => {
    const lost = {...lead, lost_at: "2025-02-01 09:00", state: "lost"};
    expect(await standing(lost)).toEqual([{state: "lost", converted_date: null, lost_date: "2025-02-01"}]);
    expect(await standing(lost, "2025-01-31")).toEqual([{state: "open", converted_date: null, lost_date: null}]);
  });

  it("is what its state says where no day does", async () => {
    expect(await standing({...lead, state: "lost"})).toEqual([{state: "lost", converted_date: null, lost_date: null}]);
    expect(await standing({...lead, state: "won"})).toEqual([{state: "won", converted_date: null, lost_date: null}]);
  });

  it("is open again where it was given up and taken back", async () => {
    expect(await standing({...lead, lost_at: "2025-02-01 09:00", state: "open"})).toEqual([{state: "open", converted_date: null, lost_date: "2025-02-01"}]);
  });

  it("does not exist before it was created, and does where nobody knows when", async () => {
    expect(await standing(lead, "2025-01-09")).toEqual([]);
    expect(await standing({...lead, created_at: null})).toHaveLength(1);
  });

  it("leaves out what was deleted, merged or made for testing", async () => {
    const {rows} = await world({tables: {lead: [{...lead, deleted: true}, {...lead, lead_id: "m", merged_into_id: "n"}, {...lead, lead_id: "t", test: true}]}});
    expect(await rows("fct_lead")).toEqual([]);
  });

  it("was won when its opportunity was, and converted when that was created", async () => {
    const {rows} = await world({tables: {lead: [{...lead, converted_opportunity_id: "o"}], opportunity: [opportunity]}});
    expect(await rows("fct_lead", "converted_date", "won_date")).toEqual([{converted_date: "2025-01-20", won_date: "2025-02-20"}]);
  });

  it("has no won day while its opportunity is not won", async () => {
    const {rows} = await world({tables: {lead: [{...lead, converted_opportunity_id: "o"}], opportunity: [opportunity]}, asOf: "2025-02-19"});
    expect(await rows("fct_lead", "converted_date", "won_date")).toEqual([{converted_date: "2025-01-20", won_date: null}]);
  });

  it("takes source from the campaign and team from the owner where it names none", async () => {
    const {rows} = await world({
      tables: {
        lead: [{...lead, source: null, campaign_id: "k", owner_id: "u", product_id: "p"}],
        campaign: [{campaign_id: "k", source: "fair"}],
        crm_user: [{user_id: "u", name: "Ana", team: "North", region: "Coast"}]
      }
    });
    expect(await rows("fct_lead", "source", "owner", "team", "region", "product")).toEqual([{source: "fair", owner: "Ana", team: "North", region: "Coast", product: "p"}]);
  });
});

describe("fct_owner_day", () => {
  const done = {type: "call", owner_id: "u", done: true, done_at: "2025-02-03 09:00"};

  it("counts what was done, not what was planned or sent by a machine", async () => {
    const activity = [
      {...done, activity_id: "1"},
      {...done, activity_id: "2", done: null},
      {...done, activity_id: "3", done: false},
      {...done, activity_id: "4", automated: true},
      {...done, activity_id: "5", done_at: null},
      {...done, activity_id: "6", deleted: true}
    ];
    const {rows} = await world({tables: {activity}});
    expect(await rows("fct_owner_day", "date", "owner", "activities")).toEqual([{date: "2025-02-03", owner: "u", activities: 2}]);
  });

  it("does not know what was done after as-of", async () => {
    const {rows} = await world({tables: {activity: [{...done, activity_id: "1"}]}, asOf: "2025-02-02"});
    expect(await rows("fct_owner_day")).toEqual([]);
  });

  it("counts opportunities created, moved and closed where there are no activities", async () => {
    const entry = (stage: string, state: string, entered_at: string) => ({history_id: entered_at, opportunity_id: "o", stage, state, entered_at});
    const {rows} = await world({
      tables: {
        opportunity: [{...opportunity, owner_id: "u"}],
        opportunity_stage_history: [entry("Prospecting", "open", "2025-01-20 09:00"), entry("Proposal", "open", "2025-02-20 08:00"), entry("Won", "won", "2025-02-20 12:00")]
      }
    });
    expect(await rows("fct_owner_day", "date", "owner", "activities", "opportunities_created", "stage_moves", "opportunities_closed")).toEqual([
      {date: "2025-01-20", owner: "u", activities: 0, opportunities_created: 1, stage_moves: 0, opportunities_closed: 0},
      {date: "2025-02-20", owner: "u", activities: 0, opportunities_created: 0, stage_moves: 2, opportunities_closed: 1}
    ]);
  });
});

describe("fct_target", () => {
  it("names owners as the report does and converts money", async () => {
    const {rows} = await world({
      tables: {
        crm_user: [{user_id: "u", name: "Ana"}],
        target: [
          {metric: "revenue_won", period: "2025", level: "company", member: "", value: 1000, currency: "USD"},
          {metric: "revenue_won", period: "2025", level: "owner", member: "u", value: 10},
          {metric: "revenue_won", period: "2025", level: "team", member: "North", value: 10, currency: "GBP"},
          {metric: "win_rate", period: "2025", level: "team", member: "North", value: 0.4}
        ],
        fx_rate: [{currency: "USD", date: "2025-01-01", rate: 0.5}]
      }
    });
    expect(await rows("fct_target", "metric", "period", "level", "member", "value")).toEqual([
      {metric: "revenue_won", period: "2025", level: "company", member: null, value: 500},
      {metric: "revenue_won", period: "2025", level: "owner", member: "Ana", value: 10},
      {metric: "win_rate", period: "2025", level: "team", member: "North", value: 0.4}
    ]);
  });

  const goal = (metric: string, level: string, member: string | null, value: number) => ({metric, period: "2025-06", level, member, value});
  const crm_user = [
    {user_id: "a", name: "Ana", team: "Red", region: "North"},
    {user_id: "b", name: "Ben", team: "Red", region: "South", hired_on: "2025-06-16"},
    {user_id: "c", name: "Cy", team: "Blue", region: "North", left_on: "2025-06-11"}
  ];

  it("counts the goal of who came or left within the period for the days they were there, but no goal for a rate", async () => {
    const {rows} = await world({tables: {crm_user, target: [goal("revenue_won", "owner", "a", 60), goal("revenue_won", "owner", "b", 60), goal("revenue_won", "owner", "Cy", 60), goal("win_rate", "owner", "b", 0.4)]}});
    expect(await rows("fct_target", "metric", "member", "value")).toEqual([
      {metric: "revenue_won", member: "Ana", value: 60}, {metric: "revenue_won", member: "Ben", value: 30}, {metric: "revenue_won", member: "Cy", value: 20}, {metric: "win_rate", member: "Ben", value: 0.4}
    ]);
  });

  it("knows what the goals one level down come to", async () => {
    const target = [
      goal("revenue_won", "company", null, 200), goal("revenue_won", "team", "Red", 120), goal("revenue_won", "team", "Blue", 50), goal("revenue_won", "region", "North", 70),
      goal("revenue_won", "owner", "a", 60), goal("revenue_won", "owner", "b", 60), goal("revenue_won", "owner", "c", 60),
      goal("win_rate", "company", null, 0.3), goal("win_rate", "owner", "a", 0.4)
    ];
    const {rows} = await world({tables: {crm_user, target}});
    expect(await rows("fct_target", "metric", "level", "member", "regions", "teams", "owners")).toEqual([
      {metric: "revenue_won", level: "company", member: null, regions: 70, teams: 170, owners: 110},
      {metric: "revenue_won", level: "owner", member: "Ana", regions: null, teams: null, owners: null},
      {metric: "revenue_won", level: "owner", member: "Ben", regions: null, teams: null, owners: null},
      {metric: "revenue_won", level: "owner", member: "Cy", regions: null, teams: null, owners: null},
      {metric: "revenue_won", level: "region", member: "North", regions: null, teams: null, owners: 80},
      {metric: "revenue_won", level: "team", member: "Blue", regions: null, teams: null, owners: 20},
      {metric: "revenue_won", level: "team", member: "Red", regions: null, teams: null, owners: 90},
      {metric: "win_rate", level: "company", member: null, regions: null, teams: null, owners: null},
      {metric: "win_rate", level: "owner", member: "Ana", regions: null, teams: null, owners: null}
    ]);
  });

  it("leaves milestones out", async () => {
    const {rows} = await world({tables: {target: [{...goal("revenue_won", "company", null, 200), due: "2025-06-15"}]}});
    expect(await rows("fct_target")).toEqual([]);
  });
});

describe("dim_owner", () => {
  it("publishes no days of hiring or leaving", async () => {
    const {rows} = await world({tables: {crm_user: [{user_id: "u", name: "Ana", team: "North", hired_on: "2024-01-01", left_on: "2025-04-01"}]}});
    expect(await rows("dim_owner")).toEqual([{owner: "Ana", team: "North", region: null}]);
  });
});
