import {describe, expect, it} from "vitest";
import {waterfallChart} from "../../src/components/waterfallChart.js";
import {pipelineWaterfall} from "../../src/metrics/pipelineWaterfall.js";
import {readWaterfall, waterfallMetricIds as waterfallIdsOf} from "../../src/query/explain/waterfall.js";
import type {Answer, AnswerRow, MissingData} from "../../src/query/question.js";
import {blank, formatterOf, month} from "./world.js";

const waterfallMetricIds = waterfallIdsOf("pipeline");

const format = await formatterOf("en");
const document = blank();

const total = {pipeline_start: 1000, pipeline_created: 200, pipeline_pushed_out: 350, pipeline_won: 400, pipeline_lost: 50, pipeline_end: 400};
const west = {pipeline_start: 600, pipeline_won: 400, pipeline_transferred_in: 100, pipeline_end: 300};
const north = {pipeline_start: 400, pipeline_created: 200, pipeline_pushed_out: 350, pipeline_lost: 50, pipeline_transferred_out: 100, pipeline_end: 100};

function answerOf(members: Readonly<Record<string, Readonly<Record<string, number>>>> = {}, missing: readonly MissingData[] = []): Answer {
  const period = month(2026, 10);
  const rowsOf = (values: Readonly<Record<string, number>>, member?: string) =>
    waterfallMetricIds.map((metric): AnswerRow => ({metric, role: "current", period, members: member === undefined ? [] : [member], total: member === undefined, value: values[metric] ?? 0, n: values[metric] ? 3 : 0}));
  const by = Object.keys(members).length > 0 ? (["region"] as const) : [];
  return {
    question: {metrics: waterfallMetricIds, period: "2026-10", ...(by.length && {by})}, period, asOf: "2026-11-03",
    rows: [...rowsOf(total), ...Object.entries(members).flatMap(([member, values]) => rowsOf(values, member))], missing, notApplied: []
  } as unknown as Answer;
}

const draw = (answer: Answer) => waterfallChart(answer, {metric: pipelineWaterfall, waterfall: readWaterfall(answer, "pipeline"), of: "pipeline", tones: {created: "good", won: "good", lost: "bad", pushed_out: "bad"}, format, document});
const texts = (root: Element, selector: string) => [...root.querySelectorAll(selector)].map(({textContent}) => textContent!.replace(/[\u00a0\u202f\u2060]/g, ""));

describe("waterfallChart(answer)", () => {
  it("says what was open, what is left and what moved most", () => {
    expect(texts(draw(answerOf()), ".qd-finding")).toEqual(["Due in October 2026: €1,000 open at the start, €400 at the end; most of all Won: −€400"]);
  });

  it("draws every bar that is not 0 from where the one before ended, down to the end", () => {
    const plot = draw(answerOf()).querySelector('svg[data-size="full"]')!;
    const places = [...plot.lastElementChild!.children].map((place) => place.querySelector("title")!.textContent!.split("\n")[0]!.replace(/[\u00a0\u202f\u2060]/g, ""));
    expect(places).toEqual(["Open at the start: €1,000 (n = 3)", "New: +€200 (n = 3)", "Pushed out: −€350 (n = 3)", "Won: −€400 (n = 3)", "Lost: −€50.00 (n = 3)", "Open at the end: €400 (n = 3)"]);
    // Bars of one look are one path: each rectangle as x and width.
    const paths = [...plot.querySelectorAll("path[fill]")].flatMap((path) => [...path.getAttribute("d")!.matchAll(/M([\d.]+),([\d.]+)h([\d.]+)/g)].map(([, x, y, width]) => ({y: Number(y), from: Number(x), to: Number(x) + Number(width)})));
    const rects = [...plot.querySelectorAll("rect:not(:has(title))")].map((rect) => ({y: Number(rect.getAttribute("y")), from: Number(rect.getAttribute("x")), to: Number(rect.getAttribute("x")) + Number(rect.getAttribute("width"))}));
    const bars = [...paths, ...rects].sort((a, b) => a.y - b.y);
    expect(bars).toHaveLength(6);
    const zero = bars[0]!.from;
    const unit = (bars[0]!.to - zero) / 1000;
    const expected = [[0, 1000], [1000, 1200], [850, 1200], [450, 850], [400, 450], [0, 400]];
    bars.forEach(({from, to}, i) => {
      expect((from - zero) / unit, String(i)).toBeCloseTo(expected[i]![0]!, -0.5);
      expect((to - zero) / unit, String(i)).toBeCloseTo(expected[i]![1]!, -0.5);
    });
  });

  it("has a table of all bars, signed, that adds up in all and for each member", () => {
    const figure = draw(answerOf({West: west, North: north}));
    expect(texts(figure, "thead th").slice(3)).toEqual(["West", "North"]);
    const columns = [1, 3, 4].map((column) => [...figure.querySelectorAll("tbody tr")].map((row) => Number(row.children[column]!.getAttribute("data-sort"))));
    expect(columns[0]).toHaveLength(waterfallMetricIds.length);
    for (const column of columns) expect(column.slice(0, -1).reduce((sum, value) => sum + value, 0)).toBe(column.at(-1));
  });

  it("says what it lacks where nothing feeds it", () => {
    const lacking = answerOf({}, [{metric: "pipeline_start", columns: ["opportunity.expected_close_date"], why: "not_in_data"}]);
    expect(draw(lacking).classList.contains("qd-empty")).toBe(true);
  });
});
