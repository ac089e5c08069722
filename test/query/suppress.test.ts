import fc from "fast-check";
import {describe, expect, it} from "vitest";
import type {AnswerRow, Period} from "../../src/query/question.js";
import {suppressSmall} from "../../src/query/suppress.js";

const period: Period = {key: "2025", grain: "year", start: "2025-01-01", end: "2026-01-01", part: false, census: "2025-12-31"};
const row = (members: readonly string[], n: number): AnswerRow => ({metric: "opportunities_won", role: "current", period, members, total: members.length === 0, value: n, n, numerator: n, coverage: 1, target: 9});
const rows = (...counts: number[]): AnswerRow[] => [row([], counts.reduce((a, b) => a + b, 0)), ...counts.map((n, k) => row([`m${k}`], n))];
const values = (out: readonly AnswerRow[]) => out.map(({value, reason}) => (reason === "suppressed" ? "…" : value));

describe("suppressSmall(rows, {least, narrowed})", () => {
  it("leaves everything where every group is large enough", () => expect(suppressSmall(rows(5, 7, 0), {least: 5, narrowed: true})).toEqual(rows(5, 7, 0)));

  it("hides small groups, and tells nothing else of them but their goal", () => {
    const out = suppressSmall(rows(2, 4, 20), {least: 5, narrowed: false});
    expect(values(out)).toEqual([26, "…", "…", 20]);
    expect(out[1]).toEqual({metric: "opportunities_won", role: "current", period, members: ["m0"], total: false, value: null, n: 0, reason: "suppressed", target: 9});
  });

  it("hides the next smallest beside a single one, and as many as make a group", () => {
    expect(values(suppressSmall(rows(20, 2, 9), {least: 5, narrowed: false}))).toEqual([31, 20, "…", "…"]);
    expect(values(suppressSmall(rows(1, 1, 9, 30), {least: 5, narrowed: false}))).toEqual([41, "…", "…", "…", 30]);
  });

  it("shows members without any record as they are", () => expect(values(suppressSmall(rows(0, 2, 9, 30), {least: 5, narrowed: false}))).toEqual([41, 0, "…", "…", 30]));

  it("hides what is calculated from a number that is hidden, however many are behind the rest of it", () => {
    const parts: Readonly<Record<string, readonly number[]>> = {m0: [20, 50], m1: [9, 60], m2: [2, 70], m3: [30, 80]};
    const countsOf = ({members: [member], n}: AnswerRow) => [n, ...(parts[member ?? ""] ?? [n, n])];
    expect(values(suppressSmall(rows(20, 60, 70, 30), {least: 5, narrowed: false, countsOf}))).toEqual([180, 20, "…", "…", 30]);
    expect(values(suppressSmall(rows(20, 4, 70, 30), {least: 5, narrowed: false, countsOf}))).toEqual([124, "…", "…", "…", 30]);
  });

  it("hides the total only where filters narrow it", () => {
    expect(values(suppressSmall(rows(3), {least: 5, narrowed: false}))[0]).toBe(3);
    expect(values(suppressSmall([row([], 3)], {least: 5, narrowed: true}))).toEqual(["…"]);
  });

  it("never leaves a small group shown, nor the hidden ones together small beside any that is shown", () => {
    fc.assert(fc.property(fc.array(fc.nat(30), {maxLength: 12}), fc.integer({min: 2, max: 12}), (counts, least) => {
      const [, ...out] = suppressSmall(rows(...counts), {least, narrowed: false});
      const hidden = counts.filter((_, k) => out[k]!.reason === "suppressed");
      const shown = counts.filter((_, k) => out[k]!.reason !== "suppressed" && counts[k]! > 0);
      expect(shown.every((n) => n >= least)).toBe(true);
      if (hidden.length > 0 && shown.length > 0) expect(hidden.length >= 2 && hidden.reduce((a, b) => a + b, 0) >= least).toBe(true);
    }), {seed: 20261122, numRuns: 500});
  });
});
