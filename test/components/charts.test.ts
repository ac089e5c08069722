import {describe, expect, it} from "vitest";
import {barChart} from "../../src/components/barChart.js";
import {plots, plotSizes, spread} from "../../src/components/plot.js";
import {sparkline} from "../../src/components/sparkline.js";
import {trendChart} from "../../src/components/trendChart.js";
import type {Cell} from "../../src/query/question.js";
import {trendRows} from "../../src/components/rows.js";
import fc from "fast-check";
import {answerOf, blank, faces, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const regions = ["East", "North", "South", "West"];

const worlds: [string, (cell: Cell) => Cell][] = [
  ["all null", (cell) => ({...cell, value: null, n: 0, reason: "no_rows"})],
  ["all zero", (cell) => ({...cell, value: 0})],
  ["equal values", (cell) => ({...cell, value: 5})],
  ["negative values", (cell) => ({...cell, value: -5})],
  ["small n", (cell) => ({...cell, n: 3})],
  ["huge values", (cell) => ({...cell, value: 1e15})],
  ["tiny values", (cell) => ({...cell, value: 1e-9})]
];

describe.each(worlds)("charts of %s", (name, cell) => {
  const answer = answerOf({metrics: ["revenue_won", "win_rate"], by: "region", members: regions, cell});
  const total = answerOf({metrics: ["revenue_won", "win_rate"], cell});
  it.each([
    ["columns", () => trendChart(total, {metric: faces.revenue_won, format, document})],
    ["line", () => trendChart(total, {metric: faces.win_rate, format, document})],
    ["lines", () => trendChart(answer, {metric: faces.win_rate, format, document})],
    ["bars", () => barChart(answer, {metric: faces.revenue_won, format, document})]
  ] as const)("%s are drawn without a warning and without NaN, or say why not", (_kind, make) => {
    const figure = make();
    expect(figure.className).toBe(name === "all null" ? "qd-empty" : "qd-chart");
    expect(figure.outerHTML).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("every chart", () => {
  const answer = answerOf({metrics: ["revenue_won", "win_rate"], by: "region", members: regions, targets: true, part: true});
  const total = answerOf({metrics: ["revenue_won", "win_rate"], targets: true, part: true});
  const figures = [
    trendChart(total, {metric: faces.revenue_won, format, document}),
    trendChart(total, {metric: faces.win_rate, format, document}),
    trendChart(answer, {metric: faces.win_rate, format, document}),
    barChart(answer, {metric: faces.revenue_won, format, document})
  ];
  it.each(figures.map((figure) => [figure.querySelector(".qd-finding")!.textContent, figure] as const))("%s", (finding, figure) => {
    const drawings = [...figure.querySelectorAll("svg.qd-plot")];
    expect(drawings).toHaveLength(plotSizes.length);
    for (const svg of drawings) {
      expect(svg.getAttribute("role")).toBe("img");
      expect(svg.getAttribute("aria-label")).toBe(finding);
      expect(svg.getAttribute("aria-description")).not.toBe("");
      expect(svg.getAttribute("viewBox")).toMatch(/^0 0 \d+ [\d.]+$/);
      expect(svg.querySelector("style, [style], [id], [aria-label]")).toBeNull();
    }
    const twin = figure.querySelector("details table")!;
    expect(twin.querySelector("caption")!.textContent).not.toBe("");
    for (const heading of twin.querySelectorAll("th")) expect(heading.getAttribute("scope")).toMatch(/^(row|col)$/);
    expect(figure.querySelector(".qd-subtitle")!.textContent).toContain("as of 22 November 2026");
  });
});

describe("trendChart(answer)", () => {
  it("finds in the last whole period, never in a part one", () => {
    const part = answerOf({metrics: ["revenue_won"], part: true});
    expect(trendChart(part, {metric: faces.revenue_won, format, document}).querySelector(".qd-finding")!.textContent).toMatch(/in October 2026, [+−]/);
  });
  it("marks a part period hollow and labels it", () => {
    const svg = trendChart(answerOf({metrics: ["revenue_won"], part: true}), {metric: faces.revenue_won, format, document}).querySelector("svg.qd-plot")!;
    expect(svg.querySelectorAll("[stroke-dasharray]").length).toBeGreaterThan(0);
    expect(svg.textContent).toContain("part");
  });
  it("sets a part period beside the same elapsed days of last year, not beside its whole month", () => {
    const answer = answerOf({metrics: ["revenue_won"], part: true, periods: 25});
    const cells = [...trendChart(answer, {metric: faces.revenue_won, show: 13, format, document}).querySelectorAll("tbody tr:last-child td")].map(({textContent}) => textContent);
    const same = answer.rows.find(({role}) => role === "last_year")!.value!;
    expect(cells.at(-1)).toBe(format.value(same, "currency", {precise: true, bare: true}));
  });
  it("draws what is beyond six members in grey and says how many", () => {
    const owners = Array.from({length: 9}, (_, i) => `Owner ${i}`);
    const figure = trendChart(answerOf({metrics: ["revenue_won"], by: "owner", members: owners}), {metric: faces.revenue_won, format, document});
    expect(figure.querySelector(".qd-caveats")!.textContent).toBe("3 others in grey");
  });
  it("gives a member the same colour however few are shown", () => {
    const color = (members: string[]) => {
      const svg = trendChart(answerOf({metrics: ["revenue_won"], by: "region", members}), {metric: faces.revenue_won, domain: regions, format, document}).querySelector("svg.qd-plot")!;
      return [...svg.querySelectorAll("text, tspan")].filter(({children}) => children.length === 0).find(({textContent}) => textContent!.startsWith("South"))!.getAttribute("fill");
    };
    expect(color(["South"])).toBe(color(regions));
  });
  it("names every series beside its line, in every size: in grey print colours alone would not tell", () => {
    const figure = trendChart(answerOf({metrics: ["revenue_won"], by: "region", members: regions}), {metric: faces.revenue_won, domain: regions, format, document});
    const drawings = [...figure.querySelectorAll("svg.qd-plot")];
    expect(drawings).toHaveLength(plotSizes.length);
    for (const svg of drawings) for (const region of regions) expect([...svg.querySelectorAll("text, tspan")].some(({textContent}) => textContent!.startsWith(region)), region).toBe(true);
  });
  it("needs a trend, and says so", () => {
    const {trend: _, ...question} = answerOf({metrics: ["revenue_won"]}).question;
    expect(() => trendChart({...answerOf({metrics: ["revenue_won"]}), question}, {metric: faces.revenue_won, format, document})).toThrow("trendChart of revenue_won: the question asked for no trend");
  });
  it("says what is not in the data instead of drawing zero", () => {
    const answer = {...answerOf({metrics: ["revenue_won"]}), missing: [{metric: "revenue_won", columns: ["opportunity.amount"], why: "not_in_data" as const}]};
    expect(trendChart(answer, {metric: faces.revenue_won, format, document}).textContent).toContain("It needs opportunity.amount.");
  });
});

describe("barChart(answer)", () => {
  it("marks the part of a target that was due while the period is not over", () => {
    const part = answerOf({metrics: ["revenue_won"], by: "region", members: regions, targets: true, part: true});
    const key = [...barChart(part, {metric: faces.revenue_won, format, document}).querySelectorAll(".qd-key li")].map(({textContent}) => textContent!.trim());
    expect(key).toContain("target so far");
  });
  const finding = (metric: (typeof faces)[keyof typeof faces], cell?: (cell: Cell) => Cell) => barChart(answerOf({metrics: [metric.id as "win_rate"], by: "region", members: regions, ...(cell && {cell})}), {metric, format, document}).querySelector(".qd-finding")!.textContent;
  it("says the share of what adds up", () => expect(finding(faces.revenue_won)).toMatch(/^East leads in revenue won: €\d+K, \d+% of the total$/));
  it("calls nobody the leader where most has no name", () => {
    const unnamed = answerOf({metrics: ["revenue_won"], by: "region", members: regions});
    const rows = unnamed.rows.map((row) => (row.members[0] === "East" ? {...row, members: [null]} : row));
    expect(barChart({...unnamed, rows}, {metric: faces.revenue_won, format, document}).querySelector(".qd-finding")!.textContent).toMatch(/^\d+% of revenue won is without region; (West|North|South) leads the rest: €\d+K$/);
  });
  it("says the spread of what does not", () => expect(finding(faces.win_rate)).toMatch(/^Win rate runs from [\d.]+% \(\w+\) to [\d.]+% \(\w+\)$/));
  it("ranks nobody on small n", () => expect(finding(faces.win_rate, (cell) => ({...cell, n: 4}))).toBe("Win rate by region: too few records to rank 4 members"));
  it("says the number of a member that is alone, however few its records", () => {
    const alone = answerOf({metrics: ["win_rate"], by: "region", members: ["West"], cell: (cell) => ({...cell, n: 4})});
    expect(barChart(alone, {metric: faces.win_rate, format, document}).querySelector(".qd-finding")!.textContent).toMatch(/^West alone: win rate [\d.]+%$/);
    expect(trendChart(alone, {metric: faces.win_rate, format, document}).querySelector(".qd-finding")!.textContent).toMatch(/^West alone: win rate [\d.]+%$/);
  });
  it("draws the first ones and says how many there are", () => {
    const owners = Array.from({length: 15}, (_, i) => `Owner ${i}`);
    expect(barChart(answerOf({metrics: ["revenue_won"], by: "owner", members: owners}), {metric: faces.revenue_won, format, document}).querySelector(".qd-caveats")!.textContent).toBe("12 of 15 shown, all are in the table");
  });
  it("needs one dimension, and says so", () => expect(() => barChart(answerOf({metrics: ["revenue_won"]}), {metric: faces.revenue_won, format, document})).toThrow("barChart needs an answer by one dimension, this one is by none"));
});

describe("sparkline(rows)", () => {
  const rows = (change?: (cell: Cell, i: number) => Cell, part = false) => trendRows(answerOf({metrics: ["revenue_won"], part, ...(change && {cell: (cell, {i}) => change(cell, i)})}), "revenue_won");
  const draw = (...values: Parameters<typeof rows>) => sparkline(rows(...values), {metric: faces.revenue_won, format, document});
  it("says in words what it shows", () => expect(draw().getAttribute("aria-label")).toMatch(/^Revenue won over 13 periods: from €.* to €.*, lowest €.*, highest €.*[MK]$/));
  it("has a hollow end where the period is not over", () => {
    expect(draw(undefined, true).querySelector("circle.qd-part")).not.toBeNull();
    expect(draw().querySelector("circle.qd-part")).toBeNull();
  });
  it("breaks at a missing value", () => expect(draw((cell, i) => (i === 6 ? {...cell, value: null} : cell)).querySelectorAll(".qd-spark-line")).toHaveLength(2));
  it("is level for equal values", () => expect(draw((cell) => ({...cell, value: 3})).querySelector(".qd-spark-line")!.getAttribute("d")).not.toMatch(/NaN/));
  it("leaves the room empty for fewer than two values", () => expect(draw((cell, i) => (i === 6 ? cell : {...cell, value: null})).localName).toBe("span"));
});

describe("spread(places, gap, top, bottom)", () => {
  it("keeps labels apart, inside and in their order", () =>
    fc.assert(
      fc.property(fc.array(fc.double({min: 0, max: 200, noNaN: true}), {maxLength: 8}), (places) => {
        const result = spread(places, 16, 0, 200);
        const order = places.map((_, i) => i).sort((a, b) => places[a]! - places[b]! || a - b);
        for (const at of result) expect(at).toBeGreaterThanOrEqual(-1e-9), expect(at).toBeLessThanOrEqual(200 + 1e-9);
        for (let i = 1; i < order.length; i++) expect(result[order[i]!]! - result[order[i - 1]!]!).toBeGreaterThanOrEqual(16 - 1e-6);
      })
    ));
  it("moves nothing that does not touch", () => expect(spread([10, 100, 50], 16, 0, 200)).toEqual([10, 100, 50]));
});

describe("the table twin", () => {
  const answer = answerOf({metrics: ["revenue_won", "win_rate"], by: "region", members: regions});
  const make = (interactive: boolean) => [trendChart(answerOf({metrics: ["revenue_won"]}), {metric: faces.revenue_won, interactive, format, document}), trendChart(answer, {metric: faces.win_rate, interactive, format, document}), barChart(answer, {metric: faces.win_rate, interactive, format, document})];
  it("stands in the page that the build writes", () => {
    for (const figure of make(false)) expect(figure.querySelector(".qd-twin tbody tr")).not.toBeNull();
  });
  it("is made on a live page when it is opened, once, with the same cells and buttons that sort", () => {
    const cells = (figure: Element) => [...figure.querySelectorAll(".qd-twin tbody :is(th, td)")].map(({textContent}) => textContent);
    const baked = make(false);
    make(true).forEach((figure, i) => {
      const twin = figure.querySelector("details.qd-twin")!;
      expect(twin.querySelector("table")).toBeNull();
      for (let times = 0; times < 2; times++) twin.dispatchEvent(new document.defaultView!.Event("toggle"));
      expect(twin.querySelectorAll("table")).toHaveLength(1);
      expect(cells(figure)).toEqual(cells(baked[i]!));
      expect(twin.querySelectorAll("thead button").length).toBeGreaterThan(0);
    });
  });
});

describe("plots(draw) on a live page", () => {
  const observed: (() => void)[] = [];
  const page = blank();
  const view = page.defaultView!;
  (view as {ResizeObserver: unknown}).ResizeObserver = class {
    constructor(changed: () => void) {
      observed.push(changed);
    }
    observe() {}
  };
  const draw = ({name}: {name: string}) => Object.assign(page.createElement("i"), {textContent: name});
  const room = plots(draw, {document: page, live: true});
  const names = () => [...room.children].map(({textContent}) => textContent);
  const resize = (width: number) => {
    Object.defineProperty(room, "clientWidth", {value: width, configurable: true});
    observed.forEach((changed) => changed());
  };
  page.body.append(room);

  it("draws the size that fits the room, once", () => {
    expect(names()).toEqual([]);
    resize(459);
    resize(300);
    expect(names()).toEqual(["narrow"]);
  });
  it("draws another when the room has changed", () => {
    resize(720);
    expect(names()).toEqual(["narrow", "wide"]);
  });
  it("draws every size before the page is printed", () => {
    view.dispatchEvent(new view.Event("beforeprint"));
    expect(names().sort()).toEqual(["full", "medium", "narrow", "wide"]);
  });
  it("draws at once where the room is known, and nothing more when it is laid out", () => {
    const known = plots(draw, {document: page, live: true, room: 500});
    expect([...known.children].map(({textContent}) => textContent)).toEqual(["medium"]);
    Object.defineProperty(known, "clientWidth", {value: 500});
    observed.forEach((changed) => changed());
    expect(known.children).toHaveLength(1);
  });
  it("draws nothing in a room that is not seen", () => {
    const hidden = plots(draw, {document: page, live: true, room: 0});
    observed.forEach((changed) => changed());
    expect(hidden.children).toHaveLength(0);
  });
  it("draws every size at once where there is no script to watch the room", () => {
    expect(plots(draw, {document: page, live: false}).children).toHaveLength(plotSizes.length);
  });
});
