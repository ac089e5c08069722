// What the page of targets and the race for points show, cell by cell, beside numbers made by hand from the canonical tables.

import {join} from "node:path";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {projectFolder} from "../../loaders/project.js";
import {prepareSample} from "../../loaders/sampleSource.js";
import {readSettings} from "../../loaders/settings.js";
import {readPages, type PlacedElement} from "../../loaders/site/pages.js";
import {vocabularyOf} from "../../src/elements/catalogue.js";
import type {ReportContext} from "../../src/elements/definition.js";
import {kpiTableElement} from "../../src/elements/kpiTable.js";
import {kpiTargetsElement} from "../../src/elements/kpiTargets.js";
import {reportFormatter} from "../../src/elements/report.js";
import type {Unit} from "../../src/metrics/define.js";
import {loadMessages} from "../../src/format/messages.js";
import {askMany} from "../../src/query/ask.js";
import {parsePeriod, wholeEnd} from "../../src/query/calendar.js";
import {catalogueOf, findMetric} from "../../src/query/catalogue.js";
import {openChecks, type Checks} from "./checks.js";
import {sampleWorld, tinyWorlds} from "./worlds.js";

const worlds = [
  {...tinyWorlds.find(({name}) => name === "tiny")!, periods: ["2025-02", "current:quarter"], cells: 20},
  {...sampleWorld, periods: ["closed:month", "current:month", "current:quarter", "current:year"], cells: 400}
];

type Told = Readonly<Record<string, number | null>>;
type Cells = Readonly<Record<string, string>>;

describe.each(worlds)("in the world $name", ({settings, periods, cells: fewest}) => {
  let built: BuiltReport;
  let checks: Checks;
  let context: ReportContext;
  let placed: readonly PlacedElement[];
  beforeAll(async () => {
    await prepareSample(settings, () => {});
    const read = await readSettings(settings);
    built = await openBuilt((await runPipeline(read)).folder, {threads: 1});
    const {manifest} = built;
    const catalogue = catalogueOf(manifest);
    checks = await openChecks(read, manifest, []);
    context = {manifest, catalogue, format: reportFormatter(manifest, catalogue, await loadMessages(manifest.locale)), document: new JSDOM("").window.document, definitionHref: (id) => id};
    const pages = await readPages(join(projectFolder, "src"), vocabularyOf(manifest, catalogue));
    placed = pages.find(({path}) => path === "/targets")!.elements.filter(({definition}) => definition === kpiTargetsElement);
  });
  afterAll(() => {
    built?.close();
    checks?.close();
  });

  const render = async ({definition, attributes}: Pick<PlacedElement, "definition" | "attributes">, period: string) => {
    const state = {filters: [], period};
    const answers = await askMany(definition.questions(attributes, state, context), built);
    return definition.render(answers, attributes, state, context) as HTMLElement;
  };
  /** Rows by their heading: the text of each cell by the heading of its column. */
  const shownIn = (root: HTMLElement, part: string) => {
    const heads = [...root.querySelectorAll("thead th")].map(({textContent}) => textContent!);
    return new Map([...root.querySelectorAll(`${part} tr`)].map((row) => [row.children[0]!.textContent!, {
      cells: Object.fromEntries([...row.children].slice(1).map((cell, k) => [heads[k + 1]!, [...cell.childNodes].filter((node) => node.nodeType === 3).map(({textContent}) => textContent).join("")])),
      title: row.children[2]?.getAttribute("title") ?? "",
      tone: row.children[3]?.getAttribute("data-tone") ?? null
    }]));
  };
  const numbersOf = async (metrics: readonly string[], period: string, dimension: string | null, below: string) => {
    const {manifest} = context;
    const asked = parsePeriod(period, manifest);
    return checks.rows("targetTable.sql", {metrics: metrics.join(","), start: asked.start, end: asked.end, past: wholeEnd(asked, manifest.calendar), dimension: dimension ?? "(total)", below, first: manifest.firstDay});
  };
  const column = (name: string) => context.format.message(`targets.column.${name}`);
  /** What each cell should read, by the heading of its column. */
  const expectedCells = (told: Told, {id, unit}: {readonly id: string; readonly unit: Unit}, value: string): Cells => {
    const {format} = context;
    const text = (name: string) => format.value(told[name] ?? null, unit);
    const range = told.landing_low == null ? "" : ` (${format.message("targets.range", {low: text("landing_low"), high: text("landing_high")})})`;
    return {
      [value || format.metric(id)]: text("reached"), [column("target")]: text("goal"),
      [column("attainment")]: told.attainment == null ? format.message("targets.unset") : format.attainment(told.attainment),
      [column("pace")]: text("pace"), [column("pace_seasonal")]: text("pace_seasonal"),
      [column("ahead")]: told.days_ahead == null ? "–" : format.message("targets.days", {days: format.value(Math.abs(told.days_ahead), "ratio"), side: told.days_ahead >= 0 ? "ahead" : "behind"}),
      [column("landing")]: `${text("landing")}${range}`, [column("run_rate")]: text("run_rate"), [column("unallocated")]: text("unallocated")
    };
  };

  it.each(periods)("every cell of the targets page in %s is what the check says", async (period) => {
    const {format} = context;
    let compared = 0;
    const seen = new Set<string>();
    for (const one of placed) {
      const {metrics, by} = one.attributes as {metrics: string[]; by?: string};
      const root = await render(one, period);
      const compare = (rows: ReturnType<typeof shownIn>, told: Record<string, unknown>, heading: string, value: string) => {
        const where = `${one.tag} ${period} ${heading}`;
        const shown = rows.get(heading);
        expect(shown, where).toBeDefined();
        const expected = expectedCells(told as Told, findMetric(String(told["metric"]), context.catalogue), value);
        for (const [name, text] of Object.entries(shown!.cells)) {
          expect(text, `${where}: ${name}`).toBe(expected[name]);
          if (text !== "–") seen.add(name);
          compared++;
        }
        if (told["goal"] !== null) expect([shown!.tone, shown!.title.includes(format.message("targets.out_of_reach"))], where).toEqual([told["good"] ? "good" : "bad", told["beyond"] === true]);
      };
      const totals = await numbersOf(by === undefined ? metrics : metrics.slice(0, 1), period, null, by === "team" || by === "region" ? by : "owner");
      if (root.classList.contains("qd-empty")) {
        expect(totals.every(({goal}) => goal === null), `${one.tag} ${period}`).toBe(true);
        continue;
      }
      if (by === undefined) {
        const rows = shownIn(root, "tbody");
        expect(rows.size).toBe(metrics.length);
        for (const told of totals) compare(rows, told, format.metric(String(told["metric"])), format.message("table.value"));
        continue;
      }
      const members = await numbersOf(metrics.slice(0, 1), period, by, "owner");
      const rows = shownIn(root, "tbody");
      expect([...rows.keys()].sort(), `${one.tag} ${period}`).toEqual(members.map(({member}) => format.member(by, member as string)).sort());
      for (const told of members) compare(rows, told, format.member(by, told["member"] as string), "");
      compare(shownIn(root, "tfoot"), totals[0]!, format.message("table.total"), "");
    }
    expect(compared).toBeGreaterThan(fewest / periods.length);
    expect(seen.has(column("attainment"))).toBe(true);
  });

  it("the race for points is in order, and each one's points are what the check says", async () => {
    const {format, manifest} = context;
    const period = "current:quarter";
    const root = await render({definition: kpiTableElement, attributes: {metrics: ["activity_points"], by: "owner"}}, period);
    const {start, end} = parsePeriod(period, manifest);
    const expected = [...(await checks.of("activity_points", {start, end}, ["owner"])).get("owner")!].map(([member, value]) => [format.member("owner", member === "null" ? null : member), value] as const);
    const rows = [...root.querySelectorAll("tbody tr")].map((row) => ({name: row.children[0]!.textContent!, points: Number(row.children[1]!.getAttribute("data-sort")), text: row.children[1]!.firstChild!.textContent, small: row.children[1]!.classList.contains("qd-muted")}));
    expect(rows.length).toBeGreaterThan(0);
    for (const [name, value] of expected) expect(rows.find((row) => row.name === name)?.points, name).toBe(value);
    for (const {name, points, text} of rows) if (!expected.some((one) => one[0] === name)) expect([points, text], name).toEqual([0, format.value(0, "score", {precise: true, bare: true})]);
    for (const small of [false, true]) {
      const points = rows.filter((row) => row.small === small).map((row) => row.points);
      expect(points).toEqual([...points].sort((a, b) => b - a));
    }
  });
});
