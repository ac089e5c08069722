import {describe, expect, it} from "vitest";
import {milestoneTable, type MilestoneLine} from "../../src/components/milestoneTable.js";
import {blank, faces, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const line: MilestoneLine = {
  goal: {metric: "revenue_won", period: "2026", level: "team", member: "<b>North</b>", due: "2026-06-30", first: "2026-01-01", last: "2026-12-31", goal: "Half by summer", parent: "Grow by a tenth", value: 500_000},
  metric: faces.revenue_won, reached: 480_000, state: "missed"
};
const shown = (lines: readonly MilestoneLine[]) => {
  const holder = document.createElement("div");
  holder.append(milestoneTable(lines, {format, document}));
  return holder;
};

describe("goals and milestones", () => {
  it("say whose, by when, how much, how far, and what they are a part of", () => {
    const cells = [...shown([line]).querySelectorAll("tbody tr > *")].map(({textContent}) => textContent);
    expect(cells).toEqual(["Half by summer part of: Grow by a tenth", "Grow by a tenth", "Revenue won · 2026 · <b>North</b>", "30 June 2026", "€500K", "€480K", "missed"]);
  });
  it("keep a member's name as text", () => expect(shown([line]).querySelector("b")).toBeNull());
  it("say what is wrong with one that means nothing here", () => {
    const wrong = shown([{goal: {...line.goal, metric: "win_rat", fault: "metric"}, metric: undefined, reached: null, state: "unknown"}]);
    expect(wrong.querySelector("tbody tr")!.lastElementChild!.textContent).toBe("no such KPI in this report");
  });
  it("are nothing where there are none", () => expect(shown([]).childNodes).toHaveLength(0));
});
