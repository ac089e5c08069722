import {describe, expect, it} from "vitest";
import {kpiCard} from "../../src/components/kpiCard.js";
import {monthTable} from "../../src/components/snapshots/monthTable.js";
import {restatementTable} from "../../src/components/snapshots/restatementTable.js";
import {restatedFrom} from "../../src/elements/restatedFrom.js";
import type {ReportContext} from "../../src/elements/definition.js";
import {metrics} from "../../src/metrics/index.js";
import type {FrozenMonth, RestatedNumber} from "../../src/query/manifest.js";
import type {Period} from "../../src/query/question.js";
import {answerOf, blank, faces, formatterOf} from "./world.js";

const format = await formatterOf("en");
const hungarian = await formatterOf("hu");
const document = blank();
const month = (key: string, end: string): Period => ({key, grain: "month", start: `${key}-01`, end, part: false, census: end});
const frozen = (id: string, more: Partial<FrozenMonth> = {}): FrozenMonth => ({id, month: id.slice(0, 7), asOf: "2026-09-30", frozenOn: "2026-10-03", publisher: "<b>Ana", replaces: null, replacedBy: null, pages: [], values: {win_rate: 0.219}, ...more});
const restated: RestatedNumber = {metric: "win_rate", period: "2026-10", old: 0.219, new: 0.25, seenIn: "2026-11", seenOn: "2026-11-03", causes: [{cause: "late", records: 14}, {cause: "reopened", records: 1}]};

describe("monthTable(months)", () => {
  const table = monthTable({
    months: [frozen("2026-09", {replacedBy: "2026-09-r2"}), frozen("2026-09-r2", {replaces: {id: "2026-09", reason: "late <orders>"}, values: {win_rate: 0.25}})],
    periods: new Map([["2026-09", month("2026-09", "2026-10-01")]]),
    kpis: [{id: "win_rate", unit: "percent", now: new Map([["2026-09", 0.25]])}]
  }, {format, document});
  const rows = [...table.querySelectorAll("tbody tr")];
  it("has the newest first, each with the way to its pages", () =>
    expect(rows.map((row) => [row.querySelector("a")!.getAttribute("href"), row.querySelector("a")!.textContent])).toEqual([["./2026-09-r2/index.html", "September 2026, corrected"], ["./2026-09/index.html", "September 2026"]]));
  it("tells a number that is another one now with both, and one that is not alone", () => expect(rows.map((row) => row.lastElementChild!.textContent)).toEqual(["25.0%", "21.9%, now 25.0%"]));
  it("takes names and reasons as text", () => {
    expect(rows[0]!.children[3]!.textContent).toBe("<b>Ana");
    expect(table.querySelector("b")).toBeNull();
    expect(table.innerHTML).toContain("late &lt;orders&gt;");
  });
});

describe("a report without frozen months", () => {
  it("says how the first is made", () => expect(monthTable({months: [], periods: new Map(), kpis: []}, {format, document}).textContent).toMatch(/^No month is kept yet\..*npm run snapshot/));
});

describe("restatementTable(restated)", () => {
  const options = {periodOf: () => month("2026-10", "2026-11-01"), unitOf: () => "percent" as const, hrefOf: (metric: string) => `#${metric}`};
  it("tells old, new and why", () => {
    const cells = [...restatementTable({months: 2, restated: [restated], ...options}, {format, document}).querySelectorAll("tbody td, tbody th")].map((cell) => cell.textContent);
    expect(cells).toEqual(["Win rate", "October 2026", "21.90%", "25.00%", "14 late entries, 1 reopened", "3 November 2026"]);
  });
  it("says so where nothing was restated", () => expect(restatementTable({months: 2, restated: [], ...options}, {format, document}).textContent).toBe("Nothing that was published is another number in a later month."));
  it("says where there is nothing to compare with yet", () => expect([0, 1].map((months) => restatementTable({months, restated: [], ...options}, {format, document}).textContent)).toEqual(Array(2).fill("Each month is compared with the one kept before it: two are needed.")));
});

describe("a card of a restated number", () => {
  const context = (of: typeof format) => ({manifest: {archive: {months: [], restated: [restated]}}, catalogue: metrics, format: of, document}) as unknown as ReportContext;
  it("says from what, since when and why", () => {
    const words = restatedFrom("win_rate", "2026-10", context(format));
    expect(words).toBe("restated from 21.9% on 3 November 2026: 14 late entries, 1 reopened");
    expect(kpiCard(answerOf({metrics: ["win_rate"]}), {metric: faces.win_rate, format, document, restated: words}).querySelector(".qd-caveats")!.textContent).toContain(words);
  });
  it("says it in Hungarian", () => expect(restatedFrom("win_rate", "2026-10", context(hungarian))).toMatch(/^2026\. november 3\. óta más, korábban 21,9\s?%/));
  it("says nothing in another period, or of another KPI", () => expect([restatedFrom("win_rate", "2026-09", context(format)), restatedFrom("revenue_won", "2026-10", context(format))]).toEqual([undefined, undefined]));
});
