import {existsSync} from "node:fs";
import {describe, expect, it} from "vitest";
import en from "../../src/format/locales/en.js";
import {goalIds, goals} from "../../src/metrics/goals.js";
import {metrics} from "../../src/metrics/index.js";
import {isListed} from "../../src/query/variants.js";

const listed = metrics.filter(isListed);
const directed = listed.filter(({direction}) => direction !== "context").map(({id}) => id);

describe("the goals of the business", () => {
  it("are those that settings may name", () => expect(goals.map(({id}) => id)).toEqual([...goalIds]));
  it("name KPIs that there are, each with a direction", () => {
    expect(goals.flatMap(({kpis, supporting}) => [...kpis, ...supporting]).filter((id) => !directed.includes(id))).toEqual([]);
  });
  it("are served or supported by every KPI with a direction, each at one place", () => {
    const named = goals.flatMap(({kpis, supporting}) => [...kpis, ...supporting]);
    expect(directed.filter((id) => !named.includes(id))).toEqual([]);
    expect(named.filter((id, k) => named.indexOf(id) !== k)).toEqual([]);
  });
  it("have a handful of KPIs, and say why each serves", () => {
    for (const {id, kpis} of goals) {
      expect(kpis.length).toBeGreaterThanOrEqual(5);
      expect(kpis.length).toBeLessThanOrEqual(8);
      for (const kpi of kpis) expect(en[`goal.${id}.why.${kpi}`], `${id} ${kpi}`).toBeTruthy();
    }
    const said = Object.keys(en).flatMap((key) => (/^goal\.(\w+)\.why\.(\w+)$/.exec(key) ?? []).slice(1, 3).join(" ") || []);
    expect(said.sort()).toEqual(goals.flatMap(({id, kpis}) => kpis.map((kpi) => `${id} ${kpi}`)).sort());
  });
  it("lead to pages that there are", () => expect(goals.flatMap(({pages}) => pages).filter((page) => !existsSync(new URL(`../../src/${page}.md`, import.meta.url)))).toEqual([]));
});
