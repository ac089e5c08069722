import {afterEach, describe, expect, it} from "vitest";
import {buildWorld, type BuiltWorld, type World} from "./world.js";

let built: BuiltWorld | undefined;
afterEach(() => built?.native.close());
const world = async (given: World) => (built = await buildWorld(given));

const call = {activity_id: "1", type: "call", owner_id: "u", done: true, done_at: "2025-02-03 09:00"};

describe("fct_activity", () => {
  it("holds what people have done, not what is planned, automated, deleted or an integration's", async () => {
    const {rows} = await world({tables: {
      activity: [call, {...call, activity_id: "2", done: false}, {...call, activity_id: "3", automated: true}, {...call, activity_id: "4", deleted: true}, {...call, activity_id: "5", owner_id: "robot"}, {...call, activity_id: "6", done_at: "2025-04-01 09:00"}],
      crm_user: [{user_id: "u", name: "Ana"}, {user_id: "robot", name: "Robot", automated: true}]
    }});
    expect(await rows("fct_activity", "date", "type", "owner", "points")).toEqual([{date: "2025-02-03", type: "call", owner: "Ana", points: 2}]);
  });
});

describe("fct_meeting", () => {
  const met = (id: string, day: string, more = {}) => ({activity_id: id, type: "meeting", account_id: "c", done: true, done_at: `${day} 09:00`, ...more});
  const deal = (id: string, created: string, closed?: string) => ({opportunity_id: id, account_id: "c", stage: closed ? "Lost" : "Proposal", state: closed ? "lost" : "open", created_at: `${created} 12:00`, closed_at: closed ? `${closed} 12:00` : null});
  const meetings = async (activity: object[], opportunity: object[]) =>
    (await world({tables: {account: [{account_id: "c"}], activity: activity as never, opportunity: opportunity as never}})).rows("fct_meeting", "date", "opportunity_date");

  it("credits an opportunity to the last meeting on or before its day", async () => {
    expect(await meetings([met("1", "2025-01-02"), met("2", "2025-01-09"), met("3", "2025-01-20")], [deal("o", "2025-01-20")])).toEqual([
      {date: "2025-01-02", opportunity_date: null}, {date: "2025-01-09", opportunity_date: null}, {date: "2025-01-20", opportunity_date: "2025-01-20"}
    ]);
  });

  it("leaves out meetings while an opportunity is open, its last day included", async () => {
    const days = ["2025-01-05", "2025-01-06", "2025-01-10", "2025-01-11"];
    expect((await meetings(days.map((day) => met(day, day)), [deal("o", "2025-01-05", "2025-01-10")])).map(({date}) => date)).toEqual(["2025-01-05", "2025-01-11"]);
  });
});
