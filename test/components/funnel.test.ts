import {describe, expect, it} from "vitest";
import {droppedCsv, funnelDropped} from "../../src/components/funnel/funnelDropped.js";
import {funnelBreakdown} from "../../src/components/funnel/funnelBreakdown.js";
import {funnelChart} from "../../src/components/funnel/funnelChart.js";
import {funnelCompare} from "../../src/components/funnel/funnelCompare.js";
import {funnelSwitches, updateFunnelSwitches} from "../../src/components/funnel/funnelSwitches.js";
import {funnelTimes} from "../../src/components/funnel/funnelTimes.js";
import {funnelTrend} from "../../src/components/funnel/funnelTrend.js";
import type {FunnelViewOptions} from "../../src/components/funnel/frame.js";
import {leadToCashFunnel} from "../../src/metrics/funnels.js";
import {funnelModes} from "../../src/metrics/funnel.js";
import type {FunnelAnswer, FunnelRow, StepResult} from "../../src/query/funnel/answer.js";
import {biggestLeak, rateDifference} from "../../src/query/funnel/compare.js";
import type {FunnelTold} from "../../src/query/funnel/question.js";
import {rate} from "../../src/query/funnel/read.js";
import type {FunnelView} from "../../src/query/funnel/view.js";
import {blank, formatterOf} from "./world.js";

const format = await formatterOf("en");
const document = blank();
const hostile = '<img src=x onerror=alert(1)>"\u202e';
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f]/g, " ").replace(/[\u2060\u2068\u2069]/g, "");

/** Lead, qualified, paid: reached counts; half of the drop-outs lost, the rest past their window but one in it still. */
function row(member: string | null, total: boolean, counts: readonly number[], value: number | null = 1000): FunnelRow {
  const steps = counts.map((reached, position): StepResult => {
    const gone = position < counts.length - 1 ? reached - counts[position + 1]! : 0;
    const lost = Math.floor(gone / 2);
    return {
      id: ["lead", "qualified", "paid"][position]!, position, reached, mature: reached, overall: rate(reached, counts[0]!), fromPrevious: rate(reached, position === 0 ? reached : counts[position - 1]!),
      dropped: position < counts.length - 1 ? {lost, passed: gone - lost - 1, open: 1} : null, lostValue: position === 1 ? value : null, unvalued: 0, ties: 0, early: 0
    };
  });
  return {member, total, entered: counts[0]!, inProgress: 0, excluded: 0, steps};
}

const total = row(null, true, [400, 200, 80]);
const told: FunnelTold & FunnelAnswer = {
  funnel: {...leadToCashFunnel, steps: leadToCashFunnel.steps.filter(({id}) => ["lead", "qualified", "paid"].includes(id))},
  period: {key: "2026", grain: "year", start: "2026-01-01", end: "2026-11-04", part: true, census: "2026-11-03"}, asOf: "2026-11-03", by: "source", missing: [], notApplied: [],
  rows: [total, row("Web", false, [200, 120, 60]), row(hostile, false, [196, 78, 20]), row(null, false, [4, 2, 1])],
  trend: [
    {month: "2026-01", immature: false, part: false, ...row(null, true, [100, 50, 20])},
    {month: "2026-02", immature: false, part: false, ...row(null, true, [100, 50, 30])},
    {month: "2026-09", immature: true, part: false, ...row(null, true, [200, 100, 30])}
  ],
  times: [
    {from: 0, to: 1, member: null, total: true, n: 200, p25: 2, median: 5, p75: 9, p90: 20, mean: 7, unbiasedMedian: 12, censored: 200, flagged: 0},
    {from: 0, to: 2, member: null, total: true, n: 80, p25: 40, median: 60, p75: 90, p90: 110, mean: 66, unbiasedMedian: null, censored: 320, flagged: 1},
    {from: 1, to: 2, member: null, total: true, n: 80, p25: 30, median: 50, p75: 80, p90: 100, mean: 55, unbiasedMedian: null, censored: 120, flagged: 0}
  ],
  histogram: [{from: 0, to: 1, days: 5, n: 200}, {from: 0, to: 2, days: 60, n: 80}, {from: 1, to: 2, days: 50, n: 80}]
};
const options: FunnelViewOptions = {format, document, reading: {chain: true, leak: biggestLeak(total), difference: (a, b) => rateDifference(a, b)}};
const finding = (figure: Element) => plain(figure.querySelector(".qd-finding")?.textContent);
const full = (figure: Element) => figure.querySelector('svg[data-size="full"]')!;
const texts = (root: Element) => [...root.querySelectorAll("text, tspan")].filter(({childElementCount}) => childElementCount === 0).map(({textContent}) => plain(textContent));
const cells = (figure: Element) => [...figure.querySelectorAll(".qd-twin tbody tr")].map((line) => [...line.children].map((cell) => plain(cell.firstChild?.textContent)));

describe("funnelChart(told)", () => {
  const figure = funnelChart(told, options);

  it("says the biggest leak in lost value, and prints the rule", () => {
    expect(finding(figure)).toBe("Most is lost after Qualified: €1,000, 119 entries; 20.0% get from Lead to Paid");
    expect(plain(figure.querySelector(".qd-subtitle")?.textContent)).toMatch(/^Lead to cash · this step or a later one · within 180 days of entry · first entry in the period · entered: .* · as of 3 November 2026$/);
  });

  it("says where most drop out while nothing lost has a value", () => {
    const bare = row(null, true, [400, 200, 80], null);
    expect(finding(funnelChart({...told, rows: [bare]}, {...options, reading: {...options.reading, leak: biggestLeak(bare)}}))).toContain("Most drop out after Lead: 199 entries");
  });

  it("draws what became of those who dropped out in patterns, named in the key and in numbers", () => {
    const ids = [...full(figure).querySelectorAll("pattern")].map(({id}) => id);
    expect(ids).toHaveLength(3);
    for (const id of ids) expect(full(figure).querySelectorAll(`[fill="url(#${id})"]`).length).toBeGreaterThan(0);
    expect(new Set([...figure.querySelectorAll("pattern")].map(({id}) => id)).size).toBe(figure.querySelectorAll("pattern").length);
    expect([...figure.querySelectorAll(".qd-key li")].map(({textContent}) => textContent!.trim())).toEqual(["Went on", "Lost", "Window passed", "Still in the window"]);
    expect(texts(full(figure))).toContain("50.0% went on · lost 100 · window passed 99 · still in the window 1");
  });

  it("lets a reader pick every step after which somebody can drop out", () => {
    expect([...full(figure).querySelectorAll("[data-pick]")].map((place) => place.getAttribute("data-pick"))).toEqual(["funnel-step=lead", "funnel-step=qualified"]);
  });

  it("has the same numbers in its table", () => {
    expect(cells(figure).map(([step, reached, , , overall, lost]) => [step, reached, overall, lost])).toEqual([["Lead", "400", "100.00%", "100"], ["Qualified", "200", "50.00%", "60"], ["Paid", "80", "20.00%", "–"]]);
  });

  it("says what it lacks where fewer than two steps are fed, and that nobody entered", () => {
    expect(funnelChart({...told, rows: [], missing: [{step: "paid", columns: ["invoice.paid_at"]}]}, options).getAttribute("data-why")).toBe("not_in_data");
    expect(funnelChart({...told, rows: [row(null, true, [0, 0, 0])]}, options).getAttribute("data-why")).toBe("no_rows");
  });

  it("has no rates where each step counts alone", () => {
    const alone = funnelChart({...told, funnel: {...told.funnel, mode: "any_stage"}, rows: [{...total, steps: total.steps.map((step) => ({...step, dropped: null, overall: {value: null, n: 0}, fromPrevious: {value: null, n: 0}}))}]}, {...options, reading: {...options.reading, chain: false, leak: null}});
    expect(texts(full(alone)).some((text) => text.includes("%"))).toBe(false);
    expect(alone.querySelector(".qd-caveats")!.textContent).toContain("each step counts alone");
  });
});

describe("the other views of a funnel", () => {
  it("tell the times of each step, the whole way last, and the median that does not flatter", () => {
    const figure = funnelTimes(told, options);
    expect(finding(figure)).toBe("Half of those who get from Lead to Paid take 60 days or less; the slowest step is Qualified → Paid: 50 days");
    expect(texts(full(figure)).filter((text) => text.includes("→"))).toEqual(["Lead → Qualified", "Qualified → Paid", "Lead → Paid"]);
    const member = {...told.times[1]!, member: "Web", total: false, median: 45};
    expect(cells(funnelTimes({...told, times: [...told.times, member]}, {...options, interactive: false})).map(([name]) => name)).toEqual(["Lead → Qualified", "Lead → Paid", "Qualified → Paid", "Lead → Paid · Web"]);
    expect(cells(figure)[0]!.slice(1, 8)).toEqual(["200", "2.0", "5.0", "9.0", "20.0", "7.0", "12.0"]);
  });

  it("mark months that may still rise, and lead with the latest that is final", () => {
    const figure = funnelTrend(told, options);
    expect(finding(figure)).toBe("30.0% of those who entered in February 2026 got to Paid, of the month before 20.0%");
    expect(full(figure).querySelectorAll('circle[fill="var(--qd-ground)"], [fill="var(--qd-ground)"] circle, path[fill="var(--qd-ground)"]').length).toBeGreaterThan(0);
    expect(cells(figure).map((line) => line.at(-1))).toEqual(["final", "final", "so far"]);
    expect([...full(figure).querySelectorAll("[data-pick]")].map((place) => place.getAttribute("data-pick"))).toEqual(["period=2026-01", "period=2026-02", "period=2026-09"]);
  });

  it("rank members by what differs more than chance, small ones aside; a hostile name stays text", () => {
    const figure = funnelBreakdown(told, options);
    expect(finding(figure)).toContain("Web converts best: 30.0% get to Paid");
    expect(finding(figure)).toContain("<img src=x onerror=alert(1)>");
    expect(figure.querySelector("img")).toBeNull();
    expect(figure.outerHTML).not.toContain("\u202e");
    expect([...full(figure).querySelectorAll("[data-pick]")].map((place) => place.getAttribute("data-pick"))).toEqual(["source=Web", expect.stringContaining("source=%3Cimg"), "source="]);
    expect(cells(figure)).toHaveLength(3);
  });

  it("set two beside one another with the interval of what they differ by", () => {
    const figure = funnelCompare(told, {...options, pair: [{name: "Web", row: told.rows[1]}, {name: hostile, row: told.rows[2]}], members: true});
    expect(finding(figure)).toMatch(/^Web gets 30\.0% to Paid, .*10\.2%: \+19\.8 pp, more than chance explains$/);
    expect(figure.querySelector("img")).toBeNull();
    expect(cells(figure).map(([step, a, b, difference]) => [step, a, b, difference])).toEqual([["Qualified", "60.00%", "39.80%", "+20.2 pp"], ["Paid", "30.00%", "10.20%", "+19.8 pp"]]);
    expect(funnelCompare(told, {...options, pair: [{name: "Web", row: told.rows[1]}, {name: "–", row: undefined}], members: true}).getAttribute("data-why")).toBe("no_rows");
  });

  it("list those who dropped out, and give a file that no spreadsheet runs", () => {
    const entry = {entity: 7, record: "00Q7", entered: "2026-01-02", reached: "2026-01-09", why: "lost" as const, leftOn: "2026-02-01", value: 1200.5, dimensions: {owner: "=cmd()", region: null}};
    const dropped = {step: "qualified", count: 120, entries: [entry]};
    const figure = funnelDropped({...told, dropped}, {...options, dimensions: ["owner", "region"]});
    expect(finding(figure)).toBe("120 got to Qualified and not to Paid");
    expect(figure.querySelector("button")).toBeNull();
    expect(funnelDropped({...told, dropped}, {...options, dimensions: ["owner"], save: () => {}}).querySelector("button")!.textContent).toBe("All 120 as CSV");
    expect(droppedCsv(dropped, {format, dimensions: ["owner", "region"]}).split("\n")[1]).toMatch(/00Q7,2026-01-02,2026-01-09,Lost,2026-02-01,1200\.5,'=cmd\(\)$/);
    expect(funnelDropped({...told, dropped: null}, {...options, dimensions: []}).getAttribute("data-why")).toBe("no_rows");
  });

  it("speak Hungarian", async () => {
    const hungarian = {...options, format: await formatterOf("hu")};
    expect(finding(funnelChart(told, hungarian))).toContain("A legtöbb itt vész el");
    for (const figure of [funnelTimes(told, hungarian), funnelTrend(told, hungarian), funnelBreakdown(told, hungarian)]) expect(finding(figure)).not.toBe("");
  });
});

describe("funnelSwitches(data)", () => {
  const data = {funnels: [leadToCashFunnel], dimensions: [{id: "source", members: ["Web", hostile, null], marts: []}, {id: "region", members: ["West"], marts: []}], modes: funnelModes, windows: [30, 90], view: {}};
  const selects = (form: Element) => [...form.querySelectorAll("select")];
  const labelled = (form: Element, words: string) => [...form.querySelectorAll("label")].find((label) => label.querySelector("span")!.textContent === words)!.querySelector("select")!;
  const choose = (select: HTMLSelectElement, value: string) => {
    select.value = value;
    select.dispatchEvent(new (document.defaultView!.Event)("change"));
  };

  it("stands disabled in the page as built, with what the funnels declare", () => {
    const form = funnelSwitches(data, {format, document});
    expect(selects(form).every(({disabled}) => disabled)).toBe(true);
    expect(labelled(form, "Window").options[0]!.textContent).toBe("as declared: within 180 days of entry");
    expect(form.querySelector("img")).toBeNull();
  });

  it("tells each choice with those before it, and takes one back to what is declared", () => {
    const told: FunnelView[] = [];
    const form = funnelSwitches(data, {format, document, onChange: (view) => told.push(view)});
    choose(labelled(form, "A step counts"), "strict");
    choose(labelled(form, "Window"), "none");
    choose(labelled(form, "Credit"), "step qualified");
    choose(labelled(form, "Window"), "");
    expect(told.map((view) => ({...view}))).toEqual([{mode: "strict"}, {mode: "strict", window: null}, {mode: "strict", window: null, credit: {step: "qualified"}}, {mode: "strict", window: undefined, credit: {step: "qualified"}}]);
  });

  it("sets two members beside one another by their place in the list, and none where only one is chosen", () => {
    const told: FunnelView[] = [];
    const form = funnelSwitches(data, {format, document, onChange: (view) => told.push(view)});
    choose(labelled(form, "First"), "1");
    expect(told.at(-1)!.pair).toBeUndefined();
    labelled(form, "First").value = "1";
    choose(labelled(form, "Second"), "2");
    expect(told.at(-1)!.pair).toEqual([hostile, null]);
    choose(labelled(form, "Broken down by"), "region");
    expect(told.at(-1)).toMatchObject({by: "region", pair: undefined});
  });

  it("shows another view without telling of it", () => {
    const told: FunnelView[] = [];
    const form = funnelSwitches(data, {format, document, onChange: (view) => told.push(view)});
    updateFunnelSwitches(form, {window: 45, mode: "any", beside: "previous"});
    expect(labelled(form, "A step counts").value).toBe("any");
    expect(labelled(form, "First").parentElement!.hidden).toBe(true);
    expect(told).toEqual([]);
  });
});
