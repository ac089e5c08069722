import {describe, expect, it} from "vitest";
import {headline} from "../../src/components/headline.js";
import type {Answer, Cell} from "../../src/query/question.js";
import {answerOf, blank, faces, formatterOf} from "./world.js";

const en = await formatterOf("en");
const hu = await formatterOf("hu");
const document = blank();
const exact = (part = false): Answer => {
  const answer = answerOf({metrics: ["revenue_won", "win_rate", "sales_cycle_days"], part});
  const table: Record<string, [number, number, number]> = {revenue_won: [1_204_000, 1_115_000, 1_241_000], win_rate: [0.632, 0.62, 0.632], sales_cycle_days: [57, 57, 52]};
  return {...answer, rows: answer.rows.map((row) => (row.role === "trend" ? row : {...row, value: table[row.metric]![row.role === "current" ? 0 : row.role === "previous" ? 1 : 2]!, ...(row.metric === "revenue_won" && row.role === "current" && {target: 1_254_000})}))};
};
const say = (answer: Answer, metrics = [faces.revenue_won, faces.win_rate, faces.sales_cycle_days], format = en) => headline(answer, {metrics: metrics as never, format, document}).textContent!.replace(/[\u00a0\u202f]/g, " ");

describe("headline(answer)", () => {
  it("says period, movement, value and every comparison, then the next numbers shorter", () =>
    expect(say(exact())).toBe(
      "In October 2026, revenue won rose to €1.20M (+8.0% on September, −3.0% on October 2025, 96% of target). Win rate rose to 63.2% (+1.2 pp on September, ±0 on October 2025). Median sales cycle held at 57 days (±0 on September, +9.6% on October 2025)."
    ));
  it("says of a running period which days it holds, and compares with the same days", () => expect(say(exact(true), [faces.revenue_won] as never)).toBe("So far (1–22 November 2026), revenue won rose to €1.20M (+8.0% on 1–22 October, −3.0% on 1–22 November 2025, 134% of the pace to target)."));
  it("in Hungarian puts no suffix on a number or a date", () => expect(say(exact(), [faces.revenue_won] as never, hu)).toBe("2026. október – megnyert bevétel: 1,20 M €, nőtt (szeptember: +8,0%, 2025. október: −3,0%, cél: 96%)."));
  it("numbers stand out, words do not", () => expect([...headline(exact(), {metrics: [faces.revenue_won], format: en, document}).querySelectorAll("strong")].map(({textContent}) => textContent)).toEqual(["€1.20M"]));
  it("passes over what is not in the data", () => expect(say({...exact(), missing: [{metric: "revenue_won", columns: ["opportunity.amount"], why: "not_in_data"}]}, [faces.revenue_won, faces.win_rate] as never)).toMatch(/^In October 2026, win rate rose/));
  it("says why there is no value", () => {
    const none = (cell: Cell): Cell => ({...cell, value: null, reason: "zero_denominator"});
    expect(say(answerOf({metrics: ["win_rate"], cell: none}), [faces.win_rate] as never)).toBe("In October 2026, win rate has no value: nothing to divide by.");
  });
  it("without comparisons says the value", () => {
    const answer = exact();
    expect(say({...answer, rows: answer.rows.filter(({role, metric}) => role === "current" && metric === "win_rate")}, [faces.win_rate] as never)).toBe("In October 2026, win rate was 63.2%.");
  });
});
