import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {ask} from "../../src/query/ask.js";
import type {AnswerRow} from "../../src/query/question.js";
import {openVectors, vectorMetrics, vectors, type VectorWorld} from "./vectors.js";

let world: VectorWorld;
let january: readonly AnswerRow[];
beforeAll(async () => {
  world = await openVectors();
  january = (await ask({metrics: vectorMetrics.map(({id}) => id), period: "2025-01"}, world)).rows;
});
afterAll(() => world.close());

describe("golden vectors", () => {
  it.each(Object.entries(vectors))("%s", (id, {interval, value, ...rest}) => {
    const row = january.find(({metric}) => metric === id)!;
    expect(row).toMatchObject(rest);
    if (value === null) expect(row.value).toBeNull();
    else expect(row.value).toBeCloseTo(value, 12);
    if (interval) [0, 1].forEach((k) => expect(row.interval![k]).toBeCloseTo(interval[k]!, 3));
  });

  it("of movements tie: end = start + new + reactivation + expansion − contraction − churn", () => {
    for (const mart of ["fct_plain", "fct_logos", "fct_mrr", "fct_set", "fct_within"])
      for (const measure of ["value", "count"]) {
        const of = (part: string) => january.find(({metric}) => metric === `${mart}_${part}_${measure}`)!.value!;
        const flow = of("new") + of("reactivation") - of("churn") + (measure === "value" ? of("expansion") - of("contraction") : 0);
        expect(of("start") + flow, `${mart} ${measure}`).toBeCloseTo(of("end"), 9);
      }
  });

  it("say that a trailing window which begins before the data is incomplete", async () => {
    const [row] = (await ask({metrics: ["fct_set_nrr_year"], period: "2025-01"}, {...world, manifest: {...world.manifest, firstDays: {"fct_set.valid_from": "2024-02-02"}}})).rows;
    expect(row).toMatchObject({value: null, reason: "incomplete"});
  });
});
