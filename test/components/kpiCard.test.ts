import {describe, expect, it} from "vitest";
import {kpiCard} from "../../src/components/kpiCard.js";
import type {MetricFace} from "../../src/components/options.js";
import type {Answer, Cell} from "../../src/query/question.js";
import {answerOf, blank, faces, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const card = (answer: Answer, metric: MetricFace, options = {}) => kpiCard(answer, {metric, format, document, ...options});
const lines = (root: Element) => [...root.querySelectorAll(".qd-changes li")].map((line) => line.textContent);
const withCell = (metric: keyof typeof faces, cell: (cell: Cell, at: {role: string}) => Cell) => answerOf({metrics: [metric], cell});

describe("kpiCard(answer)", () => {
  it("shows name, value with unit, period, n, three comparisons, trend and definition", () => {
    const root = card(answerOf({metrics: ["revenue_won"], targets: true}), faces.revenue_won, {definitionHref: "definitions#revenue_won"});
    expect(root.querySelector("h2")!.textContent).toBe("Revenue won");
    expect(root.querySelector(".qd-value")!.textContent).toMatch(/^€\d/);
    expect(root.querySelector(".qd-n")!.textContent).toBe("October 2026 n = 62");
    expect(lines(root)).toEqual([expect.stringMatching(/ than September$/), expect.stringMatching(/ than October 2025$/), expect.stringMatching(/% of target €1.25M, (ahead|behind)$/)]);
    expect(root.querySelector("svg.qd-sparkline")).not.toBeNull();
    expect(root.querySelector("a")!.getAttribute("href")).toBe("definitions#revenue_won");
    expect(root.querySelector("a")!.getAttribute("aria-label")).toBe("Definition of Revenue won");
  });
  it("puts the chosen comparison first", () => expect(lines(card(answerOf({metrics: ["win_rate"], targets: true}), faces.win_rate, {compare: "target"}))[0]).toMatch(/ pp (better|worse) than target 32\.2%$/));
  it("says better where down is good and the number fell", () => {
    const root = card(withCell("sales_cycle_days", (cell, {role}) => ({...cell, value: role === "current" ? 50 : 57, n: 60})), faces.sales_cycle_days);
    expect(lines(root)[0]).toBe("▼ −12.3% better than September");
    expect(root.querySelector("li")!.getAttribute("data-tone")).toBe("good");
  });
  it("takes no side where neither way is good", () => expect(card(answerOf({metrics: ["open_pipeline"]}), faces.open_pipeline).querySelector("li")!.getAttribute("data-tone")).toBe("neutral"));
  it("is grey and takes no side on small n, and says so", () => {
    const root = card(withCell("win_rate", (cell) => ({...cell, n: 9})), faces.win_rate);
    expect(root.querySelector(".qd-value")!.className).toContain("qd-muted");
    expect([...root.querySelectorAll("li")].every((line) => line.getAttribute("data-tone") === "neutral")).toBe(true);
    expect(root.querySelector(".qd-caveats")!.textContent).toContain("small n (under 10)");
  });
  it("shows a dash and the reason where there is no value, never 0", () => {
    const root = card(withCell("win_rate", (cell, {role}) => (role === "current" ? {value: null, n: 0, reason: "zero_denominator"} : cell)), faces.win_rate);
    expect(root.querySelector(".qd-value")!.textContent).toBe("–");
    expect(root.querySelector(".qd-n")!.textContent).toContain("nothing to divide by");
    expect(lines(root)).toEqual([]);
  });
  it("shows the latest complete period under its own name while the current one is still in its window", () => {
    const rate = (cell: Cell, {role, i}: {role: string; i: number}): Cell => (role === "current" || (role === "trend" && i > 11) ? {value: null, n: 0, reason: "immature", inProgress: 539} : {...cell, value: 0.14, n: 500, inProgress: i === 11 ? 400 : 0});
    const answer = withCell("win_rate", rate as Parameters<typeof withCell>[1]);
    const root = card(answer, faces.win_rate);
    expect(root.querySelector(".qd-value")!.textContent).toBe("14.0%");
    expect(root.querySelector(".qd-n")!.textContent).toBe("July 2026, the latest complete n = 500");
    expect(root.querySelector(".qd-open-window")!.textContent).toBe("October 2026: window still open, 539 records in it");
    expect(lines(root)).toEqual([]);
    const until = (rows: Answer["rows"]) => card({...answer, rows}, faces.win_rate).querySelector("svg.qd-sparkline")!.innerHTML;
    expect(until(answer.rows)).toBe(until(answer.rows.map((row) => (row.role === "trend" && row.inProgress ? {...row, value: null} : row))));
    const none = card({...answer, rows: answer.rows.filter(({role, value}) => role !== "trend" || value === null)}, faces.win_rate);
    expect(none.querySelector(".qd-value")!.textContent).toBe("–");
    expect(none.querySelector(".qd-n")!.textContent).toContain("its window has not passed yet");
  });
  it("holds a part period against the part of the target that was due", () => {
    const part = answerOf({metrics: ["revenue_won", "win_rate", "open_pipeline"], part: true, cell: (cell) => ({...cell, value: 700, n: 50, target: 1050})});
    expect(lines(card(part, faces.revenue_won))[2]).toBe("▼ 93% of the pace to target €1,050, behind (15 of 21 working days)");
    expect(lines(card(part, {...faces.revenue_won, type: "cumulative", additivity: "none"}))[2]).toBe("– – target €1,050 is for the whole period");
    expect(lines(card(part, faces.open_pipeline))[2]).toBe("▼ 67% of target €1,050");
  });
  it("compares with nothing where the reference began before the data, and says so", () => {
    const root = card(withCell("win_rate", (cell, {role}) => (role === "last_year" ? {value: null, n: 3, reason: "incomplete"} : cell)), faces.win_rate);
    expect(lines(root)[1]).toBe("– – no comparison with October 2025 (not wholly in your data)");
  });
  it("names the currency and the days that lack a rate", () => {
    const unrated = [{currency: "CHF", first: "2026-10-03", last: "2026-10-03", count: 1}, {currency: "SEK", first: "2025-01-02", last: "2026-10-05", count: 4}];
    const one = (cell: Cell, count: number): Answer => ({...withCell("revenue_won", (other, {role}) => (role === "current" ? {...cell, unrated: count} : other)), unrated});
    const none = card(one({value: null, n: 0, reason: "no_rate"}, 2), faces.revenue_won);
    expect(none.querySelector(".qd-n")!.textContent).toBe("October 2026 no exchange rate");
    expect(none.querySelector(".qd-caveats")!.textContent).toBe("2 amounts left out, no exchange rate: CHF on 3 October 2026, SEK from 2 January 2025 to 5 October 2026");
    expect(card(one({value: 100, n: 50}, 1), faces.revenue_won).querySelector(".qd-caveats")!.textContent).toContain("1 amount left out, no exchange rate: CHF on");
    expect(card(withCell("revenue_won", (cell) => cell), faces.revenue_won).textContent).not.toContain("exchange rate");
  });
  it("says where the reference has no value", () => {
    const root = card(withCell("win_rate", (cell, {role}) => (role === "previous" ? {value: null, n: 0, reason: "no_rows"} : cell)), faces.win_rate);
    expect(lines(root)[0]).toBe("– – no comparison with September (no records)");
  });
  it("says what qualifies the number", () => {
    const answer = {...withCell("open_pipeline", (cell) => ({...cell, coverage: 0.914, undated: 500, inProgress: 1})), notApplied: [{metric: "open_pipeline", dimension: "source"}]};
    expect(card(answer, faces.open_pipeline).querySelector(".qd-caveats")!.textContent).toBe("91% have a value · 500 undated · 1 still in its window · not filtered by Source");
  });
  it("says against zero that a percentage means nothing", () => expect(lines(card(withCell("new_leads", (cell, {role}) => ({...cell, value: role === "current" ? 40 : 0, n: 40})), faces.new_leads))[0]).toBe("▲ +40 better than September (% n/m: was 0)"));
  it("keeps the card where the data are not published, and says so", () => {
    const root = card({...answerOf({metrics: ["revenue_won"]}), missing: [{metric: "revenue_won", columns: ["opportunity.amount"], why: "not_published"}]}, faces.revenue_won);
    expect(root.querySelector('[data-why="not_published"]')!.textContent).toMatch(/^Not published in this report.*opportunity\.amount/);
    expect(root.textContent).not.toContain("Not in your data");
  });
  it("keeps the card where the data are not fed, and names the columns", () => {
    const root = card({...answerOf({metrics: ["revenue_won"]}), missing: [{metric: "revenue_won", columns: ["opportunity.amount"], why: "not_in_data"}]}, faces.revenue_won);
    expect(root.querySelector("h2")!.textContent).toBe("Revenue won");
    expect(root.textContent).toContain("Not in your data");
    expect(root.textContent).toContain("It needs opportunity.amount.");
  });
  it("keeps the card where there is no row", () => expect(card({...answerOf({metrics: ["revenue_won"]}), rows: []}, faces.revenue_won).querySelector(".qd-empty")!.getAttribute("data-why")).toBe("no_rows"));
  it("compares a part period with the same days, in words", () => expect(lines(card(answerOf({metrics: ["revenue_won"], part: true}), faces.revenue_won))[0]).toMatch(/ than 1–22 October$/));
});
