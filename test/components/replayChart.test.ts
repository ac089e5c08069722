import {describe, expect, it} from "vitest";
import {replayChart} from "../../src/components/replayChart.js";
import {forecastReplayed, forecastReplayedCommit, forecastReplayedInPeriod, forecastReplayedOutcome} from "../../src/metrics/forecastReplayed.js";
import type {Answer, AnswerRow} from "../../src/query/question.js";
import {blank, formatterOf, month} from "./world.js";

const format = await formatterOf("en");
const document = blank();

/** Won, by the stages, by what is won before the month ends, committed: a row a month. */
function answerOf(...months: readonly (readonly [number, number, number, number | null])[]): Answer {
  const metrics = [forecastReplayedOutcome, forecastReplayed, forecastReplayedInPeriod, forecastReplayedCommit];
  const rows = months.flatMap((values, k) => metrics.map(({id}, i): AnswerRow => ({metric: id, role: "trend", period: month(2026, k + 1), members: [], total: true, value: values[i]!, n: 3})));
  return {question: {metrics: metrics.map(({id}) => id), period: "2026-12"}, period: month(2026, 12), asOf: "2027-01-03", rows, missing: [], notApplied: []} as unknown as Answer;
}

const draw = (answer: Answer) => replayChart(answer, {won: forecastReplayedOutcome, stages: forecastReplayed, inPeriod: forecastReplayedInPeriod, commit: forecastReplayedCommit, others: [], format, document});
const finding = (answer: Answer) => draw(answer).querySelector(".qd-finding")!.textContent!.replace(/[\u00a0\u202f\u2060]/g, "");

describe("replayChart(answer)", () => {
  it("says which forecast came nearer, month by month: misses to both sides do not offset", () => {
    expect(finding(answerOf([100, 200, 150, null], [100, 200, 50, null]))).toBe("Forecasting what is won by the month’s end came nearer: off by 50% of what was won, the stages alone by 100%");
    expect(finding(answerOf([100, 110, 200, null], [100, 90, 0, null]))).toBe("Forecasting from the stages alone came nearer: off by 10% of what was won, what is won by the month’s end by 100%");
    expect(finding(answerOf([100, 110, 90, null]))).toBe("Both forecasts were off by 10% of what was won");
  });
  it("says so where nothing was won", () => expect(finding(answerOf([0, 110, 90, null]))).toBe("Nothing was won in the month whose forecasts are replayed"));
  it("marks both forecasts beside what was won, and the commit where one was recorded", () => {
    const keys = (answer: Answer) => [...draw(answer).querySelectorAll(".qd-key > *")].map(({textContent}) => textContent!.trim());
    expect(keys(answerOf([100, 200, 150, null]))).toEqual(["won", "won by the month’s end, replayed", "from the stages, replayed"]);
    expect(keys(answerOf([100, 200, 150, 80]))).toContain("commit, replayed");
  });
});
