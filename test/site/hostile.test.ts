// CRM text that tries to become markup, code, SQL or a formula, through every name that a report shows.

import {createHash} from "node:crypto";
import {mkdir, rm, writeFile} from "node:fs/promises";
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import Papa from "papaparse";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {buildSite} from "../../loaders/site.js";
import {starterScript} from "../../loaders/site/starter.js";
import {readSettings} from "../../loaders/settings.js";
import {launchBrowser} from "../helpers/browser.js";
import {describeBrowser} from "../helpers/needs.js";
import {serveFolder} from "../helpers/server.js";
import {scratch} from "../helpers/sharedSite.js";

const payloads = [
  "<img src=x onerror=globalThis.pwned=1>",
  `"><script>globalThis.pwned=1</script>`,
  "</script><svg onload=globalThis.pwned=1>",
  "${globalThis.pwned=1}",
  "'); drop table fct_opportunity; --",
  `=HYPERLINK("javascript:globalThis.pwned=1")`,
  "<!--:00000000:--><kpi-card metric=win_rate>",
  "a & b&amp;lt;% 100%25?x#y"
];

const settings = `
title: "${`<b onclick=globalThis.pwned=1>R&D</b>`}"
language: en
time_zone: UTC
currency: EUR
as_of: 2026-03-31
sources:
  - id: crm
    type: csv
    folder: .
    tables:
      crm_user: {file: users.csv, columns: {user_id: id, name: name, team: team, region: region}}
      opportunity:
        file: deals.csv
        columns: {opportunity_id: id, owner_id: owner, source: source, stage: stage, amount: amount, created_at: created, closed_at: closed}
        stages: {open: [${payloads.slice(0, 2).map((text) => JSON.stringify(text)).join(", ")}], won: [Won], lost: [Lost]}
`;

let folder: string;
let site: string;
beforeAll(async () => {
  folder = await scratch();
  site = join(folder, "site");
  await mkdir(join(folder, "crm"), {recursive: true});
  const users = payloads.map((text, i) => ({id: `u${i}`, name: text, team: text, region: text}));
  const deals = Array.from({length: 160}, (_, i) => ({
    id: `d${i}`, owner: `u${i % payloads.length}`, source: payloads[i % payloads.length],
    stage: i % 4 === 0 ? payloads[i % 2] : i % 4 === 1 ? "Lost" : "Won", amount: 100 + i,
    created: `2026-0${1 + (i % 2)}-10`, closed: i % 4 === 0 ? "" : `2026-0${2 + (i % 2)}-2${i % 8}`
  }));
  await writeFile(join(folder, "crm/users.csv"), Papa.unparse(users));
  await writeFile(join(folder, "crm/deals.csv"), Papa.unparse(deals));
  await writeFile(join(folder, "crm/report.yaml"), settings);
  await buildSite(await readSettings(join(folder, "crm/report.yaml")), {out: site});
}, 600_000);
afterAll(() => rm(folder, {recursive: true, force: true}));

describe("hostile text in a built page", () => {
  it("stands there as text, each payload letter by letter", () => {
    const {document} = new JSDOM(readFileSync(join(site, "index.html"), "utf8")).window;
    const cells = [...document.querySelectorAll("kpi-table[by=team] tbody th, kpi-table[by=team] tbody td, kpi-filters bdi")].map((cell) => cell.textContent);
    for (const text of payloads) expect(cells, text).toContain(text);
  });

  it("makes no element, attribute or script", () => {
    for (const name of ["index.html", "definitions.html"]) {
      const html = readFileSync(join(site, name), "utf8");
      const {document} = new JSDOM(html).window;
      expect([...document.querySelectorAll("*")].flatMap(({attributes}) => [...attributes].filter(({name}) => name.startsWith("on")))).toEqual([]);
      const starters = [...document.querySelectorAll("script")].filter((script) => !script.hasAttribute("src")).map(({textContent}) => textContent!);
      const entry = starters[0]!.match(/import\(("[^"]+")\)/)![1]!;
      expect(starters).toEqual([starterScript(JSON.parse(entry) as string)]);
      const sheets = [...document.querySelectorAll("style")].map(({textContent}) => textContent!);
      expect(sheets).toHaveLength(1);
      expect(document.querySelectorAll("img, iframe, object, embed, b")).toHaveLength(0);
      const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute("content")!;
      const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
      expect(policy.match(/'sha256-[^']+'/g)!.sort()).toEqual([...starters, ...sheets].map(hash).sort());
    }
  });
});

describeBrowser("hostile text in a live page", () => {
  it("does nothing when chosen, drawn, computed and sent in a link", async () => {
    const server = await serveFolder(site);
    const browser = await launchBrowser();
    try {
      const {page, errors, violations} = await browser.open({viewport: {width: 1440, height: 900}});
      for (const text of payloads) {
        await page.goto(`${server.url}?${new URLSearchParams([["team", text], ["period", "2026-Q1"]])}`);
        await page.locator("kpi-filters .qd-words").filter({hasText: text.slice(0, 12)}).waitFor({timeout: 30_000});
        await page.waitForFunction(() => !document.querySelector("main")!.hasAttribute("aria-busy"));
        expect(await page.locator("kpi-table[by=team] tbody tr").count()).toBe(1);
        expect(await page.evaluate(() => (globalThis as {pwned?: unknown}).pwned)).toBeUndefined();
      }
      expect({errors, violations, foreign: browser.foreign}).toEqual({errors: [], violations: [], foreign: []});
    } finally {
      await browser.close();
      await server.close();
    }
  }, 90_000);
});
