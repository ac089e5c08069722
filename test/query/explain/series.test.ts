import {describe, expect, it} from "vitest";
import {readSeries, standingOf, verdictOf, type SeriesRules} from "../../../src/query/explain/series.js";
import type {AnswerRow} from "../../../src/query/question.js";

const month = (k: number) => new Date(Date.UTC(2023, k, 1)).toISOString().slice(0, 10);
const row = (value: number | null, k: number, more: Partial<AnswerRow> = {}): AnswerRow => ({
  metric: "m", role: "trend", members: [], total: true, value, n: 50,
  period: {key: month(k).slice(0, 7), grain: "month", start: month(k), end: month(k + 1), part: false, census: new Date(Date.parse(month(k + 1)) - 86_400_000).toISOString().slice(0, 10)},
  ...more
});
const rows = (...values: (number | null)[]) => values.map((value, k) => row(value, k));
const count: SeriesRules = {unit: "count"};
const calm = (length: number, level = 100) => Array.from({length}, (_, k) => level + [0, 4, -4, 2, -2][k % 5]!);

describe("a series", () => {
  it("under eight closed periods has no limits and no signals", () => {
    const series = readSeries(rows(...calm(7)), count);
    expect(series.limits).toBeNull();
    expect(series.points.every(({signal, expected}) => signal === null && expected === null)).toBe(true);
    expect(verdictOf(series, "2023-07", "up")).toBe("unjudged");
  });
  it("keeps running periods and open windows out of limits and verdicts", () => {
    const base = rows(...calm(12));
    const running = row(3, 12, {period: {...row(0, 12).period, part: true}});
    const open = row(5, 13, {inProgress: 9});
    const series = readSeries([...base, running, open], count);
    expect(series.limits).toEqual(readSeries(base, count).limits);
    expect(series.points.slice(-2).map(({counted, signal}) => [counted, signal])).toEqual([[false, null], [false, null]]);
    expect(verdictOf(series, "2024-01", "up")).toBe("unjudged");
  });
  it("locks its first periods as the baseline, so that later ones do not move the limits", () => {
    const series = readSeries(rows(...calm(24), ...calm(12, 160)), count);
    expect(series.points.filter(({inBaseline}) => inBaseline)).toHaveLength(24);
    expect(series.baseline).toEqual({from: "2023-01-01", to: "2024-12-31"});
    expect(series.limits!.centre).toBeCloseTo(100 + 2 / 24, 12);
    expect(verdictOf(series, "2025-12", "up")).toBe("better");
    expect(verdictOf(series, "2025-12", "down")).toBe("worse");
    expect(verdictOf(series, "2025-12", "context")).toBe("signal");
    expect(verdictOf(series, "2024-03", "up")).toBe("routine");
  });
  it("takes the baseline that the settings lock", () => {
    const series = readSeries(rows(...calm(24), ...calm(12, 160)), {...count, baseline: {from: "2025-01-01", to: "2025-12-31"}});
    expect(series.limits).toMatchObject({centre: expect.closeTo(160 + 4 / 12, 12), points: 12});
    expect(verdictOf(series, "2025-12", "up")).toBe("routine");
  });
  it("judges a seasonal KPI against what is usual for the month", () => {
    const shape = [60, 80, 100, 110, 120, 100, 70, 60, 110, 130, 140, 120];
    const wobble = [0, 1, -1, 2, -2];
    const years = Array.from({length: 36}, (_, k) => shape[k % 12]! + wobble[k % 5]!);
    const plain = readSeries(rows(...years), count);
    const seasonal = readSeries(rows(...years.slice(0, 35), 80), {...count, seasonal: true});
    expect(plain.seasonal).toBe(false);
    expect(seasonal.seasonal).toBe(true);
    expect(verdictOf(plain, "2025-12", "up")).toBe("routine");
    expect(seasonal.points[34]).toMatchObject({signal: null, expected: expect.closeTo(140, -1)});
    expect(verdictOf(seasonal, "2025-12", "up")).toBe("worse");
    expect(readSeries(rows(...years.slice(0, 20)), {...count, seasonal: true}).seasonal).toBe(false);
  });
  it("does not set limits where no rate and no count can be", () => {
    const {limits} = readSeries(rows(...[0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.9]), {unit: "percent"});
    expect(limits).toMatchObject({lower: 0, upper: 1});
    expect(readSeries(rows(1, -9, 1, -9, 1, -9, 1, -9), {unit: "count", signed: true}).limits!.lower).toBeLessThan(-9);
  });
});

describe("the standing", () => {
  const target = {value: 90, target: 100, direction: "up", tolerance: 0.05} as const;
  it("is the worst of signal and target", () => {
    expect(standingOf("better", target)).toBe("bad");
    expect(standingOf("worse", {...target, value: 120})).toBe("bad");
    expect(standingOf("routine", {...target, value: 96})).toBe("routine");
    expect(standingOf("better", {...target, value: 96})).toBe("good");
    expect(standingOf("unjudged", {...target, value: 96})).toBe("good");
  });
  it("of a KPI where less is better misses upward", () => {
    expect(standingOf("routine", {value: 106, target: 100, direction: "down", tolerance: 0.05})).toBe("bad");
    expect(standingOf("routine", {value: 50, target: 100, direction: "down", tolerance: 0.05})).toBe("routine");
  });
  it("is unknown where nothing is known", () => {
    expect(standingOf("unjudged", {...target, target: null})).toBe("unknown");
    expect(standingOf("signal", {...target, direction: "context"})).toBe("routine");
  });
});
