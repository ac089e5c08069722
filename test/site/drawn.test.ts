// Every drawing of the sample company's pages, to readers who see few colours or print in grey.

import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {beforeAll, describe, expect, it} from "vitest";
import {sampleSite} from "../helpers/sharedSite.js";
import {confused, marksOf} from "../theme/drawn.js";

let drawings: {readonly page: string; readonly of: string; readonly svg: Element}[];
beforeAll(async () => {
  const site = await sampleSite();
  drawings = readdirSync(site).filter((name) => name.endsWith(".html")).flatMap((page) => {
    const {document} = new JSDOM(readFileSync(join(site, page), "utf8")).window;
    return [...document.querySelectorAll("main svg.qd-plot")].map((svg) => ({page, of: [...ancestors(svg)].find(({localName}) => localName.startsWith("kpi-"))?.localName ?? "", svg}));
  });
}, 600_000);

function* ancestors(element: Element): Generator<Element> {
  for (let at = element.parentElement; at; at = at.parentElement) yield at;
}

describe("what is drawn", () => {
  it("is read from every kind of chart", () => {
    const read = new Set(drawings.filter(({svg}) => marksOf(svg).length > 0).map(({of}) => of));
    expect([...read]).toEqual(expect.arrayContaining(["kpi-actions", "kpi-bars", "kpi-clv-cac", "kpi-cohort-curves", "kpi-cohort-segments", "kpi-concentration", "kpi-drivers", "kpi-funnel", "kpi-funnel-breakdown", "kpi-funnel-compare", "kpi-funnel-times", "kpi-funnel-trend", "kpi-health", "kpi-health-replay", "kpi-rfm", "kpi-signal", "kpi-trend", "kpi-value-model", "kpi-waterfall", "kpi-why"]));
  });
  it("is told apart by a pattern or a label where two colours look alike, in every vision and in grey print", () => {
    expect([...new Set(drawings.flatMap(({page, of, svg}) => confused(svg).map((pair) => `${page}: ${of}: ${pair}`)))]).toEqual([]);
  });
  it("is told by pattern where those who dropped out of a funnel are split", () => {
    const funnels = drawings.filter(({of, svg}) => of === "kpi-funnel" && svg.querySelector("pattern"));
    expect(funnels.length).toBeGreaterThan(0);
    for (const {svg} of funnels) {
      const patterns = [...svg.querySelectorAll("pattern")].map((pattern) => pattern.innerHTML.replaceAll(/"var[^"]*"/g, "colour"));
      expect(new Set(patterns).size).toBe(patterns.length);
      expect(new Set(marksOf(svg).flatMap(({pattern}) => pattern ?? [])).size).toBeGreaterThan(1);
    }
  });
});
