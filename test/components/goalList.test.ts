import {describe, expect, it} from "vitest";
import {goalList, type GoalKpi} from "../../src/components/goalList.js";
import {winRate} from "../../src/metrics/opportunities.js";
import {totalRow} from "../../src/components/rows.js";
import {answerOf, blank, faces, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();

function shown(value: number | null, {held = null, missed = null, stands = "routine", face = faces.win_rate}: {held?: number | null; missed?: boolean | null; stands?: "bad" | "good" | "routine" | "unknown"; face?: (typeof faces)["win_rate" | "sales_cycle_days"]} = {}) {
  const answer = answerOf({metrics: [face.id], cell: (cell, {role}) => (role === "current" ? {...cell, value} : cell)});
  const kpi: GoalKpi = {kpi: face.id, face, missing: null, standing: {row: totalRow(answer, face.id), stands, verdict: "routine", point: null, held, missed}, play: undefined, own: undefined};
  const list = goalList([{id: "grow_sales", isFocus: true, kpis: [kpi], pages: [{page: "changes", href: "./changes"}]}], {answer, definitionHref: (id) => `definitions#${id}`, format, document});
  return {list, text: list.querySelector(".qd-goal-kpis li")!.textContent!.replace(/[\u00a0\u202f\u2060]/g, " ")};
}

describe("goalList(entries)", () => {
  it("says of a target that it is met only where it is reached, whatever may be missed", () => {
    expect(shown(0.31, {held: 0.3, missed: false}).text).toContain("meets its target of 30.0%");
    expect(shown(0.296, {held: 0.3, missed: false}).text).toContain("just short of its target of 30.0%");
    expect(shown(0.296, {held: 0.3, missed: false}).text).not.toContain("meets");
    expect(shown(0.2, {held: 0.3, missed: true, stands: "bad"}).text).toContain("misses its target of 30.0%");
  });

  it("reads a target the other way where less is better", () => {
    expect(shown(50, {held: 55, missed: false, face: faces.sales_cycle_days}).text).toContain("meets its target");
    expect(shown(56, {held: 55, missed: false, face: faces.sales_cycle_days}).text).toContain("just short of its target");
  });

  it("leads to the definition of each KPI and to the pages that explain them, and marks the report's focus", () => {
    const {list} = shown(0.31);
    expect([...list.querySelectorAll(".qd-goal a")].map((link) => link.getAttribute("href"))).toEqual([`definitions#${winRate.id}`, "./changes"]);
    expect(list.querySelector(".qd-goal-focus")).not.toBeNull();
    expect([...list.querySelectorAll(".qd-goal-choice a")].map((link) => link.getAttribute("href"))).toEqual(["#grow_sales", "#all"]);
  });

  it("shows the newest number there is where the period has none yet, and says so", () => {
    expect(shown(null, {stands: "unknown"}).text).toContain("The newest number there is");
  });
});
