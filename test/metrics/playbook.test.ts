import {describe, expect, it} from "vitest";
import {metrics} from "../../src/metrics/index.js";
import {playbook, playFor} from "../../src/metrics/playbook.js";

describe("the playbook", () => {
  it("says what to do for every KPI that has a direction", () => {
    const without = metrics.filter(({internal, direction, id, variantOf}) => !internal && direction !== "context" && !playFor(variantOf ?? id));
    expect(without.map(({id}) => id)).toEqual([]);
  });
  it("names each KPI once, and none that is not declared", () => {
    const named = playbook.flatMap((play) => play.metrics);
    expect(named).toEqual([...new Set(named)]);
    expect(named.filter((id) => !metrics.some((metric) => metric.id === id && !metric.variantOf))).toEqual([]);
  });
});
