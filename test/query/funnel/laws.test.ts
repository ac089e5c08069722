import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import type {FunnelMode} from "../../../src/metrics/funnel.js";
import {addUp} from "../../../src/query/funnel/addUp.js";
import type {FunnelRow} from "../../../src/query/funnel/answer.js";
import type {FunnelPlan} from "../../../src/query/funnel/plan.js";
import {readRows} from "../../../src/query/funnel/read.js";
import {countsStatement} from "../../../src/query/funnel/statements.js";
import {load, logs, plans} from "./logs.js";

let native: Native;
beforeAll(async () => void (native = await openNative({threads: 1})));
afterAll(() => native.close());

const rows = async (plan: FunnelPlan): Promise<FunnelRow[]> => readRows(addUp(await native.run(countsStatement(plan)), plan), plan.funnel);
const reached = async (plan: FunnelPlan): Promise<number[]> => (await rows(plan))[0]!.steps.map((step) => step.reached);
const change = (plan: FunnelPlan, more: Partial<FunnelPlan["funnel"]>): FunnelPlan => ({...plan, funnel: {...plan.funnel, ...more}});
const atLeast = (more: readonly number[], fewer: readonly number[]) => more.every((n, k) => n >= fewer[k]!);
const runs = {numRuns: 12, seed: 3};

describe("laws of funnels (kpi-formulas b.3)", () => {
  it.each<FunnelMode>(["ordered", "strict", "all_stages", "any", "reached"])("%s: no step is reached by more than the one before", (mode) =>
    fc.assert(fc.asyncProperty(logs, plans(mode, "first_in_range"), async (log, plan) => {
      await load(native, log);
      const counts = await reached(plan);
      expect([...counts].sort((a, b) => b - a)).toEqual(counts);
    }), runs), 20_000);

  it("any ≥ ordered ≥ all stages ≥ strict", () =>
    fc.assert(fc.asyncProperty(logs, plans("ordered", "first_in_range"), async (log, drawn) => {
      await load(native, log);
      const plan = change(drawn, {exclude: [], credit: "first"});
      const [any, ordered, all, strict] = await Promise.all((["any", "ordered", "all_stages", "strict"] as const).map((mode) => reached(change(plan, {mode}))));
      expect([atLeast(any!, ordered!), atLeast(ordered!, all!), atLeast(all!, strict!)]).toEqual([true, true, true]);
    }), runs), 20_000);

  it.each<FunnelMode>(["ordered", "strict", "all_stages", "any", "reached", "any_stage"])("%s: a longer window never lowers a step", (mode) =>
    fc.assert(fc.asyncProperty(logs, plans(mode, "first_in_range"), fc.integer({min: 0, max: 9}), fc.option(fc.integer({min: 0, max: 9})), async (log, drawn, days, longer) => {
      await load(native, log);
      const plan = change(drawn, {exclude: [], credit: "first"});
      expect(atLeast(await reached(change(plan, {window: longer === null ? null : days + longer})), await reached(change(plan, {window: days})))).toBe(true);
    }), runs), 20_000);

  it.each(["first", "last"] as const)("members add up to the total with credit for the %s step", (credit) =>
    fc.assert(fc.asyncProperty(logs, plans("ordered", "first_in_range"), fc.constantFrom("region", "product"), async (log, drawn, by) => {
      await load(native, log);
      const [total, ...members] = await rows({...change(drawn, {credit}), by});
      const sum = (of: (row: FunnelRow) => number) => members.reduce((all, row) => all + of(row), 0);
      expect(sum(({entered}) => entered)).toBe(total!.entered);
      total!.steps.forEach(({reached: all}, k) => expect(sum(({steps}) => steps[k]!.reached)).toBe(all));
    }), runs), 20_000);

  it("those who drop out are lost, past their window or in it, and those who do not go on", () =>
    fc.assert(fc.asyncProperty(logs, plans("ordered", "first_in_range"), async (log, plan) => {
      await load(native, log);
      const [{steps}] = await rows(plan) as [FunnelRow];
      steps.slice(0, -1).forEach(({reached: here, dropped}, k) => expect(dropped!.lost + dropped!.passed + dropped!.open + steps[k + 1]!.reached).toBe(here));
    }), runs), 20_000);

  it("months of entry add up to every attempt of the period", () =>
    fc.assert(fc.asyncProperty(logs, plans("ordered", "every_attempt"), fc.integer({min: 1, max: 12}), async (log, plan, cut) => {
      await load(native, log);
      const middle = new Date(Date.parse(`${plan.start}T00:00:00Z`) + cut * 86_400_000).toISOString().slice(0, 10);
      if (middle >= plan.end) return;
      const [whole, first, second] = await Promise.all([reached(plan), reached({...plan, end: middle}), reached({...plan, start: middle})]);
      expect(first.map((n, k) => n + second[k]!)).toEqual(whole);
    }), runs), 20_000);
});
