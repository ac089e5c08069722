import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openNative, type Native} from "../../../loaders/native.js";
import {horizons, monthDays} from "../../../src/metrics/survival.js";
import {askSurvival} from "../../../src/query/survival/askSurvival.js";
import {chiSquareTail} from "../../../src/query/survival/chiSquare.js";
import type {SurvivalCurve} from "../../../src/query/survival/question.js";
import {discountedStay, exposure, kaplanMeier, lastAge, logRank, median, observed, restrictedMean, type Life} from "./reference.js";
import {lifetimeManifest, loadLives} from "./world.js";

let native: Native;
beforeAll(async () => {
  native = await openNative({threads: 1});
});
afterAll(() => native.close());

const members = ["North", "South", "West", null] as const;
const lives: fc.Arbitrary<Life[]> = fc.array(fc.record({
  member: fc.constantFrom(...members),
  entered: fc.option(fc.integer({min: 0, max: 200}), {freq: 2}),
  // Few ages, so that many are equal; some where bands end.
  seen: fc.oneof(fc.integer({min: 0, max: 25}).map((step) => step * 10), fc.integer({min: 0, max: 8}).map((month) => month * monthDays)),
  hasLeft: fc.boolean()
}), {minLength: 1, maxLength: 40});

/** Equal but for what the engine rounds away. */
const near = (value: number | null | undefined): unknown => (value === null || value === undefined ? null : expect.closeTo(value, 6));

/** What the reference finds of those of one line. */
function wanted(own: readonly Life[], ages: readonly number[], least: number, horizon: number | null) {
  const end = lastAge(own, ages, least);
  const points = kaplanMeier(own).filter(({age}) => end !== null && age <= end);
  const mean = end !== null && horizon !== null && horizon <= end ? restrictedMean(kaplanMeier(own), horizon) : null;
  const months = end === null || horizon === null || horizon % monthDays !== 0 ? undefined : horizons.find((count) => count * monthDays <= end);
  const stay = months === undefined ? null : discountedStay(kaplanMeier(own), months, monthDays, 0.1);
  return {
    discounted: stay && [months! * monthDays, near(stay.mean), near(Math.max(0, stay.mean - 1.959963984540054 * Math.sqrt(stay.variance)))],
    customers: own.length, losses: own.filter(({hasLeft}) => hasLeft).length, end, median: median(points),
    points: points.map(({age, atRisk, losses, surviving, low, high}) => [age, atRisk, losses, near(surviving), near(low), near(high)]),
    mean: mean && [near(mean.mean), near(Math.max(0, mean.mean - 1.959963984540054 * Math.sqrt(mean.variance)))]
  };
}

const found = ({customers, losses, end, median: half, points, mean, discounted}: SurvivalCurve) => ({
  discounted: discounted && [discounted.horizon, discounted.value, discounted.low],
  customers, losses, end, median: half, mean: mean && [mean.value, mean.low],
  points: points.map((point) => [point.age, point.atRisk, point.losses, point.surviving, point.low, point.high])
});

describe("how long customers stay", () => {
  it("is what counting finds, with ties, censoring and late entry, by segment and filtered", () =>
    fc.assert(fc.asyncProperty(lives, fc.integer({min: 1, max: 4}), fc.boolean(), async (all, least, isFiltered) => {
      await loadLives(native, all);
      const filters = isFiltered ? [{dimension: "segment" as const, values: ["North", null]}] : [];
      const kept = observed(all).filter(({member}) => !isFiltered || member === "North" || member === null);
      const told = await askSurvival({id: "customers", by: "segment", least, filters: [...filters, {dimension: "product", values: ["Pump"]}]}, {manifest: lifetimeManifest(members), run: native.run});
      const latest = Math.max(0, ...kept.map(({seen}) => seen));
      const ages = [...new Set([...kept.flatMap(({seen, entered}) => [seen, ...(entered === null ? [] : [entered])]), ...Array.from({length: 1 + Math.floor(latest / monthDays)}, (_, k) => k * monthDays)])];
      const end = lastAge(kept, ages, least);
      const horizon = end === null ? null : (horizons.find((count) => count * monthDays <= end) ?? 0) * monthDays || end;
      expect([told.horizon, told.notApplied]).toEqual([horizon, ["product"]]);
      expect([told.late, told.leftOut]).toEqual([kept.filter(({entered}) => entered !== null).length, all.filter(({member}) => !isFiltered || member === "North" || member === null).length - kept.length]);
      expect(found(told.total)).toEqual(wanted(kept, ages, least, horizon));
      for (const line of told.curves) expect(found(line)).toEqual(wanted(kept.filter(({member}) => member === line.member), ages, least, horizon));
      expect(told.curves.reduce((sum, {customers}) => sum + customers, 0)).toBe(kept.length);
      for (const band of told.total.hazard) {
        const {losses, days, customers} = exposure(kept, band.from, band.to);
        expect([band.losses, band.customers, band.rate]).toEqual([losses, customers, near(days === 0 ? 0 : (losses / days) * monthDays)]);
      }
      expect(told.total.atRisk).toEqual(told.marks.map((mark) => kept.filter(({entered, seen}) => (entered === null || entered < mark) && seen >= mark).length));
      const test = logRank(kept);
      expect(told.logRank?.df ?? 0).toBe(test.df);
      if (!told.logRank) return;
      expect([told.logRank.chiSquare, told.logRank.p]).toEqual([near(test.chiSquare), near(chiSquareTail(test.chiSquare, test.df))]);
      expect(told.logRank.groups.map(({observed: left, expected}) => [left, expected])).toEqual(told.logRank.groups.map(({member}) => [test.sums.get(member)!.observed, near(test.sums.get(member)!.expected)]));
    }), {numRuns: 60, seed: 7, endOnFailure: true}), 60_000);

  it("hides small groups, and what would tell of single customers", async () => {
    const many: Life[] = Array.from({length: 60}, (_, k) => ({member: k < 3 ? "West" : k < 9 ? "South" : "North", entered: null, seen: 10 + 7 * k, hasLeft: k % 2 === 0}));
    await loadLives(native, many);
    const told = await askSurvival({id: "customers", by: "segment"}, {manifest: lifetimeManifest(members, {minGroup: 5}), run: native.run});
    expect(told.curves.map(({member, customers, suppressed}) => [member, customers, suppressed ?? false])).toEqual([["North", 51, false], ["South", 0, true], ["West", 0, true]]);
    expect(told.logRank!.groups.map(({member}) => member)).toEqual(["North"]);
    const {points} = told.total;
    expect(points.length).toBeGreaterThan(3);
    points.slice(1).forEach(({atRisk}, k) => expect(points[k]!.atRisk - atRisk).toBeGreaterThanOrEqual(5));
    const few = await askSurvival({id: "customers", filters: [{dimension: "segment", values: ["West"]}]}, {manifest: lifetimeManifest(members, {minGroup: 5}), run: native.run});
    expect(few.total).toMatchObject({suppressed: true, customers: 0, points: []});
  });

  it("tells nothing where few are at risk at the start, however many enter later", async () => {
    const late: Life[] = [...[20, 40].map((seen): Life => ({member: "North", entered: null, seen, hasLeft: true})), ...Array.from({length: 200}, (_, k): Life => ({member: "North", entered: 365, seen: 400 + 5 * k, hasLeft: k % 10 === 0}))];
    await loadLives(native, late);
    const told = await askSurvival({id: "customers"}, {manifest: lifetimeManifest(members, {minGroup: 5}), run: native.run});
    expect(told.total).toMatchObject({customers: 202, end: null, median: null, mean: null, points: [], hazard: []});
    expect(told.marks).toEqual([]);
  });

  it("keeps the points that it tells where they are to be few", async () => {
    const many: Life[] = Array.from({length: 400}, (_, k) => ({member: "North", entered: null, seen: k + 1, hasLeft: true}));
    await loadLives(native, many);
    const [all, some] = await Promise.all([undefined, 50].map((points) => askSurvival({id: "customers", least: 1, ...(points && {points})}, {manifest: lifetimeManifest(members), run: native.run})));
    expect(some!.total.points).toHaveLength(50);
    for (const point of some!.total.points) expect(all!.total.points).toContainEqual(point);
    expect(some!.total.points.at(-1)).toEqual(all!.total.points.at(-1));
  });

  it("is not asked of a report without it", async () => {
    await expect(askSurvival({id: "customers"}, {manifest: lifetimeManifest([], {fed: []}), run: native.run})).rejects.toThrow("it needs subscription.started_on or tenure.duration");
    await expect(askSurvival({id: "customers", by: "nowhere"}, {manifest: lifetimeManifest([]), run: native.run})).rejects.toThrow("unknown dimension");
  });
});
