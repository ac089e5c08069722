// Names in a CRM are written by strangers. Whatever they are, every component shows them as text or not at all.

import {readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";
import {globSync} from "tinyglobby";
import {describe, expect, it} from "vitest";
import {asOfNote} from "../../src/components/asOfNote.js";
import {barChart} from "../../src/components/barChart.js";
import {dataTable} from "../../src/components/dataTable.js";
import {emptyState} from "../../src/components/emptyState.js";
import {element} from "../../src/components/element.js";
import {filterBar} from "../../src/components/filterBar.js";
import {trendChart} from "../../src/components/trendChart.js";
import type {Manifest} from "../../src/query/manifest.js";
import {answerOf, blank, faces, formatterOf, month} from "./world.js";

const payloads = [
  "<img src=x onerror=alert(1)>",
  "</text><script>alert(1)</script>",
  "\"><svg onload=alert(1)>",
  "=cmd|' /C calc'!A0",
  "{count, plural, other {#}}",
  "'; drop table fct_lead; --",
  "\u202Ecod.exe\u202C",
  "עידו כהן",
  "&lt;b&gt;",
  "url(javascript:alert(1))",
  "W".repeat(300),
  "",
  null
];

describe("hostile names", async () => {
  const format = await formatterOf("en");
  const document = blank();
  const answer = answerOf({metrics: ["revenue_won", "win_rate"], by: "owner", members: payloads, targets: true});
  const manifest = {asOf: "2026-11-22", asOfRule: "set", currency: "EUR", fictional: false, calendar: {timeZone: "<b>UTC</b>"}, files: payloads.filter((text) => text !== null).map((file) => ({file, table: "lead", rows: 1, kept: 1, rejected: 0, excluded: 0, superseded: 0}))};
  const made = {
    bars: barChart(answer, {metric: faces.revenue_won, max: 20, format, document, interactive: true}),
    lines: trendChart(answer, {metric: faces.win_rate, domain: payloads, format, document}),
    table: dataTable(answer, {metrics: [faces.win_rate, faces.revenue_won], format, document, max: 5}),
    filters: filterBar({dimensions: [{id: "owner", members: payloads, marts: []}], periods: [], period: month(2026, 10), state: {filters: [{dimension: "owner", values: payloads}]}}, {format, document, onChange() {}}),
    note: asOfNote(manifest as unknown as Manifest, {format, document}),
    empty: emptyState({why: "failed", detail: payloads[0]!, format, document})
  };
  // A live chart makes its table when it is opened.
  made.bars.querySelector("details.qd-twin")!.dispatchEvent(new document.defaultView!.Event("toggle"));

  describe.each(Object.entries(made))("in %s", (_name, root) => {
    it("make no element and no handler", () => {
      expect(root.querySelectorAll("img, script, b, style, foreignObject, a[href^='javascript']")).toHaveLength(0);
      for (const node of [root, ...root.querySelectorAll("*")]) for (const {name} of node.attributes) expect(name).not.toMatch(/^on|^style$/);
    });
    it("survive being written and read again as HTML", () => {
      const copy = document.createElement("div");
      copy.innerHTML = root.outerHTML;
      expect(copy.firstElementChild!.outerHTML).toBe(root.outerHTML);
      expect(copy.querySelectorAll("img, script")).toHaveLength(0);
    });
    it("cannot turn around what stands beside them", () => expect(root.outerHTML).not.toMatch(/[\u202a-\u202e]/));
  });

  it("stand in the table as they are", () => {
    const names = [...made.table.querySelectorAll("tbody th")].map(({textContent}) => textContent);
    expect(names).toContain("<img src=x onerror=alert(1)>");
    expect(names).toContain("=cmd|' /C calc'!A0");
    expect(names).toContain("{count, plural, other {#}}");
    expect(names).toContain("(blank)");
    expect(names).toContain("none");
  });
  it("are cut in a drawing, whole in its table", () => {
    const drawn = [...made.bars.querySelectorAll("svg text, svg tspan")].filter(({children}) => children.length === 0).map(({textContent}) => textContent!);
    expect(Math.max(...drawn.map(({length}) => length))).toBeLessThan(40);
    expect(made.bars.querySelector("details")!.textContent).toContain("W".repeat(300));
  });
  it("no component writes HTML from text", () => {
    const root = fileURLToPath(new URL("../../src/components/", import.meta.url));
    for (const file of globSync("*.ts", {cwd: root, absolute: true})) expect(readFileSync(file, "utf8"), file).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser/);
  });
  it("an element takes no style and no handler", () => {
    expect(() => element(document, "p", {style: "color: red"})).toThrow("attribute style is not allowed");
    expect(() => element(document, "p", {onclick: "x"})).toThrow("attribute onclick is not allowed");
  });
});
