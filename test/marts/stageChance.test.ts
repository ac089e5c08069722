import {describe, expect, it} from "vitest";
import {buildWorld} from "./world.js";

const deal = (opportunity_id: string, state: string, created_at: string, more: Record<string, unknown> = {}) => ({opportunity_id, state, stage: "Prospecting", created_at: `${created_at} 08:00:00`, amount: 100, expected_close_date: "2025-03-31", ...more});
const entered = (opportunity_id: string, stage: string, state: string, day: string) => ({history_id: `${opportunity_id}-${stage}`, opportunity_id, stage, state, entered_at: `${day} 08:00:00`});
const day = (days: number, from = "2024-01-01") => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);

/** Forty-one stays in Prospecting, of 1 to 40 and of 100 days; those of at most ten days and the one of 40 ended in a win. */
const past = [...Array.from({length: 40}, (_, i) => i + 1), 100].map((days) => ({id: `old${days}`, days, state: days <= 10 || days === 40 ? "won" : "lost"}));
/** Open on 31 March 2025 after so many days in their stage; one without a history. */
const now = [0, 5, 10, 11, 12, 90];

describe("the chance of an opportunity", async () => {
  const {native} = await buildWorld({
    tables: {
      opportunity: [
        ...past.map(({id, state}) => deal(id, state, "2024-01-01")),
        ...now.map((days) => deal(`now${days}`, "open", day(-days, "2025-03-31"))),
        deal("ancient", "won", "2024-01-01", {stage: "Won", closed_at: "2024-02-01 08:00:00"}),
        deal("silent", "open", "2025-03-01"),
        deal("rare", "open", "2025-03-01", {stage: "Proposal"})
      ],
      opportunity_stage_history: [
        ...past.flatMap(({id, days, state}) => [entered(id, "Prospecting", "open", "2024-01-01"), entered(id, state === "won" ? "Won" : "Lost", state, day(days))]),
        ...now.map((days) => entered(`now${days}`, "Prospecting", "open", day(-days, "2025-03-31"))),
        entered("rare", "Proposal", "open", "2025-03-01")
      ]
    }
  });
  const chances = Object.fromEntries((await native.run({sql: "select opportunity_id, win_chance from fct_expected", params: []})).map(({opportunity_id, win_chance}) => [opportunity_id, Number(win_chance)]));
  native.close();

  it("is that of the old ones that stayed in its stage as long", () => {
    expect(chances["now0"]).toBeCloseTo(11 / 41, 5);
    expect(chances["now5"]).toBeCloseTo(7 / 37, 5);
    expect(chances["now10"]).toBeCloseTo(2 / 32, 5);
    expect(chances["now11"]).toBeCloseTo(1 / 31, 5);
    expect(chances["now12"]).toBeCloseTo(1 / 30, 5);
  });

  it("is that of the thirty longest stays where fewer stayed as long", () => expect(chances["now90"]).toBeCloseTo(1 / 30, 5));

  it("is that of the whole stage where nobody knows for how long", () => expect(chances["silent"]).toBeCloseTo(11 / 41, 5));

  it("is that of all old ones where fewer than thirty were in its stage", () => expect(chances["rare"]).toBeCloseTo(12 / 42, 5));
});
