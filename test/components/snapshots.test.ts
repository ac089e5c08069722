import {describe, expect, it} from "vitest";
import {kpiCard} from "../../src/components/kpiCard.js";
import {toldMonths} from "../../loaders/snapshot/archive.js";
import {comparedCsv, comparedMonths, comparedRows, lastPair} from "../../src/components/snapshots/comparedMonths.js";
import {monthTable} from "../../src/components/snapshots/monthTable.js";
import {restatementTable} from "../../src/components/snapshots/restatementTable.js";
import {kpiComparedElement} from "../../src/elements/kpiCompared.js";
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

describe("two months side by side", () => {
  const version = (win_rate: number) => ({win_rate: {version: win_rate, formula: "a"}, new_leads: {version: 1, formula: "b"}, revenue_won: {version: 1, formula: "c"}});
  const told = toldMonths([
    {snapshot: {id: "2026-08", month: "2026-08", definitions: version(1)}, published: {values: {win_rate: {"2026-08": [0.2, 100], "2026-07": [0.1, 90]}, new_leads: {"2026-08": [50, 50]}}}},
    {snapshot: {id: "2026-09", month: "2026-09", definitions: version(1)}, published: {values: {win_rate: {"2026-09": [0.25, 100], "2026-08": [0.22, 104], "2026-07": [0.1, 90]}, new_leads: {"2026-09": [40, 40], "2026-08": [50, 50]}, revenue_won: {"2026-09": [900, 30], "2026-08": [700, 20]}}}},
    {snapshot: {id: "2026-09-r2", month: "2026-09", definitions: version(2)}, published: {values: {win_rate: {"2026-09": [0.5, 100], "2026-08": [0.4, 104]}, new_leads: {"2026-09": [41, 41], "2026-08": [50 + 1e-12, 50]}}}}
  ]);
  const options = {format, document, metrics: [faces.win_rate, faces.new_leads, faces.revenue_won], periodOf: (key: string) => month(key, key === "2026-08" ? "2026-09-01" : "2026-10-01"), hrefOf: (metric: string) => `#${metric}`};
  const cells = (figure: Element) => [...figure.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent!.replaceAll("\u00a0", " ")));

  it("keeps what each month told of itself, and what it tells otherwise of those before it", () => {
    expect(told[1]!.values).toEqual({win_rate: [0.25, 100], new_leads: [40, 40], revenue_won: [900, 30]});
    // What the earlier did not tell, and a last bit that differs, are no restatement.
    expect(told.map(({restated}) => restated)).toEqual([{}, {"2026-08": {win_rate: 0.22}}, {"2026-08": {win_rate: 0.4}, "2026-09": {win_rate: 0.5, new_leads: 41}}]);
  });
  it("begins with the last month and one of another month before it", () => {
    expect(lastPair(told)).toEqual(["2026-08", "2026-09-r2"]);
    expect([lastPair(told.slice(0, 1)), lastPair([])]).toEqual([null, null]);
    expect(comparedMonths(told.slice(0, 1), null, options).textContent).toMatch(/two are needed/);
  });
  it("says what got better and worse, what is told otherwise, and what only one tells", () => {
    const figure = comparedMonths(told, ["2026-08", "2026-09"], options);
    expect(figure.querySelector("h3")!.textContent).toBe("From August 2026 to September 2026 1 KPI got better and 1 worse");
    expect(figure.querySelector("p")!.textContent).toBe("1 number of August 2026 is another one in September 2026");
    expect(cells(figure)).toEqual([["Win rate", "20.0%", "25.0%", "+5.0 pp", "22.00%"], ["New leads", "50", "40", "−20.0%", ""], ["Revenue won", "not told", "€900", "–", ""]]);
  });
  it("draws no change across two definitions", () => {
    const figure = comparedMonths(told, ["2026-08", "2026-09-r2"], options);
    expect(cells(figure)[0]![3]).toBe("definition of version 1 → 2");
    expect(figure.querySelector("h3")!.textContent).toBe("From August 2026 to September 2026, corrected 0 KPIs got better and 1 worse");
  });
  it("goes as a file with both and what the later tells of the earlier", () =>
    expect(comparedCsv(comparedRows(told[0]!, told[1]!, options.metrics), ["2026-08", "2026-09"]).trim().split(/\r?\n/)).toEqual([
      "metric,2026-08,2026-09,2026-08_in_2026-09,version_then,version_now", "win_rate,0.2,0.25,0.22,,", "new_leads,50,40,50,,", "revenue_won,,900,,,"
    ]));
  it("lets a reader choose any two, and puts them into the address", () => {
    const page = blank("https://report.test/snapshots/index?months=2026-08..2026-09");
    const catalogue = metrics.filter(({id}) => ["win_rate", "new_leads", "revenue_won"].includes(id));
    const context = {manifest: {archive: {months: [], restated: [], told}, calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1], holidays: []}, asOf: "2026-10-01", firstDay: "2025-01-01"}, catalogue, format, document: page, definitionHref: (id: string) => `#${id}`} as unknown as ReportContext;
    const host = page.createElement("kpi-compared");
    host.append(kpiComparedElement.render([], {}, {filters: []}, context));
    page.body.append(host);
    const selects = () => [...host.querySelectorAll("select")];
    expect(selects().map(({disabled, value}) => [disabled, value])).toEqual([[true, "2026-08"], [true, "2026-09-r2"]]);
    kpiComparedElement.enliven!(host, {}, {filters: []}, context);
    expect(selects().map(({disabled, value}) => [disabled, value])).toEqual([[false, "2026-08"], [false, "2026-09"]]);
    const [, later] = selects();
    later!.focus();
    later!.value = "2026-09-r2";
    later!.dispatchEvent(new (page.defaultView!.Event)("change"));
    expect(page.defaultView!.location.search).toBe("?months=2026-08..2026-09-r2");
    expect(host.querySelector("h3")!.textContent).toContain("September 2026, corrected");
    expect(page.activeElement).toBe(selects()[1]);
  });
});
