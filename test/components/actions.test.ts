import {describe, expect, it} from "vitest";
import {actionList, type JudgedAction} from "../../src/components/actionList.js";
import {recordsPanel, type Looked, type Pick} from "../../src/components/recordsPanel.js";
import {makingDetails} from "../../src/components/makingDetails.js";
import {trendRows} from "../../src/components/rows.js";
import {signalChart} from "../../src/components/signalChart.js";
import {happenedIn, timeNotesIn, timeNoteWords} from "../../src/components/timeNotes.js";
import {trendChart} from "../../src/components/trendChart.js";
import {judgeAction, neededPeriods} from "../../src/query/explain/action.js";
import {readSeries} from "../../src/query/explain/series.js";
import type {Action} from "../../src/query/manifest.js";
import {answerOf, blank, faces, formatterOf} from "./world.js";

const en = await formatterOf("en");
const hu = await formatterOf("hu");
const document = blank();
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f\u2060]/g, (mark) => (mark === "\u2060" ? "" : " "));

const action: Action = {metric: "win_rate", segment: null, action: "<img src=x onerror=alert(1)> =cmd()", role: "head <b>of</b> sales", start: "2026-03-01", expected: {direction: "up", by: 0.03}};
/** 25 months about 30 %, the last 8 of them about `after`. */
const answer = (after: number) => answerOf({metrics: ["win_rate"], periods: 25, cell: (cell, {role, i}) => (role === "trend" ? {...cell, value: (i > 17 ? after : 0.3) + (i % 2 ? 0.01 : -0.01), n: 50} : cell)});
const judged = (of: Action, after: number): JudgedAction => {
  const told = answer(after);
  return {action: of, judged: {metric: faces.win_rate, answer: told, result: judgeAction(trendRows(told, "win_rate"), {unit: "percent", start: of.start, expected: "up"})}};
};
const list = (actions: readonly JudgedAction[], format = en) => actionList({actions, needed: neededPeriods, format, document});

describe("did it work", () => {
  it("says the verdict, on what it rests, the course and the task", () => {
    const [card] = list([judged({...action, action: "Coaching", role: "head of sales"}, 0.4)]).children;
    expect([card!.querySelector("h3")!.textContent, card!.getAttribute("data-verdict")]).toEqual(["Coaching", "working"]);
    expect(plain(card!.querySelector(".qd-verdict")!.textContent)).toMatch(/^Working\. 41\.0% in October 2026 lies above what was usual before, 24\.\d% to 35\.\d%\.$/);
    expect([...card!.querySelectorAll("dd")].map(({textContent}) => plain(textContent))).toEqual(["Win rate", "1 March 2026", "+3.0 pp", "30.1% was usual; 40.0% on average since", "the 17 closed periods before the start, 1 October 2024 to 28 February 2026. The KPI’s signal on other cards is judged against its own baseline.", "head of sales"]);
  });
  it("says against which periods it judges, and nothing of them where there are too few", () => {
    const one = judged(action, 0.3);
    const {baseline} = one.judged!.result.series;
    expect(plain(list([one]).textContent)).toContain(`${en.date(baseline!.from)} to ${en.date(baseline!.to)}`);
    expect(list([one], hu).textContent).toContain("a kezdet előtti 17 lezárt időszakhoz");
    expect(list([judged({...action, start: "2025-01-01"}, 0.3)]).textContent).not.toContain("Judged against");
  });
  it("says no effect, and that in Hungarian too", () => {
    expect(plain(list([judged(action, 0.3)]).querySelector(".qd-verdict")!.textContent)).toMatch(/^No effect\. All 8 closed periods since lie within/);
    expect(list([judged(action, 0.3)], hu).querySelector("strong")!.textContent).toBe("Nincs hatása.");
  });
  it("shows what the company wrote as text and nothing else", () => {
    const shown = list([judged(action, 0.4), {action: {...action, fault: "metric", metric: "<i>x</i>"}, judged: null}]);
    expect(shown.querySelectorAll("img, b, i")).toHaveLength(0);
    expect(shown.textContent).toContain("No KPI is called “<i>x</i>”");
  });
  it("says so where nothing was done", () => expect(list([]).textContent).toMatch(/^No action is on record/));
});

describe("an action on the KPI's course", () => {
  const told = answer(0.4);
  const series = readSeries(trendRows(told, "win_rate"), {unit: "percent"});
  const happened = timeNotesIn({actions: [{...action, action: "Coaching"}, {...action, start: "2020-01-01"}]}, series.points.map(({period}) => period));
  const figure = signalChart(told, {metric: faces.win_rate, series, told: {point: series.points.at(-1)!, verdict: "routine"}, happened, format: en, document});
  it("is a dashed line with a number in every size, and the number in words", () => {
    expect(figure.querySelectorAll('svg g[stroke-dasharray="5,3"] line')).toHaveLength(figure.querySelectorAll(".qd-plots > *").length);
    expect(plain(figure.querySelector(".qd-caveats")!.textContent)).toMatch(/1: Coaching, from 1 March 2026$/);
  });
  it("is in the table twin, in the row of its period", () => {
    const rows = [...figure.querySelectorAll("tbody tr")].filter((row) => row.lastElementChild!.textContent === "Coaching");
    expect(rows.map((row) => row.firstElementChild!.textContent)).toEqual(["March 2026"]);
  });
  it("is drawn on columns and lines over time as well", () => {
    for (const metric of ["win_rate", "revenue_won"] as const) {
      const shown = trendChart(answerOf({metrics: [metric]}), {metric: faces[metric], happened: {actions: [{...action, metric}]}, format: en, document});
      expect(shown.querySelectorAll('svg g[stroke-dasharray="5,3"]').length).toBeGreaterThan(0);
    }
  });
});

describe("an event on every axis of time", () => {
  const months = trendRows(answer(0.4), "win_rate").map(({period}) => period);
  const event = (date: string, label: string) => ({date, label});
  const many = ["2025-01", "2025-03", "2025-05", "2025-07", "2025-09", "2025-11", "2026-01"].map((month, k) => event(`${month}-15`, `Event ${k + 1}`));

  it("is a dotted line with a letter, and the letter in words, oldest first", () => {
    const shown = trendChart(answerOf({metrics: ["revenue_won"]}), {metric: faces.revenue_won, happened: {events: [event("2026-08-10", "Outage"), event("2026-05-02", "<b>Fair</b>")]}, format: en, document});
    const lines = [...shown.querySelectorAll('svg g[stroke-dasharray="1,3"] path')].map((path) => path.getAttribute("d")!.match(/M/g)!.length);
    expect(lines).toEqual([...shown.querySelectorAll(".qd-plots > *")].map(() => 2));
    expect(plain(shown.querySelector(".qd-caveats")!.textContent)).toContain("A: <b>Fair</b>, 2 May 2026; B: Outage, 10 August 2026");
    expect(shown.querySelectorAll("b")).toHaveLength(0);
  });
  it("has its line where it is among the newest five; the table tells of all", () => {
    const notes = timeNotesIn({events: many}, months);
    expect(notes.map(({key, label}) => [key, label])).toEqual([["2025-01", ""], ["2025-03", ""], ["2025-05", "A"], ["2025-07", "B"], ["2025-09", "C"], ["2025-11", "D"], ["2026-01", "E"]]);
    expect(timeNoteWords(notes, en).map(plain)).toEqual([expect.stringMatching(/^A: Event 3, 15 May 2025; .*; E: Event 7, 15 January 2026; 2 earlier events are in the table$/)]);
    expect(happenedIn(notes, "2025-01")).toBe("Event 1");
  });
  it("shares the line of an action in the same period, whose number comes first", () => {
    const notes = timeNotesIn({actions: [action], events: [event("2026-03-20", "Fair")]}, months);
    expect(notes.map(({key, label}) => [key, label])).toEqual([["2026-03", "1, A"]]);
    expect(happenedIn(notes, "2026-03")).toBe(`${action.action}; Fair`);
  });
  it("lies outside the periods: there is none", () => expect(timeNotesIn({events: [event("2019-01-01", "Long ago"), event("2030-01-01", "Not yet")]}, months)).toEqual([]));
});

describe("how is this made", () => {
  const period = answerOf({metrics: ["win_rate"]}).period;
  const row = answerOf({metrics: ["win_rate"]}).rows[0]!;
  const part = (metric: string, role: string) => ({roles: [role], metric, days: period, mart: "fct_opportunity", columns: [], rows: {sql: "", params: []}, count: {sql: "", params: []}});
  const looked: Looked = {row, sql: [[{text: "select ", value: false}, {text: "'<b>'", value: true}]], parts: [
    {part: part("opportunities_won", "numerator"), counted: 29, brings: 29, noted: {}, leftOut: {}},
    {part: part("opportunities_closed", "denominator"), counted: 98, brings: 98, noted: {}, leftOut: {no_value: 3}}
  ]};
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  const open = async (result: () => Promise<Looked>, most = 1000) => {
    const picks: Pick[] = [];
    const saved: Pick[] = [];
    const panel = recordsPanel({metrics: [faces.win_rate], periods: [period], dimension: "region", members: ["<b>North</b>", null], look: (pick) => { picks.push(pick); return result(); },
      download: async (pick) => void saved.push(pick), most, command: () => "npm run kpi", failure: () => "the engine did not start", format: en, document});
    await settled();
    return {panel, picks, saved};
  };

  it("leads to the definition without a script", () => {
    const folded = makingDetails({metrics: ["win_rate"], definitionHref: (id) => `/definitions#${id}`, format: en, document});
    expect(folded.querySelector("a")!.getAttribute("href")).toBe("/definitions#win_rate");
    expect(folded.hasAttribute("open")).toBe(false);
  });
  it("says how many records stand in numerator and denominator, and what was left out", async () => {
    const {panel} = await open(async () => looked);
    expect([...panel.querySelectorAll("li")].map(({textContent}) => textContent)).toEqual(["Opportunities won (numerator): 29 records", "Opportunities closed (denominator): 98 records; 3 left out: no value"]);
    expect(panel.querySelector("code")!.textContent).toBe("select '<b>';");
    expect(panel.querySelector("b")).toBeNull();
  });
  it("is of the total or of a member, as picked, and saves what is shown", async () => {
    const {panel, picks, saved} = await open(async () => looked);
    const select = panel.querySelector("select")!;
    select.selectedIndex = 2;
    select.dispatchEvent(new (document.defaultView!.Event)("change"));
    await settled();
    expect(picks.map(({member}) => member)).toEqual([undefined, null]);
    panel.querySelector("button")!.click();
    await settled();
    expect(saved).toEqual([{metric: "win_rate", period: period.key, member: null}]);
  });
  it("of very many records says how to get them in the terminal", async () => {
    const {panel} = await open(async () => looked, 100);
    expect([panel.querySelector("button"), panel.textContent!.includes("npm run kpi")]).toEqual([null, true]);
  });
  it("says why where the records cannot be read", async () => {
    const {panel} = await open(() => Promise.reject(new Error()));
    expect(panel.textContent).toContain("The records could not be read. the engine did not start");
  });
  it("of a number that is kept back has no records", async () => {
    const {panel} = await open(async () => ({...looked, parts: [], row: {...row, value: null, reason: "suppressed"}}));
    expect(panel.textContent).toContain("No records to show.");
  });
});
