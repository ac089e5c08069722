import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import {healthInputs} from "../../../src/metrics/health.js";
import {askHealth} from "../../../src/query/health/askHealth.js";
import {judgeBands} from "../../../src/query/health/judge.js";
import type {Manifest} from "../../../src/query/manifest.js";
import {isMonthEnd, listed, replayed, standing, type Scoring} from "./reference.js";

let native: Native;
beforeAll(async () => {
  native = await openNative({threads: 1});
});
afterAll(() => native.close());

const day = (text: string) => Date.parse(text) / 86_400_000;
const iso = (number: number) => new Date(number * 86_400_000).toISOString().slice(0, 10);
const asOf = day("2025-06-20");
const first = day("2024-08-01");
const scoringDays = [...Array.from({length: asOf - first}, (_, k) => first + k).filter(isMonthEnd), asOf];
const never = 2_932_896;

const bandOf = (score: number | null, confidence: number) => (score === null || confidence < 0.5 ? null : score < 40 ? "red" : score < 70 ? "amber" : "green");

/** Stays with gaps between them: who left may come back, and leave again. */
const stays = fc.array(fc.record({begin: fc.integer({min: -60, max: 300}), length: fc.integer({min: 1, max: 250})}), {minLength: 1, maxLength: 3}).map((own) => {
  let free = -Infinity;
  return own.sort((a, b) => a.begin - b.begin).flatMap(({begin, length}) => {
    const from = Math.max(begin, free + 30);
    free = from + length;
    return [{from: first + from, left: first + free <= asOf ? first + free : null}];
  });
});

const worlds: fc.Arbitrary<Scoring[]> = fc.array(fc.record({
  stays, mrr: fc.option(fc.integer({min: 1, max: 4}).map((k) => k * 100), {freq: 8}),
  // Few values, so that many are equal.
  scores: fc.array(fc.constantFrom(null, 20, 20, 40, 55, 70, 90, 90), {minLength: 12, maxLength: 12}), confidence: fc.constantFrom(0.3, 0.5, 1, 1, 1)
}), {minLength: 1, maxLength: 30}).map((customers) => customers.flatMap(({stays: own, mrr, scores, confidence}, k) => own.flatMap(({from: begin, left}) => scoringDays.flatMap((from, i): Scoring[] => {
  if (from < begin || (left !== null && from >= left)) return [];
  const score = scores[i]!;
  const known = score === null ? 0 : confidence;
  return [{customer: k + 1, from, to: Math.min(scoringDays[i + 1] ?? never, left ?? never), left, score, confidence: known, band: bandOf(score, known), mrr}];
}))));

const inputOf = (input: string, {score, customer}: Scoring) => (score === null ? null : input === "usage" ? score : input === "renewal" && customer % 2 ? Math.min(100, score + 5) : null);
const segmentOf = (customer: number) => (customer % 3 === 0 ? null : customer % 3 === 1 ? "North" : "South");
const text = (value: string | null) => (value === null ? "null" : `'${value}'`);

async function load(world: readonly Scoring[]): Promise<void> {
  const rows = world.map((one) => `(${one.customer}, date '${iso(one.from)}', date '${one.to === never ? "9999-12-31" : iso(one.to)}', ${one.left === null ? "null" : `date '${iso(one.left)}'`}, ${one.score ?? "null"}, ${one.confidence}, ${text(one.band)},
    ${healthInputs.map((input) => inputOf(input, one) ?? "null").join(", ")}, ${one.band === "red"}, ${one.mrr ?? "null"}, ${one.mrr === null ? "'XXX'" : "null"}, ${text(segmentOf(one.customer))})`);
  await native.exec(`create or replace table fct_customer_health_span (customer integer, valid_from date, valid_to date, left_date date, score decimal(5, 2), confidence decimal(5, 4), band varchar,
    ${healthInputs.map((input) => `${input} decimal(5, 2)`).join(", ")}, is_at_risk boolean, mrr decimal(18, 2), unrated_currency varchar, segment varchar)`);
  if (rows.length > 0) await native.exec(`insert into fct_customer_health_span values ${rows.join(", ")}`);
}

const manifest = (more: Partial<Manifest> = {}): Manifest => ({
  asOf: iso(asOf), marts: [{name: "fct_customer_health_span", columns: ["customer", "segment"].map((name) => ({name, type: "VARCHAR"}))}],
  dimensions: [{id: "segment", members: ["North", "South", null], marts: []}, {id: "product", members: ["Pump"], marts: []}], ...more
}) as unknown as Manifest;
const options = (more: Partial<Manifest> = {}) => ({manifest: manifest(more), run: native.run});
const near = (value: number | null | undefined) => (value === null || value === undefined ? null : Number(value.toFixed(9)));

describe("health by bands", () => {
  it("is what looking at each customer and month end finds, of those who came back too", () =>
    fc.assert(fc.asyncProperty(worlds, fc.boolean(), async (world, isNorth) => {
      await load(world);
      const kept = world.filter(({customer}) => !isNorth || segmentOf(customer) === "North");
      const filters = [...(isNorth ? [{dimension: "segment" as const, values: ["North"]}] : []), {dimension: "product" as const, values: ["Pump"]}];
      const [told] = await askHealth([{filters}], options());
      expect(told!.bands.map(({band, customers, mrr}) => ({band, customers, mrr}))).toEqual(standing(kept, asOf));
      expect(told!.notApplied).toEqual(["product"]);
      const wanted = replayed(kept, asOf);
      expect(told!.replay.bands.map(({interval, ...one}) => one)).toEqual(wanted.map(({interval, ...one}) => one));
      expect(told!.replay.bands.map(({interval}) => interval!.map(near))).toEqual(wanted.map(({interval}) => interval!.map(near)));
      // The bands part the paying customers: nobody is in two, nobody in none of the four.
      const held = kept.filter(({from, to}) => from <= asOf && asOf < to);
      expect([told!.customers, told!.bands.reduce((sum, {customers}) => sum + customers, 0), new Set(held.map(({customer}) => customer)).size]).toEqual([held.length, held.length, held.length]);
      expect(told!.inputs.map(({known}) => known)).toEqual(healthInputs.map((input) => held.filter((one) => inputOf(input, one) !== null).length));
    }), {numRuns: 60, seed: 21, endOnFailure: true}), 60_000);

  it("lists those at risk by value, and those who fell by how far, with what fell and the scores of each", () =>
    fc.assert(fc.asyncProperty(worlds, async (world) => {
      await load(world);
      const told = await askHealth((["at_risk", "fell_1", "fell_3"] as const).map((id) => ({filters: [], list: {id, limit: 100}})), options());
      const days = [null, day("2025-05-20"), day("2025-03-20")] as const;
      expect(told.map(({list}) => list!.entries.map(({customer}) => customer))).toEqual(days.map((since) => listed(world, asOf, since)));
      for (const {list} of told) {
        const shown = [...new Set(world.map(({from}) => from))].sort((a, b) => a - b).slice(-13);
        for (const one of list!.entries) {
          const own = world.filter(({customer}) => customer === one.customer);
          expect(one.scores).toEqual(shown.map((from) => own.find((scoring) => scoring.from === from)?.score ?? null));
          const since = list!.id === "fell_1" ? days[1] : days[2];
          const then = own.find(({from, to}) => from <= since && since < to);
          const now = own.find(({from, to}) => from <= asOf && asOf < to)!;
          const fell = then?.score == null ? [] : ["usage", "renewal"].flatMap((input) => {
            const [from, to] = [inputOf(input, then), inputOf(input, now)];
            return to !== null && to < (from ?? then.score!) ? [{input, from, to}] : [];
          });
          expect([...one.fell].sort((a, b) => (a.input < b.input ? 1 : -1))).toEqual(fell);
        }
      }
    }), {numRuns: 30, seed: 24, endOnFailure: true}), 60_000);

  it("does not follow the order of the rows", () =>
    fc.assert(fc.asyncProperty(worlds, fc.integer({min: 1, max: 1000}), async (world, seed) => {
      const questions = [{filters: []}, {filters: [], list: {id: "at_risk" as const, limit: 5}}, {filters: [], list: {id: "fell_3" as const, limit: 5}}];
      await load(world);
      const told = await askHealth(questions, options());
      await load([...world].sort((a, b) => ((a.customer * 7919 + a.from * seed) % 101) - ((b.customer * 7919 + b.from * seed) % 101)));
      expect(await askHealth(questions, options())).toEqual(told);
    }), {numRuns: 15, seed: 22, endOnFailure: true}), 30_000);

  it("hides small bands and every list where groups must have a size", () =>
    fc.assert(fc.asyncProperty(worlds, async (world) => {
      await load(world);
      const [told] = await askHealth([{filters: [], list: {id: "at_risk", limit: 5}}], options({minGroup: 4}));
      const [open] = await askHealth([{filters: []}], options());
      expect(told!.list).toBeNull();
      for (const {band, customers, suppressed} of told!.bands) if (!suppressed) expect([customers >= 4, customers]).toEqual([true, open!.bands.find((one) => one.band === band)!.customers]);
      for (const {customers, suppressed} of told!.replay.bands) if (!suppressed) expect(customers).toBeGreaterThanOrEqual(4);
      for (const {known, mean} of told!.inputs) if (mean !== null) expect(known).toBeGreaterThanOrEqual(4);
    }), {numRuns: 20, seed: 23, endOnFailure: true}), 30_000);
});

describe("judgeBands(found)", () => {
  it("takes months of one customer for no more than the customer: seventeen of seventeen of three are no certainty", () => {
    const [many, few] = [17, 3].map((customers) => judgeBands([{band: "red", scorings: 17, customers, lost: 17}])[0]!);
    expect([many!.rate, few!.rate]).toEqual([1, 1]);
    // Wilson of 17 ÷ 3 of as many, and of 3 of 3: 1 ÷ (1 + z² ÷ n).
    const z = 1.959963984540054;
    expect(many!.interval![0]).toBeCloseTo(1 / (1 + z ** 2 / (17 / 3)), 9);
    expect(few!.interval![0]).toBeCloseTo(1 / (1 + z ** 2 / 3), 9);
  });
  const band = (id: "red" | "amber" | "green" | "none", scorings: number, lost: number) => ({band: id, scorings, customers: scorings, lost});
  it("flags a band that loses no more than the next better one, and one whose interval meets that one's", () => {
    const verdicts = (...found: ReturnType<typeof band>[]) => judgeBands(found).map(({verdict}) => verdict);
    expect(verdicts(band("red", 300, 150), band("amber", 300, 60), band("green", 300, 3), band("none", 50, 25))).toEqual(["predicts", "predicts", "best", null]);
    expect(verdicts(band("red", 300, 60), band("amber", 300, 60), band("green", 300, 55))).toEqual(["fails", "unsure", "best"]);
    expect(verdicts(band("red", 20, 4), band("green", 300, 30))).toEqual(["few", "best"]);
    expect(verdicts(band("red", 20, 20), band("green", 300, 3))).toEqual(["predicts", "best"]);
  });
});
