import {describe, expect, it} from "vitest";
import {buildWorld} from "./world.js";

const day = (days: number, from = "2024-01-01") => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
const deal = (opportunity_id: string, state: string, created: string, more: Record<string, unknown> = {}) => ({opportunity_id, state, stage: "Prospecting", created_at: `${created} 08:00:00`, amount: 100, ...more});
const entered = (opportunity_id: string, stage: string, state: string, at: string) => ({history_id: `${opportunity_id}-${stage}-${at}`, opportunity_id, stage, state, entered_at: `${at} 08:00:00`});

/** Forty that were 1 to 40 days in Prospecting and then won; one of 60 days that was lost. */
const past = [...Array.from({length: 40}, (_, i) => ({id: `won${i + 1}`, days: i + 1, state: "won"})), {id: "lost", days: 60, state: "lost"}];
/** Open on 21 March 2025, when ten days of the month are left, after so many days in their stage. */
const now = [0, 5, 11, 12, 90];
const asOf = "2025-03-21";

describe("the chance of an opportunity to be won by the end of the month", async () => {
  const {native} = await buildWorld({
    asOf,
    tables: {
      opportunity: [
        ...past.map(({id, state}) => deal(id, state, "2024-01-01")),
        ...now.map((days) => deal(`now${days}`, "open", day(-days, asOf), {expected_close_date: "2026-01-31"})),
        deal("back", "open", day(-30, asOf)),
        deal("silent", "open", asOf),
        deal("rare", "open", asOf, {stage: "Proposal"})
      ],
      opportunity_stage_history: [
        ...past.flatMap(({id, days, state}) => [entered(id, "Prospecting", "open", "2024-01-01"), entered(id, state === "won" ? "Won" : "Lost", state, day(days))]),
        ...now.map((days) => entered(`now${days}`, "Prospecting", "open", day(-days, asOf))),
        // Three days in the stage, twenty-five elsewhere, two in the stage again.
        entered("back", "Prospecting", "open", day(-30, asOf)), entered("back", "Proposal", "open", day(-27, asOf)), entered("back", "Prospecting", "open", day(-2, asOf)),
        entered("rare", "Proposal", "open", asOf)
      ]
    }
  });
  const rows = await native.run({sql: "select opportunity_id, chance_in_period, win_chance, is_due from fct_expected", params: []});
  const chances = Object.fromEntries(rows.map(({opportunity_id, chance_in_period}) => [opportunity_id, Number(chance_in_period)]));
  native.close();

  // Of those still open, four came ten days ago or earlier, one of them by so much that its sixth to thirteenth days tell too.
  it("is the share won within as many days of those that had been in its stage for as long", () => {
    expect(chances["now0"]).toBeCloseTo(10 / 45, 5);
    expect(chances["now5"]).toBeCloseTo(10 / 37, 5);
    expect(chances["now11"]).toBeCloseTo(10 / 31, 5);
  });
  it("is that of the longest time that thirty reached where fewer did", () => {
    expect(chances["now12"]).toBeCloseTo(10 / 30, 5);
    expect(chances["now90"]).toBe(chances["now12"]);
  });
  it("counts several visits to the stage together", () => expect(chances["back"]).toBe(chances["now5"]));
  it("is that of all open days where fewer than thirty were in its stage, or its stages have no history", () => {
    expect(chances["rare"]).toBeCloseTo((10 * 11 / 2 + 30 * 10) / (40 * 41 / 2 + 60 + 81 + 21 + 3 + 2), 5);
    expect(chances["silent"]).toBe(chances["rare"]);
  });
  it("is told of what is due later or has no close date, and the chance to be won ever is not", () => {
    expect(rows.every(({is_due, win_chance, chance_in_period}) => is_due === false && win_chance === null && chance_in_period !== null)).toBe(true);
  });
});
