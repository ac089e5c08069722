import {describe, expect, it} from "vitest";
import {cohortCompare} from "../../src/components/cohort/cohortCompare.js";
import {cohortCurves} from "../../src/components/cohort/cohortCurves.js";
import {cohortHeatmap} from "../../src/components/cohort/cohortHeatmap.js";
import {cohortMembers, membersCsv} from "../../src/components/cohort/cohortMembers.js";
import {cohortSegments} from "../../src/components/cohort/cohortSegments.js";
import {cohortSwitches, updateCohortSwitches} from "../../src/components/cohort/cohortSwitches.js";
import {cohortMeasures} from "../../src/metrics/cohort.js";
import {cohorts, purchasesCohort, subscriptionsCohort} from "../../src/metrics/cohorts.js";
import type {CohortAnswer, CohortList} from "../../src/query/cohort/answer.js";
import {compareGroups, wholeAges} from "../../src/query/cohort/reading.js";
import {cellKey, cohortBases, cohortForms, printCell, type CohortView} from "../../src/query/cohort/view.js";
import {calendar, hostile, months, paying, readingOf, segmented, sizeOf, triangle} from "./cohortWorld.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const hungarian = await formatterOf("hu");
const document = blank();
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2060\u2068\u2069]/g, "");
const finding = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);
const texts = (root: Element) => [...root.querySelectorAll("text, tspan")].filter(({childElementCount}) => childElementCount === 0).map(({textContent}) => plain(textContent));
const full = (figure: Element) => figure.querySelector('svg[data-size="full"]')!;

const pick = {key: cellKey, print: printCell};
const looked = (answer: CohortAnswer) => ({format, document, reading: readingOf(answer)});
const heatmap = (answer: CohortAnswer) => cohortHeatmap(answer, {...looked(answer), pick});
const rows = (figure: Element) => [...figure.querySelectorAll(".qd-cohort tbody tr")];
const number = (cell: Element | undefined) => Number(/[\d.]+/.exec(plain(cell?.firstChild?.textContent))?.[0]);

describe("cohortHeatmap(answer)", () => {
  const figure = heatmap(triangle);

  it("is a table: a heading for each row and column, the size of the cohort beside its name", () => {
    expect(figure.querySelector("caption")!.textContent).toContain("Purchases");
    expect([...figure.querySelectorAll("thead th")].map((th) => [th.getAttribute("scope"), th.textContent]).slice(0, 4)).toEqual([["col", "Began in"], ["col", "Customers"], ["col", "M0"], ["col", "M1"]]);
    expect(rows(figure)).toHaveLength(months);
    rows(figure).forEach((row, i) => {
      expect(row.querySelector("th")!.getAttribute("scope")).toBe("row");
      expect(number(row.children[1])).toBe(sizeOf(i));
    });
  });

  it("says of each cell what the answer does, and can be asked for each that has a number", () => {
    rows(figure).forEach((row, i) => triangle.lines[i]!.cells.forEach((cell, age) => {
      const shown = row.children[2 + age]!;
      if (cell.value === null) expect(shown.hasAttribute("data-pick")).toBe(false);
      else {
        expect(number(shown)).toBe(Math.round(cell.value * 100));
        expect(new URLSearchParams(shown.getAttribute("data-pick")!).get(cellKey)).toBe(`${age}:${triangle.lines[i]!.key}`);
      }
    }));
  });

  it("leaves cells after the as-of day empty behind an edge, and marks what is known in part by more than colour", () => {
    const cells = [...figure.querySelectorAll(".qd-cohort tbody td")];
    const after = cells.filter((cell) => cell.classList.contains("qd-later"));
    expect(after).toHaveLength((months * (months - 1)) / 2);
    expect(after.every((cell) => cell.textContent === "after the as-of day" && !cell.hasAttribute("data-tone-step"))).toBe(true);
    for (const row of rows(figure).slice(1)) {
      const last = [...row.children].map((cell) => cell.hasAttribute("data-tone-step")).lastIndexOf(true);
      expect(row.children[last]!.className).toContain("qd-edge");
    }
    const part = cells.filter((cell) => cell.classList.contains("qd-partly"));
    expect(part).toHaveLength(months);
    expect(part.every((cell) => cell.textContent!.includes("observed in part"))).toBe(true);
  });

  it("has a darker tone for more, on a scale that says its unit at both ends", () => {
    const told = rows(figure).flatMap((row, i) => triangle.lines[i]!.cells.flatMap((cell, age) => (cell.value === null || age === 0 ? [] : [{value: cell.value, tone: Number(row.children[2 + age]!.getAttribute("data-tone-step"))}])));
    told.sort((a, b) => a.value - b.value).forEach(({tone}, k) => k > 0 && expect(tone).toBeGreaterThanOrEqual(told[k - 1]!.tone));
    expect(new Set(told.map(({tone}) => tone)).size).toBeGreaterThan(4);
    expect(plain(figure.querySelector(".qd-scale")!.textContent)).toMatch(/: 0% {2}≥ 4\d%/);
  });

  it("ends in the weighted average of whole cells", () => {
    const average = [...figure.querySelectorAll(".qd-cohort tfoot tr > *")].slice(2);
    triangle.average.forEach(({value}, age) => expect(number(average[age])).toBe(Math.round(value! * 100)));
    expect(average[months - 1]!.className).toContain("qd-later");
  });

  it("marks the cohort inside which the records begin, and the one that still runs, with a note", () => {
    const flags = rows(figure).map((row) => row.querySelector(".qd-flag")?.firstChild?.textContent ?? "");
    expect(flags).toEqual(["*", ...Array.from({length: months - 2}, () => ""), "…"]);
    expect(figure.querySelector(".qd-caveats:not(.qd-paper)")!.textContent).toContain("customers of old look new");
  });

  it("says when it is by a member, with its cost and payback, and why there is nothing", () => {
    const members: CohortAnswer = {...triangle, choices: {...triangle.choices, key: "source"}, lines: [{...triangle.lines[1]!, key: hostile, member: hostile}, {...triangle.lines[2]!, key: "", member: null}]};
    const own = heatmap(members);
    expect(finding(own)).toContain("Customers of source <img");
    expect(own.querySelector("img")).toBeNull();
    expect(own.outerHTML).not.toContain("\u202e");
    const money = heatmap(paying);
    expect([...money.querySelectorAll("thead th")].map(({textContent}) => textContent).slice(1, 4)).toEqual(["Customers", "Cost of winning one €", "Paid back"]);
    expect(plain(rows(money)[1]!.children[3]!.textContent)).toBe("M3");
    expect(heatmap({...triangle, lines: []}).getAttribute("data-why")).toBe("no_rows");
    expect(heatmap({...triangle, lines: triangle.lines.map((line) => ({...line, suppressed: true as const}))}).textContent).toContain(format.reason("suppressed"));
  });
});

describe("the title of a triangle", () => {
  // Two years, so that there is a year before.
  const shifted = (line: CohortAnswer["lines"][number]) => ({...line, key: line.key.replace(/^\d+/, (year) => String(Number(year) - 1)), isTruncated: false, isCurrent: false, cells: line.cells.map((cell) => (cell.value === null ? cell : {...cell, state: "whole" as const, value: cell.value * 0.8}))});
  const long: CohortAnswer = {...triangle, lines: [...triangle.lines.slice(0, 12).map(shifted), ...triangle.lines.slice(0)]};

  it("tells the latest cohort that all of is old enough, every number of it that of a cell", () => {
    const figure = heatmap(long);
    const [, name, value, age, by, direction, beside] = /^Customers who first bought in (.*) come back at (\d+)% in month (\d+), (\d+) points? (above|below) the year before \((\d+)%\)$/.exec(finding(figure))!;
    const all = rows(figure);
    const row = all.filter((one) => one.querySelector("bdi")!.textContent === name).at(-1)!;
    expect(number(row.children[2 + Number(age)])).toBe(Number(value));
    const before = all.find((one) => one.querySelector("bdi")!.textContent === name!.replace(/\d+/, (year) => String(Number(year) - 1)))!;
    expect(number(before.children[2 + Number(age)])).toBe(Number(beside));
    expect(Number(by)).toBe(Number(value) - Number(beside));
    expect(direction).toBe("above");
  });

  it("tells no year before where there is none, and that none is old enough", () => {
    expect(finding(heatmap(triangle))).toMatch(/^Customers who first bought in April 2026 come back at 25% in month 6$/);
    expect(finding(heatmap({...triangle, lines: triangle.lines.slice(-1), average: []}))).toBe("No cohort is old enough yet to say who stays");
  });

  it.each(cohortMeasures.flatMap((measure) => (["share", "absolute"] as const).flatMap((form) => cohorts.map(({id}) => [measure, form, id] as const))))("is a sentence in both languages: %s, %s, %s", (measure, form, id) => {
    const unit = form === "share" && !["margin", "revenue_per_customer"].includes(measure) ? "share" : "money";
    const answer: CohortAnswer = {...long, unit, cohort: cohorts.find((cohort) => cohort.id === id)!, choices: {...long.choices, measure, form}};
    for (const words of [format, hungarian]) for (const base of ["first", "previous"] as const) {
      const figure = cohortHeatmap({...answer, choices: {...answer.choices, base}}, {...looked(answer), format: words, pick});
      expect(finding(figure)).not.toMatch(/[{}]|undefined|null/);
      expect(finding(figure)).toMatch(/\d/);
    }
  });
});

describe("the other views of a cohort", () => {
  it("draw the average bold, the newest cohort in front, the others grey, and label both ends", () => {
    const figure = cohortCurves(triangle, looked(triangle));
    expect(finding(figure)).toMatch(/^On average 2\d% at month 6, 1\d% at month 13$/);
    expect(texts(full(figure)).filter((text) => /^(Average|July 2026) \d+%$/.test(text))).toHaveLength(2);
    expect(figure.querySelector(".qd-caveats")!.textContent).toContain("the start is left out");
    expect(figure.querySelectorAll(".qd-twin tbody tr")).toHaveLength(months);
  });

  it("draw what a customer cost as a line, and say when it is paid back", () => {
    const figure = cohortCurves(paying, looked(paying));
    expect(finding(figure)).toMatch(/11 of 15 cohorts have/);
    expect(full(figure).innerHTML).toContain("var(--qd-signal)");
    expect(figure.querySelector(".qd-key")!.textContent).toContain("cost of winning a customer");
    const reached = paying.lines.filter(({paybackPeriod, cells}) => paybackPeriod !== null && cells.length > 0).at(-1)!;
    const front = cohortCurves(paying, {...looked(paying), reading: {...readingOf(paying), current: reached}});
    expect(plain(front.querySelector(".qd-key")!.textContent)).toContain("paid back by month 3");
    expect(full(front).querySelectorAll('circle[stroke="var(--qd-signal)"], [stroke="var(--qd-signal)"] circle')).toHaveLength(1);
    expect(cohortCurves({...triangle, lines: triangle.lines.slice(-1), average: []}, looked(triangle)).getAttribute("data-why")).toBe("immature");
  });

  it("set segments on one scale and rank them where chance does not explain it; a hostile name stays text", () => {
    const figure = cohortSegments(segmented, looked(segmented));
    expect(finding(figure)).toMatch(/^Web leads with 2\d% at month 6, <img.* comes last with 1\d%$/);
    expect(figure.querySelector("img")).toBeNull();
    expect(figure.querySelector(".qd-caveats")!.textContent).toContain("1 group of few customers");
    expect(figure.querySelectorAll(".qd-twin tbody tr")).toHaveLength(2);
    expect(cohortSegments(triangle, looked(triangle)).getAttribute("data-why")).toBe("no_rows");
  });

  it("compare two groups with the interval of the difference, none under ten customers", () => {
    const options = (answer: CohortAnswer, view: CohortView = {}) => ({...looked(answer), comparison: compareGroups(answer, view, calendar), ages: wholeAges(answer), why: "few" as const});
    const figure = cohortCompare(triangle, options(triangle));
    expect(finding(figure)).toMatch(/^January 2026 – April 2026: 22\.9% at month 6, October 2025 – December 2025: 17\.8%; no more apart than chance would have them$/);
    const total = [...figure.querySelectorAll("tfoot tr > *")].map((cell) => plain(cell.textContent));
    const {difference} = compareGroups(triangle, {}, calendar)!;
    expect(total.at(-3)).toBe(plain(`+${(difference!.difference * 100).toFixed(1)} pp`));
    expect([...figure.querySelectorAll("select")].every(({disabled}) => disabled)).toBe(true);
    const small: CohortAnswer = {...triangle, lines: triangle.lines.map((line) => ({...line, cells: line.cells.map((cell) => (cell.value === null ? cell : {...cell, active: 1, observed: 2, value: 0.5}))}))};
    expect(finding(cohortCompare(small, options(small, {age: 3, a: ["2025-10-01", "2025-10-01"], b: ["2025-11-01", "2025-11-01"]})))).toContain("too few customers");
    const both = cohortCompare(triangle, options(triangle, {a: ["2025-10-01", "2025-12-01"], b: ["2025-12-01", "2026-01-01"]}));
    expect(finding(both)).toContain("some cohorts are in both groups");
    expect(cohortCompare(paying, {...options(paying), why: "money"}).textContent).toContain("shares of customers");
  });

  it("tell a choice of groups in the order of time, whichever end is chosen first", () => {
    const told: Pick<CohortView, "a" | "b" | "age">[] = [];
    const figure = cohortCompare(triangle, {...looked(triangle), comparison: compareGroups(triangle, {}, calendar), ages: wholeAges(triangle), why: "few", onChange: (view) => told.push(view)});
    const from = figure.querySelector<HTMLSelectElement>('select[name="cohort-a-from"]')!;
    from.value = "2026-09-01";
    from.dispatchEvent(new (document.defaultView!.Event)("change"));
    expect(told[0]!.a).toEqual(["2026-04-01", "2026-09-01"]);
    expect(told[0]!.age).toBe(6);
  });

  it("list who is in a cell, who has left since, and give a file that no spreadsheet runs", () => {
    const list: CohortList = {count: 120, left: 40, entries: [{customer: 7, record: "=cmd()", started: "2025-10-03", lastEvent: "2026-04-01", value: 1200.5, hasLeft: true}, {customer: 8, record: null, started: "2025-10-04", lastEvent: "2026-09-01", value: null, hasLeft: false}]};
    const line = triangle.lines[1]!;
    const place = {line, cell: line.cells[6]!};
    const figure = cohortMembers(triangle, list, {...looked(triangle), place});
    expect(finding(figure)).toBe("October 2025, month 6: 120 customers are in the cell, 40 have left since");
    expect(figure.querySelector("button")).toBeNull();
    const live = cohortMembers(triangle, list, {...looked(triangle), place, picked: "cohort-cell=6%3A2025-10-01", save: () => {}});
    expect([...live.querySelectorAll("button")].map(({textContent}) => textContent)).toEqual(["All 120 as CSV", "Back to the cell of the title"]);
    expect(membersCsv(list, {format}).split("\n")[1]).toBe("'=cmd(),1200.5,2025-10-03,2026-04-01,yes");
    expect(cohortMembers(triangle, null, {...looked(triangle), place}).getAttribute("data-why")).toBe("no_rows");
  });

  it("speak Hungarian", () => {
    for (const figure of [cohortCurves(triangle, {...looked(triangle), format: hungarian}), cohortSegments(segmented, {...looked(segmented), format: hungarian})]) expect(finding(figure)).toMatch(/hónap/);
  });
});

describe("cohortSwitches(data)", () => {
  const offer = {measures: ["on", "repeat", "nrr"], grains: ["month", "quarter"], spans: ["calendar"], firsts: ["ever", "recurring"], dimensions: ["source", "region"]} as const;
  const data = {cohorts: [purchasesCohort, subscriptionsCohort], cohort: purchasesCohort, offer, bases: cohortBases, forms: cohortForms, usual: "on", view: {}};
  const select = (form: Element, name: string) => form.querySelector<HTMLSelectElement>(`select[name="cohort-${name}"]`);
  const choose = (form: Element, name: string, value: string) => {
    const own = select(form, name)!;
    own.value = value;
    own.dispatchEvent(new (document.defaultView!.Event)("change"));
  };

  it("offers what the cohort has, disabled in the page as built", () => {
    const form = cohortSwitches(data, {format, document});
    expect([...form.querySelectorAll("select")].every(({disabled}) => disabled)).toBe(true);
    expect([...select(form, "measure")!.options].map(({value}) => value)).toEqual(["", "repeat", "nrr"]);
    expect(select(form, "span")).toBeNull();
  });

  it("tells each choice with the others; other lines put away what was chosen of the old ones, another cohort everything", () => {
    const told: CohortView[] = [];
    const form = cohortSwitches({...data, view: {measure: "repeat", cell: "6:2025-10-01"}}, {format, document, onChange: (view) => told.push(view)});
    choose(form, "form", "absolute");
    choose(form, "grain", "quarter");
    choose(form, "of", "subscriptions");
    expect(told.map((view) => JSON.parse(JSON.stringify(view)))).toEqual([{measure: "repeat", cell: "6:2025-10-01", form: "absolute"}, {measure: "repeat", grain: "quarter"}, {cohort: "subscriptions"}]);
  });

  it("shows another view and keeps the focus", () => {
    const form = cohortSwitches(data, {format, document, onChange: () => {}});
    document.body.append(form);
    select(form, "grain")!.focus();
    updateCohortSwitches(form, {...data, view: {grain: "quarter"}}, {format, document, onChange: () => {}});
    expect(select(form, "grain")!.value).toBe("quarter");
    expect(document.activeElement).toBe(select(form, "grain"));
  });
});
