// What a run adds to the checks of a build: rows against the last site, age by the clock, what is new.

import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {checkRules, checksSchema} from "../../loaders/quality/settings.js";
import {judge, readLastRun} from "../../loaders/report/gate.js";
import type {LastRun} from "../../loaders/quality/define.js";
import type {Manifest, QualityCheck} from "../../src/query/manifest.js";
import {ledger} from "./world.js";

const failure = (id: string, part: Partial<QualityCheck> = {}): QualityCheck => ({id, table: "lead", column: "created_at", grade: "warn", status: "failed", count: 1, of: 9, limits: {}, lacks: [], examples: [], ...part});

const manifest = (rows: number, checks: readonly QualityCheck[] = [], part: Partial<Manifest> = {}): Manifest => ({
  title: "T", locale: "en", currency: "EUR", asOf: "2025-03-31", asOfRule: "newest", firstDay: "2025-01-01", fictional: false,
  calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1], holidays: []}, defaultPeriod: "all", fed: [], dimensions: [], measures: [], marts: [],
  files: [ledger("lead", {rows, file: "a.csv"}), ledger("lead", {rows: 0, file: "b.csv"})], windows: {}, hash: "",
  quality: {checks, freshness: [{source: "crm", table: "lead", newest: "2025-03-31T10:00:00Z", ageDays: 0}], reconcile: []}, ...part
});

const last = (rows: number, failed: readonly string[] = []): LastRun => ({asOf: "2025-03-01", sources: [{source: "crm", table: "lead", rows}], failed});
const judged = (one: Manifest, before: LastRun | null, {today = "2025-04-01" as string | null, settings = {}} = {}) => judge(one, {rules: checkRules(checksSchema.parse(settings)), last: before, today});
const failed = (id: string, all: readonly QualityCheck[]) => all.filter((check) => check.id === id && check.status === "failed");

describe("row_count", () => {
  it.each([[100, 100, 0], [100, 90, 0], [100, 89, 11], [100, 0, 100], [100, 200, 0], [100, 201, 101]])("%i rows, then %i: %i amiss", (before, now, count) => {
    expect(failed("row_count", judged(manifest(now), last(before)).checks).map((check) => check.count)).toEqual(count ? [count] : []);
  });

  it("finds a table that is gone, and has nothing to say of a first run", () => {
    const gone = judged(manifest(100), {...last(100), sources: [{source: "crm", table: "ticket", rows: 7}]}).checks;
    expect(failed("row_count", gone)).toMatchObject([{source: "crm", table: "ticket", count: 7, of: 7, examples: [{detail: "7 → 0"}]}]);
    expect(judged(manifest(100), null).checks.filter(({id}) => id === "row_count")).toEqual([]);
  });

  it("has limits of the settings", () => {
    expect(failed("row_count", judged(manifest(60), last(100), {settings: {row_count: {fall: "50%"}}}).checks)).toEqual([]);
    expect(judged(manifest(60), last(100), {settings: {row_count: "stop"}}).stopped).toMatchObject([{id: "row_count", grade: "stop"}]);
  });
});

describe("freshness by the clock", () => {
  it("counts days from the newest record to the day of the run", () => {
    expect(failed("freshness", judged(manifest(1), null, {today: "2025-04-07"}).checks)).toEqual([]);
    expect(failed("freshness", judged(manifest(1), null, {today: "2025-04-08"}).checks)).toMatchObject([{column: "today", source: "crm", examples: [{id: "crm", detail: "8 days"}]}]);
  });

  it("says nothing of a set day, of a made-up company, or without a clock", () => {
    for (const part of [{asOfRule: "set"}, {fictional: true}] as const) expect(judged(manifest(1, [], part), null, {today: "2026-01-01"}).checks).toEqual([]);
    expect(judged(manifest(1), null, {today: null}).checks).toEqual([]);
  });
});

describe("what is new", () => {
  it("did not fail at the last run at the same place", () => {
    const checks = [failure("dates_in_order", {beside: "x"}), failure("dates_in_order", {table: "ticket", beside: "x"}), failure("references", {beside: "account"})];
    const {fresh, compared} = judged(manifest(9, checks), last(9, ["dates_in_order lead created_at x", "references lead created_at campaign"]));
    expect(compared).toBe(true);
    expect(fresh.map(({id, table}) => `${id} ${table}`)).toEqual(["dates_in_order ticket", "references lead"]);
  });

  it("is everything where there is no earlier site", () => {
    expect(judged(manifest(9, [failure("references")]), null)).toMatchObject({compared: false, fresh: [{id: "references"}]});
  });
});

describe("the earlier site", () => {
  it("is read from its report.json; one without row counts by table, or none, is no measure", async () => {
    const folder = mkdtempSync(join(tmpdir(), "quarterdeck-test-"));
    expect(await readLastRun(folder)).toBeNull();
    writeFileSync(join(folder, "report.json"), JSON.stringify({asOf: "2025-01-01", sources: [{source: "crm", rows: 1}]}));
    expect(await readLastRun(folder)).toBeNull();
    writeFileSync(join(folder, "report.json"), JSON.stringify({asOf: "2025-01-01", sources: [{source: "crm", table: "lead", rows: 1, kept: 1}], failed: ["a b"], files: {}}));
    expect(await readLastRun(folder)).toEqual({asOf: "2025-01-01", sources: [{source: "crm", table: "lead", rows: 1}], failed: ["a b"]});
  });
});
