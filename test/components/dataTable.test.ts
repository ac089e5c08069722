import {JSDOM} from "jsdom";
import {describe, expect, it} from "vitest";
import {dataTable} from "../../src/components/dataTable.js";
import {makeSortable} from "../../src/components/table.js";
import type {Cell} from "../../src/query/question.js";
import {answerOf, blank, faces, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const names = (root: Element) => [...root.querySelectorAll("tbody th")].map(({textContent}) => textContent);
const owners = ["Ödön", "Ann", "Zoe", "Bob", null];
const answer = answerOf({metrics: ["revenue_won", "win_rate"], by: "owner", members: owners, targets: true});

describe("dataTable(answer)", () => {
  it("has a caption, scopes, numbers marked for the right edge, and a total row", () => {
    const root = dataTable(answer, {metrics: [faces.revenue_won], format, document});
    expect(root.querySelector("caption")!.textContent).toBe("Revenue won by owner · October 2026");
    expect([...root.querySelectorAll("thead th")].map(({textContent}) => textContent)).toEqual(["Owner", "Revenue won €", "n", "Δ previous", "Δ last year", "vs target"]);
    expect([...root.querySelectorAll("thead th")].every((th) => th.getAttribute("scope") === "col")).toBe(true);
    expect([...root.querySelectorAll("tbody td")].every((td) => td.classList.contains("qd-number"))).toBe(true);
    expect(root.querySelector("tfoot th")!.textContent).toBe("Total");
  });
  it("holds a part period against the pace to the target, and says so beside the share", () => {
    const part = answerOf({metrics: ["revenue_won"], by: "owner", members: ["Ann"], part: true, cell: (cell) => ({...cell, value: 700, n: 50, target: 1050})});
    const root = dataTable(part, {metrics: [faces.revenue_won], compare: ["target"], format, document});
    expect(root.querySelector("tbody td:last-child")!.textContent).toBe("93% of the pace to target €1,050: 15 of 21 working days");
  });
  it("shows the answer's total, not a sum of what is shown", () => {
    const total = answer.rows.find((row) => row.metric === "win_rate" && row.total && row.role === "current")!;
    const root = dataTable(answer, {metrics: [faces.win_rate], format, document});
    expect(root.querySelector("tfoot td")!.textContent).toContain(format.value(total.value, "percent", {precise: true, bare: true}));
  });
  it("stands largest first, small n after, no value last", () => {
    const world = answerOf({metrics: ["win_rate"], by: "owner", members: ["a", "b", "c", "d"], cell: (cell, {member}) => ({...cell, n: member === "a" ? 3 : 50, value: {a: 0.9, b: 0.2, c: null, d: 0.5}[member ?? "b"] ?? null})});
    expect(names(dataTable(world, {metrics: [faces.win_rate], format, document}))).toEqual(["d", "b", "a", "c"]);
  });
  it("keeps stages as they stand", () => expect(names(dataTable(answerOf({metrics: ["open_pipeline"], by: "stage", members: ["Z", "A"]}), {metrics: [faces.open_pipeline], format, document}))).toEqual(["Z", "A"]));
  it("gives a reason where there is no value", () => {
    const world = answerOf({metrics: ["win_rate"], by: "owner", members: ["a"], cell: (cell, {member}) => (member ? {value: null, n: 0, reason: "zero_denominator"} : cell)});
    expect(dataTable(world, {metrics: [faces.win_rate], format, document}).querySelector("tbody td")!.textContent).toBe("– nothing to divide by");
  });
  it("folds what is beyond max, behind a disclosure that needs no script", () => {
    const root = dataTable(answer, {metrics: [faces.revenue_won], max: 2, format, document});
    expect(root.querySelectorAll("tbody")[0]!.children).toHaveLength(2);
    expect(root.querySelector("tbody.qd-rest")!.children).toHaveLength(3);
    expect(root.querySelector("details summary")!.textContent).toBe("Show all 5 rows");
  });
  it("without a breakdown has one row a metric", () => expect(names(dataTable(answerOf({metrics: ["revenue_won", "win_rate"]}), {metrics: [faces.revenue_won, faces.win_rate], format, document}))).toEqual(["Revenue won", "Win rate"]));
  it("says which filter does not apply", () => expect(dataTable({...answer, notApplied: [{metric: "win_rate", dimension: "source"}]}, {metrics: [faces.win_rate], format, document}).querySelector(".qd-caveats")!.textContent).toBe("Win rate: not filtered by Source"));
  it("says why where no row matches", () => expect(dataTable({...answer, rows: []}, {metrics: [faces.win_rate], format, document}).getAttribute("data-why")).toBe("no_rows"));
  it("one row is a table", () => expect(names(dataTable(answerOf({metrics: ["win_rate"], by: "owner", members: ["only"]}), {metrics: [faces.win_rate], format, document}))).toEqual(["only"]));
  it("values the static table without a button", () => expect(dataTable(answer, {metrics: [faces.win_rate], format, document}).querySelector("button")).toBeNull());
});

describe("makeSortable(root)", () => {
  const sortable = () => dataTable(answer, {metrics: [faces.revenue_won], max: 2, format, document, interactive: true});
  const press = (root: Element, column: number) => {
    const heading = root.querySelectorAll("thead th")[column]!;
    heading.querySelector("button")!.click();
    return heading.getAttribute("aria-sort");
  };
  it("sorts numbers largest first, then smallest first", () => {
    const root = sortable();
    const values = () => [...root.querySelectorAll("tbody tr")].map((row) => Number(row.children[1]!.getAttribute("data-sort")));
    expect(press(root, 1)).toBe("descending");
    expect(values()).toEqual([...values()].sort((a, b) => b - a));
    expect(press(root, 1)).toBe("ascending");
    expect(values()).toEqual([...values()].sort((a, b) => a - b));
  });
  it("sorts names as the language does", () => {
    const root = sortable();
    expect(press(root, 0)).toBe("ascending");
    expect(names(root)).toEqual(["Ann", "Bob", "none", "Ödön", "Zoe"]);
  });
  it("keeps the number of rows before the fold, and the total at the foot", () => {
    const root = sortable();
    press(root, 0);
    expect(root.querySelectorAll("tbody")[0]!.children).toHaveLength(2);
    expect(root.querySelector("tfoot th")!.textContent).toBe("Total");
  });
  it("sorts missing values last either way", () => {
    const world = answerOf({metrics: ["win_rate"], by: "owner", members: ["a", "b", "c"], cell: (cell: Cell, {member}) => (member === "a" ? {value: null, n: 0, reason: "no_rows"} : cell)});
    const root = dataTable(world, {metrics: [faces.win_rate], format, document, interactive: true});
    press(root, 1);
    expect(names(root).at(-1)).toBe("a");
    press(root, 1);
    expect(names(root).at(-1)).toBe("a");
  });
  it("marks one column at a time and adds its buttons once", () => {
    const root = sortable();
    press(root, 0);
    press(root, 1);
    expect(root.querySelectorAll("[aria-sort]")).toHaveLength(1);
    makeSortable(root, {format, document});
    expect(root.querySelectorAll("thead button")).toHaveLength(root.querySelectorAll("thead th").length);
  });
});

describe("the folded rows of a live table", () => {
  const page = new JSDOM("<!doctype html>").window.document;
  const live = () => {
    const root = dataTable(answer, {metrics: [faces.revenue_won], max: 2, format, document: page, interactive: true});
    page.body.replaceChildren(root);
    return {root, rest: root.querySelector("tbody.qd-rest")!, all: root.querySelector<HTMLDetailsElement>("details.qd-all")!};
  };
  const baked = dataTable(answer, {metrics: [faces.revenue_won], max: 2, format, document}).querySelector("tbody.qd-rest")!;

  it("are not made with the others, but counted", () => {
    const {rest, all} = live();
    expect(rest.children).toHaveLength(0);
    expect(all.textContent).toBe("Show all 5 rows");
  });
  it("are made when they are unfolded, once, as the build makes them", () => {
    const {rest, all} = live();
    for (let i = 0; i < 2; i++) all.dispatchEvent(new page.defaultView!.Event("toggle"));
    expect(rest.innerHTML).toBe(baked.innerHTML);
  });
  it("are made before the page is printed", () => {
    const {rest} = live();
    page.defaultView!.dispatchEvent(new page.defaultView!.Event("beforeprint"));
    expect(rest.innerHTML).toBe(baked.innerHTML);
  });
  it("are sorted with the others", () => {
    const {root} = live();
    root.querySelector("thead button")!.dispatchEvent(new page.defaultView!.Event("click"));
    expect(names(root)).toEqual(["Ann", "Bob", "none", "Ödön", "Zoe"]);
    expect(root.querySelector("tbody")!.children).toHaveLength(2);
  });
});

describe("a table of metrics some of which have no data", () => {
  const missing = [{metric: "revenue_won", columns: ["opportunity.amount"], why: "not_published" as const}, {metric: "win_rate", columns: ["opportunity.state"], why: "not_in_data" as const}];
  const faced = [faces.new_leads, faces.revenue_won, faces.win_rate];
  const answer = {...answerOf({metrics: ["new_leads", "revenue_won", "win_rate"], by: "owner", members: ["a", "b"]}), missing};
  it("says below it which they are and why", () =>
    expect(dataTable(answer, {metrics: faced, format, document}).querySelector(".qd-caveats")!.textContent).toBe("not published in this report: Revenue won · not in your data: Win rate"));
  it("is a note where none has", () => {
    expect(dataTable({...answer, missing: missing.slice(0, 1)}, {metrics: [faces.revenue_won], format, document}).getAttribute("data-why")).toBe("not_published");
    expect(dataTable(answer, {metrics: faced.slice(1), format, document}).getAttribute("data-why")).toBe("not_in_data");
  });
});
