// What the files of a built site promise, whatever browser reads them.

import {readdirSync, readFileSync, statSync} from "node:fs";
import {dirname, join, resolve} from "node:path";
import {createHash} from "node:crypto";
import {gzipSync} from "node:zlib";
import {JSDOM} from "jsdom";
import {beforeAll, describe, expect, it} from "vitest";
import {definitionsSchema} from "../../loaders/definitions/document.js";
import {projectFolder} from "../../loaders/project.js";
import {brokenLinks} from "../../loaders/publish/gates/links.js";
import {hasContentName} from "../../loaders/site/contentName.js";
import {metrics} from "../../src/metrics/index.js";
import {variantId} from "../../src/query/variants.js";
import {sampleSite} from "../helpers/sharedSite.js";

let site: string;
let files: string[];
let pages: {name: string; html: string; document: Document}[];
beforeAll(async () => {
  site = await sampleSite();
  files = readdirSync(site, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(site.length + 1));
  pages = files.filter((file) => file.endsWith(".html")).map((name) => {
    const html = readFileSync(join(site, name), "utf8");
    return {name, html, document: new JSDOM(html).window.document};
  });
}, 600_000);

const read = (file: string) => readFileSync(join(site, file), "utf8");

describe("every page", () => {
  it("is there", () => {
    expect(pages.map(({name}) => name).sort()).toEqual(["activities.html", "adoption.html", "changes.html", "churn.html", "cohorts.html", "customers.html", "definitions.html", "funnel.html", "goals.html", "health.html", "index.html", "leads.html", "pipeline.html", "quality.html", "revenue.html", "sales.html", "service.html", "snapshots/index.html", "targets.html"]);
  });

  it("carries a Content-Security-Policy before anything that it governs, with a hash for each inline script", () => {
    for (const {document} of pages) {
      const [charset, policy] = document.head.children;
      expect(charset!.getAttribute("charset")).toBe("utf-8");
      expect(policy!.getAttribute("http-equiv")).toBe("Content-Security-Policy");
      const content = policy!.getAttribute("content")!;
      expect(content).toContain("default-src 'self'");
      expect(content).not.toMatch(/script-src[^;]*'unsafe-inline'|'unsafe-eval'|https?:|\*/);
      for (const script of document.querySelectorAll("script:not([src])")) {
        expect(content).toContain(createHash("sha256").update(script.textContent!).digest("base64"));
      }
    }
  });

  it("names its language and lets readers zoom", () => {
    for (const {html, document} of pages) {
      expect(document.documentElement.lang).toBe("en");
      expect(html).not.toContain("maximum-scale");
    }
  });

  it("loads nothing from another host", () => {
    for (const {document} of pages) {
      for (const element of document.querySelectorAll("[src], link[href]")) expect(element.getAttribute("src") ?? element.getAttribute("href")).toMatch(/^\.\.?\//);
    }
  });

  it("has links that lead somewhere, anchors included", () => {
    for (const {name, document} of pages) {
      for (const link of document.querySelectorAll("a[href]:not([download])")) {
        const [path = "", anchor = ""] = link.getAttribute("href")!.split("#");
        const target = path === "" ? name : join(dirname(name), path.replace(/\/$/, "/index.html"));
        const page = pages.find((page) => page.name === target.replace(/^\.\/?$/, "index.html"));
        expect(page, `${name} → ${link.getAttribute("href")}`).toBeDefined();
        if (anchor !== "") expect(page!.document.getElementById(decodeURIComponent(anchor)), `${name} → #${anchor}`).not.toBeNull();
      }
      for (const element of document.querySelectorAll("script[src], link[href], a[download]")) {
        const path = resolve(site, dirname(name), element.getAttribute("src") ?? element.getAttribute("href")!);
        expect(statSync(path).isFile(), path).toBe(true);
      }
    }
  });

  it("says as of when it is and that the company is made up", () => {
    for (const {document} of pages) {
      expect(document.querySelector("header")!.textContent).toContain("as of");
      expect(document.querySelector("footer")!.textContent).toContain("made up");
    }
  });

  it("has one main heading and ids that are unique", () => {
    for (const {document} of pages) {
      expect(document.querySelectorAll("h1")).toHaveLength(1);
      const ids = [...document.querySelectorAll("[id]")].map(({id}) => id);
      expect(ids.filter((id, i) => ids.indexOf(id) !== i)).toEqual([]);
    }
  });
});

describe("what pages lead to", () => {
  it("is there, place by place", async () => expect(await brokenLinks(await sampleSite(), new Set(files))).toEqual([]));
});

describe("what pages load", () => {
  it("is named by its content, but for addresses that others rely on: a page of an earlier release never meets a later file", () => {
    expect(files.filter((file) => !hasContentName(file)).sort()).toEqual([...pages.map(({name}) => name), "definitions.json", "report.json"].sort());
  });
});

describe("the definitions", () => {
  const page = () => pages.find(({name}) => name === "definitions.html")!;

  it("have an entry or a line for every number that a page shows", () => {
    const shown = pages.flatMap(({document}) => [...document.querySelectorAll("[metric], [metrics]")].flatMap((one) => (one.getAttribute("metric") ?? one.getAttribute("metrics"))!.split(/[\s,]+/))).map((id) => (id.includes(":") ? variantId(...(id.split(":") as [string, string]), metrics) : id));
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter((id) => page().document.getElementById(id) === null)).toEqual([]);
  });

  it("weigh no more than 250 kB on the way", () => expect(gzipSync(page().html).length).toBeLessThan(250_000));

  it("stand beside the page as JSON too, as the schema says, with the same KPIs", () => {
    const {metrics} = definitionsSchema.parse(JSON.parse(read("definitions.json")));
    expect(metrics.map(({id}) => id).sort()).toEqual([...page().document.querySelectorAll(".qd-definition-body")].map(({id}) => id).sort());
    expect(page().document.querySelector("a[download]")!.getAttribute("href")).toBe("definitions.json");
  });

  it("show the SQL of every KPI that has its data, with marked values and no parameter left", () => {
    const statements = [...page().document.querySelectorAll(".qd-definition pre")];
    expect(statements.length).toBeGreaterThan(50);
    expect(statements.filter((pre) => /(^|[^'"])\?([^'"]|$)/.test(pre.textContent!))).toEqual([]);
    expect(page().document.querySelectorAll(".qd-definition pre mark").length).toBeGreaterThan(50);
  });
});

describe("the overview", () => {
  it("holds its default numbers as text, without a script", () => {
    const {document} = pages.find(({name}) => name === "index.html")!;
    for (const element of document.querySelectorAll("kpi-card, kpi-trend, kpi-bars, kpi-table, kpi-headline, kpi-filters, kpi-note")) {
      expect(element.textContent!.trim().length, element.outerHTML.slice(0, 80)).toBeGreaterThan(20);
    }
    expect(document.querySelectorAll("kpi-trend svg, kpi-card svg").length).toBeGreaterThan(20);
  });

  it("shows one number in card, table and chart", () => {
    const {document} = pages.find(({name}) => name === "index.html")!;
    const last = (selector: string) => [...document.querySelector(selector)!.querySelectorAll("tbody tr")].at(-1)!;
    const inTrend = last('kpi-trend[metric="revenue_won"]:not([by]) .qd-twin').children[1]!.textContent;
    const inTable = document.querySelector('kpi-table[by="team"] tfoot tr')!.children[1]!.textContent;
    const inOwners = document.querySelector('kpi-table[by="owner"] tfoot tr')!.children[1]!.textContent;
    expect(inTable).toMatch(new RegExp(`^${inTrend}\\b`));
    expect(inOwners).toMatch(new RegExp(`^${inTrend}\\b`));
    const card = document.querySelector('kpi-card[metric="revenue_won"] .qd-value')!.textContent!;
    expect(Number(inTrend!.replace(/\D/g, "")) / 1e6).toBeCloseTo(Number(/[\d.]+/.exec(card)![0]), 2);
  });

  it("weighs little enough for a phone", () => {
    expect(statSync(join(site, "index.html")).size).toBeLessThan(350_000);
    const answers = files.filter((file) => file.startsWith("_file/data/answers"));
    expect([...new Set(answers.map((file) => file.replace(/.*\/(\w+)\..*/, "$1")))].sort()).toEqual(["activities", "adoption", "changes", "churn", "cohorts", "customers", "definitions", "funnel", "goals", "health", "index", "leads", "pipeline", "report", "revenue", "sales", "service", "targets"]);
    for (const file of answers) expect(statSync(join(site, file)).size, file).toBeLessThanOrEqual(300_000);
  });
});

describe("the data quality page", () => {
  it("reads without a script: lists, checks, freshness, rows by file", () => {
    const {document} = pages.find(({name}) => name === "quality.html")!;
    for (const element of document.querySelectorAll("kpi-quality, kpi-hygiene, kpi-checks, kpi-reconcile, kpi-freshness, kpi-ledger, kpi-note")) {
      expect(element.textContent!.trim().length, element.localName).toBeGreaterThan(40);
    }
    expect(document.querySelectorAll("kpi-hygiene section").length).toBeGreaterThan(10);
  });

  it("gives each list as a file with as many records as it says, and no e-mail address", () => {
    const {document} = pages.find(({name}) => name === "quality.html")!;
    for (const section of document.querySelectorAll("kpi-hygiene section")) {
      const text = read(join("", section.querySelector("a[download]")!.getAttribute("href")!));
      const said = Number(section.querySelector(".qd-total")!.textContent!.split(" ")[0]!.replace(",", ""));
      expect(text.trim().split("\n").length - 1, section.id).toBe(said);
      expect(text).not.toMatch(/@[a-z]/);
    }
  });

  it("weighs little enough for a phone", () => {
    expect(gzipSync(read("quality.html")).length).toBeLessThan(40_000);
  });
});

describe("the files", () => {
  it("name no folder of this machine", () => {
    for (const file of files.filter((name) => /\.(?:html|css|js|json)$/.test(name))) expect(read(file).includes(projectFolder), file).toBe(false);
  });

  it("publish no rejected cells and no personal columns", () => {
    expect(files.filter((file) => /reject|timings/.test(file))).toEqual([]);
    const marts = JSON.parse(read(files.find((file) => /answers\/report\./.test(file))!)).manifest.marts as {columns: {name: string}[]}[];
    const columns = marts.flatMap((mart) => mart.columns.map(({name}) => name));
    expect(columns.filter((name) => /email|phone|mobile|street|address|birth/i.test(name))).toEqual([]);
    for (const {html} of pages) expect(html).not.toMatch(/[\w.]+@[\w-]+\.(?:com|example|org)/);
  });

  it("are all listed in report.json, with their hashes", () => {
    const report = JSON.parse(read("report.json")) as {files: Record<string, string>};
    expect(Object.keys(report.files).sort()).toEqual(files.filter((file) => file !== "report.json").sort());
    for (const [file, hash] of Object.entries(report.files)) expect(createHash("sha256").update(readFileSync(join(site, file))).digest("hex"), file).toBe(hash);
  });
});
