import {describe, expect, it} from "vitest";
import {attentionList} from "../../src/components/attentionList.js";
import {driverChart} from "../../src/components/driverChart.js";
import {signalChart} from "../../src/components/signalChart.js";
import {splitChart} from "../../src/components/splitChart.js";
import {targetTable} from "../../src/components/targetTable.js";
import {trendRows} from "../../src/components/rows.js";
import {revenueWon, winRate} from "../../src/metrics/opportunities.js";
import {progressOf, type Progress} from "../../src/query/explain/progress.js";
import {readSeries, verdictOf} from "../../src/query/explain/series.js";
import {chainTree} from "../../src/metrics/drivers.js";
import {splitTree} from "../../src/query/explain/drivers.js";
import {splitBySegment, type SegmentSplit} from "../../src/query/explain/why.js";
import type {Answer} from "../../src/query/question.js";
import {answerOf, blank, faces, formatterOf} from "./world.js";

const en = await formatterOf("en");
const hu = await formatterOf("hu");
const document = blank();
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/\u2060/g, "");
const title = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);
/** The numbers of an English sentence: "−€401K" is −401,000, "21.3%" is 0.213. */
const numbers = (sentence: string) =>
  [...sentence.matchAll(/([+−±]?)€?(\d[\d,]*(?:\.\d+)?)([KM%]?)( pp)?/g)].map(([, sign, digits, scale, points]) => Number(digits!.replaceAll(",", "")) * (sign === "−" ? -1 : 1) * (points || scale === "%" ? 0.01 : scale === "K" ? 1e3 : scale === "M" ? 1e6 : 1));

/** A trend of 24 calm months and whatever comes last. */
function course(metric: "revenue_won" | "win_rate", last: number): Answer {
  const answer = answerOf({metrics: [metric], periods: 25, cell: (cell, {role, i}) => (role === "trend" || role === "current" ? {...cell, value: i === 25 ? last : 100_000 + 4_000 * (i % 3), n: 50} : cell)});
  return answer;
}
const signal = (answer: Answer, format = en) => {
  const series = readSeries(trendRows(answer, "revenue_won"), {unit: "currency"});
  const point = series.points.at(-1)!;
  return {series, figure: signalChart(answer, {metric: faces.revenue_won, series, told: {point, verdict: verdictOf(series, point.period.key, "up")}, format, document})};
};

describe("signal or routine", () => {
  it("says so in the title, with the numbers of the chart", () => {
    const {series, figure} = signal(course("revenue_won", 40_000));
    expect(title(figure)).toMatch(/^Revenue won of €40\.0K in October 2026 lies below its usual range of €[\d.]+K to €[\d.]+K: a signal for the worse$/);
    const {lower, upper} = series.points.at(-1)!;
    expect(numbers(title(figure))).toEqual([40_000, 2026, expect.closeTo(lower!, -3), expect.closeTo(upper!, -3)]);
    expect(figure.querySelectorAll(".qd-key li")).toHaveLength(3);
  });
  it("calls routine variation by its name", () => expect(title(signal(course("revenue_won", 103_000)).figure)).toMatch(/^Revenue won of €103K in October 2026 is routine variation/));
  it("says it in Hungarian too", () => expect(title(signal(course("revenue_won", 40_000), hu).figure)).toMatch(/jelzés romlásra$/));
  it("writes the last number beside the end of its line", () => {
    const plots = [...signal(course("revenue_won", 103_000)).figure.querySelectorAll("svg")].filter((svg) => svg.querySelector("text"));
    expect(plots.length).toBeGreaterThan(0);
    for (const svg of plots) {
      const dots = [...svg.querySelectorAll("circle")].map((dot) => Number(dot.getAttribute("cx")));
      const label = [...svg.querySelectorAll("text")].find(({textContent}) => textContent === "€103K");
      expect(label?.parentElement?.getAttribute("text-anchor")).toBe("start");
      expect(Number(/translate\(([\d.]+)/.exec(label?.getAttribute("transform") ?? "")?.[1])).toBeGreaterThanOrEqual(Math.max(...dots));
    }
  });
  it("has a table twin with a verdict for every period", () => {
    const {figure} = signal(course("revenue_won", 40_000));
    const rows = [...figure.querySelectorAll("tbody tr")].map((row) => row.lastElementChild!.textContent);
    expect(rows).toHaveLength(25);
    expect(rows.at(-1)).toBe("signal: below the usual range");
  });
});

describe("what moved it", () => {
  const answer = answerOf({metrics: ["win_rate"], by: "region", members: ["North", "South"], cell: (cell, {role, member}) => {
    const [won, closed] = role === "current" ? (member === "North" ? [10, 60] : member === "South" ? [20, 40] : [30, 100]) : member === "North" ? [20, 60] : member === "South" ? [20, 40] : [40, 100];
    return {value: won! / closed!, n: closed!, numerator: won!, denominator: closed!};
  }});
  const split = splitBySegment(winRate, answer.rows, "previous") as SegmentSplit;
  const figure = splitChart(answer, {metric: faces.win_rate, dimension: "region", against: "previous", split, format: en, document});
  it("is in the title, and every number of it equals its cell", () => {
    expect(title(figure)).toBe("Win rate fell to 30.0% (−10.0 pp on September); most by North: −10.0 pp, through its own rate");
    expect(numbers(title(figure))).toEqual([expect.closeTo(split.after, 9), expect.closeTo(split.change, 9), expect.closeTo(split.parts[0]!.change, 9)]);
  });
  it("adds up in the table twin", () => {
    const cells = [...figure.querySelectorAll("tr")].map((row) => [...row.children].map(({textContent}) => plain(textContent)));
    expect(cells.slice(1)).toEqual([["North", "33.33", "16.67", "−10.0 pp", "±0", "−10.0 pp"], ["South", "50.00", "50.00", "±0", "±0", "±0"], ["Total", "40.00", "30.00", "−10.0 pp", "±0", "−10.0 pp"]]);
  });
  it("a minus sign never ends a line", () => expect(figure.querySelector(".qd-finding")!.textContent).toContain("−\u206010.0"));
  it("says why there is no split", () => {
    const none = splitChart(answer, {metric: faces.sales_cycle_days, dimension: "region", against: "previous", split: "not_additive", format: en, document});
    expect(none.textContent).toBe("The change of Median sales cycle by region has no split: the segments' values do not make up the whole.");
  });
  it("through a chain of drivers names the factor", () => {
    const two = answerOf({metrics: ["new_leads", "revenue_won"], cell: (cell, {role}) => (role === "current" ? {value: cell.n > 100 ? 100 : 6_000, n: 100} : {value: cell.n > 100 ? 80 : 6_000, n: 100})});
    const values = new Map(["new_leads", "revenue_won"].map((metric) => [metric, {before: two.rows.find((row) => row.metric === metric && row.role === "previous")!.value, after: two.rows.find((row) => row.metric === metric && row.role === "current")!.value}]));
    const chart = driverChart(two, {metrics: [faces.new_leads, faces.revenue_won], against: "previous", shares: splitTree(chainTree(["new_leads", "revenue_won"], "chain"), values), format: en, document});
    expect([...chart.querySelectorAll("tbody th")].map(({textContent}) => textContent)).toEqual(["New leads", "Revenue won per new leads"]);
  });
});

describe("what needs attention", () => {
  const answer = course("revenue_won", 40_000);
  const series = readSeries(trendRows(answer, "revenue_won"), {unit: "currency"});
  const list = attentionList({
    items: [{metric: faces.revenue_won, row: answer.rows.find(({role}) => role === "current")!, point: series.points.at(-1)!, missed: 90_000, play: "won_value", role: "head of sales", segments: [{member: "<b>North</b>", before: null, after: null, change: -50_000, rate: 0, volume: -50_000}], adds: true, on: "previous", dimension: "region"}],
    looked: 3, unknown: 1, tolerance: 0.05, definitionHref: (id) => `/definitions#${id}`, format: en, document
  });
  it("says why, what moved it, what to do and whose task it is", () => {
    expect(plain(list.querySelector("li p")!.textContent)).toMatch(/^below its usual range of €.*; misses its target of €90\.0K$/);
    expect([...list.querySelectorAll("dd")].map(({textContent}) => plain(textContent))).toEqual(["<b>North</b> −€50.0K (on the period before)", en.message("play.won_value.look"), en.message("play.won_value.action"), "head of sales"]);
  });
  it("keeps a segment's name as text", () => expect(list.querySelector("b")).toBeNull());
  it("says how many were looked at", () => expect(list.lastElementChild!.textContent).toMatch(/^3 KPIs were looked at: one|^3 KPIs were looked at: 1 stands badly, 1 has neither/));
});

describe("targets", () => {
  const running = answerOf({metrics: ["revenue_won"], part: true, targets: true});
  const row = {...running.rows.find(({role}) => role === "current")!, value: 40_000, target: 100_000};
  const none = {value: null};
  const numbersOf = (progress: Progress, unallocated: number | null = null) => ({attainment: {value: progress.attainment}, pace: {value: progress.pace}, pace_seasonal: {value: progress.seasonalPace}, landing: {value: progress.landing}, run_rate: {value: progress.requiredRunRate}, unallocated: unallocated === null ? {...none, reason: "not_allocated" as const} : {value: unallocated}});
  const progress = progressOf({value: 40_000, target: 100_000, direction: "up", grows: true, workdays: [10, 20], shapes: [0.4, 0.32]});
  const line = {metric: revenueWon, face: faces.revenue_won, unallocated: null, numbers: numbersOf(progress), row, progress, outOfReach: true};
  const cells = (element: Element) => [...element.querySelectorAll("tbody tr")].map((line) => [...line.children].map(({textContent}) => plain(textContent)));
  it("of a running period show pace by working days and by the season, landing with its range and what a day must bring", () => {
    expect(cells(targetTable({lines: [line], caption: "Targets", format: en, document}))).toEqual([[
      "Revenue won", "€40.0K", "€100K outside anything reached in the last 12 periods", "40%", "€50.0K", "€36.0K", "2 days behind", "€111K (€100K to €125K) €100K to €125K", "€6,000"]]);
  });
  it("of a whole period show attainment alone", () => {
    const over = progressOf({value: 40_000, target: 100_000, direction: "up", grows: true, workdays: [1, 1]});
    const whole = {...line, outOfReach: false, progress: over, numbers: numbersOf(over)};
    expect(cells(targetTable({lines: [whole], caption: "Targets", format: en, document}))).toEqual([["Revenue won", "€40.0K", "€100K", "40%"]]);
  });
  it("say what of a total is not allocated", () => {
    const member = {...line, row: {...row, members: ["North"], total: false}};
    expect(plain(targetTable({lines: [member], dimension: "region", total: {...line, unallocated: 20_000}, caption: "Targets", format: en, document}).querySelector(".qd-caveats")!.textContent)).toBe("€20.0K of the total’s target is not allocated to its members.");
  });
  it("of teams say what their people's targets do not come to", () => {
    const team = (name: string, left: number | null) => ({...line, unallocated: left, numbers: numbersOf(progress, left), row: {...row, members: [name], total: false}});
    const shown = targetTable({lines: [team("North", 20_000), team("South", null)], dimension: "team", caption: "Targets", format: en, document});
    expect([...shown.querySelectorAll("thead th")].at(-1)!.textContent).toBe("Not allocated");
    expect(cells(shown).map((line) => line.at(-1))).toEqual(["€20.0K", "– no targets one level down"]);
  });
  it("have the column Target under a capital letter", () => {
    expect([...targetTable({lines: [line], caption: "Targets", format: en, document}).querySelectorAll("thead th")].map(({textContent}) => textContent)).toContain("Target");
  });
  it("are a sentence where none is set", () => {
    const none = {...line, row: {...row, target: null}};
    expect(targetTable({lines: [none], caption: "Targets", format: en, document}).textContent).toBe("No target is set for this period and selection.");
  });
});

describe("a sum", () => {
  it("says whether it moved by how many there were or by what each brought", () => {
    const answer = answerOf({metrics: ["revenue_won"], by: "region", members: ["North"], cell: (cell, {role}) => (role === "current" ? {value: 900, n: 9} : {value: 500, n: 5})});
    const split = splitBySegment(revenueWon, answer.rows, "previous") as SegmentSplit;
    expect(title(splitChart(answer, {metric: faces.revenue_won, dimension: "region", against: "previous", split, format: en, document}))).toBe("Revenue won rose to €900 (+80.0% on September); most by North: +€400, through how many there were");
  });
});
