// The sample company's report as a reader meets it: below a sub-path, with a policy, with and without scripts.

import {execFile} from "node:child_process";
import {readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {promisify} from "node:util";
import type {BrowserContextOptions, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, expect, it} from "vitest";
import {projectFolder} from "../../loaders/project.js";
import {goTo, launchBrowser, layOut, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {describeBrowser} from "../helpers/needs.js";
import {serveFolder, type TestServer} from "../helpers/server.js";
import {sampleSite} from "../helpers/sharedSite.js";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wait = 30_000;

describeBrowser("the site in a browser", () => {
  let site: string;
  let server: TestServer;
  let browser: TestBrowser;
  let opened: TestPage | undefined;
  const overrides = new Map<string, string | Uint8Array | null>();

  beforeAll(async () => {
    site = await sampleSite();
    server = await serveFolder(site, {base: "/reports/crm/", overrides});
    browser = await launchBrowser();
  }, 600_000);
  afterEach(async () => {
    await opened?.close();
    overrides.clear();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  /** Opens a page; one that saves data, so that the engine starts only when it is needed. */
  async function open(path: string, options: BrowserContextOptions = {}): Promise<TestPage> {
    server.requests.length = 0;
    opened = await browser.open({viewport: {width: 1440, height: 900}, ...options});
    await opened.page.addInitScript(() => Object.defineProperty(Navigator.prototype, "connection", {get: () => ({saveData: true})}));
    await opened.page.goto(server.url + path, {waitUntil: "load"});
    return opened;
  }

  const value = (page: Page, metric: string) => page.locator(`kpi-card[metric="${metric}"] .qd-value`).innerText();
  const isLive = (page: Page) => page.locator("kpi-filters select:not([disabled])").first().waitFor({timeout: wait});
  const engineRequests = () => server.requests.filter(({path}) => /\.wasm$|worker/.test(path));
  const clean = ({errors, violations}: TestPage) => expect({errors, violations, foreign: browser.foreign, missing: server.requests.filter(({status}) => status !== 200)}).toEqual({errors: [], violations: [], foreign: [], missing: []});

  it("shows how a number is made by the keyboard, and saves its records", async () => {
    const live = await open("");
    await isLive(live.page);
    const making = live.page.locator('kpi-card[metric="win_rate"] .qd-making');
    await making.locator("summary").focus();
    await live.page.keyboard.press("Enter");
    const save = making.locator("button");
    await save.waitFor({timeout: wait});
    const counts = (await making.locator("li").allInnerTexts()).map((line) => Number(/(\d+) records/.exec(line)![1]));
    const [download] = await Promise.all([live.page.waitForEvent("download"), save.click()]);
    const lines = readFileSync(await download.path(), "utf8").trim().split("\n");
    expect(download.suggestedFilename()).toBe("win_rate-2026-10.csv");
    expect(lines).toHaveLength(1 + counts[0]! + counts[1]!);
    expect(lines.filter((line) => line.startsWith("numerator,"))).toHaveLength(counts[0]!);
    clean(live);
  }, 2 * wait);

  it("works below a sub-path: no error, no violation, no foreign request, nothing missing", async () => {
    const live = await open("");
    await isLive(live.page);
    for (const name of ["Definitions", "Overview"]) await goTo(live.page, name);
    await isLive(live.page);
    clean(live);
  });

  it("reads without scripts, and asks for nothing but itself and the icon", async () => {
    const {page} = await open("", {javaScriptEnabled: false});
    expect(await value(page, "revenue_won")).toMatch(/^€[\d.]+[KM]$/);
    expect(await page.locator("kpi-trend svg:visible").count()).toBeGreaterThan(1);
    // The browser asks for the icon in its own time, or not at all.
    const asked = server.requests.map(({path}) => path.replace(/.*\./, ".")).filter((end) => end !== ".js");
    expect(asked.filter((end) => end !== ".svg")).toEqual(["/reports/crm/"]);
  });

  it("leaves the baked numbers alone until something is chosen", async () => {
    const {page} = await open("");
    await page.evaluate(() => document.querySelectorAll("kpi-card > *, kpi-trend > *, kpi-table > *").forEach((node) => ((node as HTMLElement).dataset.baked = "1")));
    await isLive(page);
    expect(await page.locator("kpi-card > :not([data-baked]), kpi-trend > :not([data-baked]), kpi-table > :not([data-baked])").count()).toBe(0);
  });

  it("loses no touch from before its script was there", async () => {
    opened = await browser.open({viewport: {width: 1440, height: 900}});
    const {page} = opened;
    // Nothing but the touch can start the page: no frame is drawn for it, and it is never idle.
    await page.addInitScript(() => Object.assign(globalThis, {requestAnimationFrame: () => 0, requestIdleCallback: () => 0}));
    await page.goto(server.url, {waitUntil: "load"});
    const box = (await page.locator("kpi-filters form").boundingBox())!;
    await page.mouse.move(box.x + 5, box.y + 5);
    await isLive(page);
  });

  it("answers each single choice without the engine", async () => {
    const live = await open("");
    await isLive(live.page);
    const before = await value(live.page, "revenue_won");
    const periods = await live.page.locator('select[name="period"] option').evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    const quarter = periods.filter((key) => /-Q\d$/.test(key))[1]!;
    await live.page.selectOption('select[name="period"]', quarter);
    await live.page.locator(`kpi-card[metric="revenue_won"] .qd-period`).filter({hasText: quarter.slice(-2)}).waitFor({timeout: wait});
    expect(await value(live.page, "revenue_won")).not.toBe(before);
    expect(new URL(live.page.url()).search).toBe(`?period=${quarter}`);
    await live.page.selectOption('select[name="compare"]', "last_year");
    await live.page.locator('kpi-card[metric="revenue_won"] .qd-changes li:first-child[data-compare="last_year"]').waitFor({timeout: wait});
    expect(engineRequests()).toEqual([]);
    clean(live);
  });

  it("answers each single team of a page that holds much from a file of its own, which it reads when the menu opens", async () => {
    const live = await open("pipeline.html");
    await isLive(live.page);
    const second = () => server.requests.filter(({path}) => path.includes("/answers/pipeline.team."));
    expect(second()).toEqual([]);
    const before = await value(live.page, "open_pipeline");
    const menu = live.page.locator('details[data-dimension="team"]');
    await menu.locator("summary").click();
    await menu.locator("label").nth(1).click();
    await live.page.waitForURL(/\?team=/);
    expect(await value(live.page, "open_pipeline")).not.toBe(before);
    expect([second().length, engineRequests()]).toEqual([1, []]);
    clean(live);
  });

  it("shows the state of a link, and carries it to the other pages and back", async () => {
    const live = await open("?region=West&utm_source=mail");
    await live.page.locator("kpi-filters .qd-words").filter({hasText: "West"}).waitFor({timeout: wait});
    await live.page.waitForFunction(() => document.querySelector("kpi-filters select:not([disabled])"));
    const west = await value(live.page, "revenue_won");
    await goTo(live.page, "Definitions");
    await live.page.waitForURL(/definitions\.html\?region=West&utm_source=mail$/);
    await goTo(live.page, "Overview");
    await live.page.locator("kpi-filters .qd-words").filter({hasText: "West"}).waitFor({timeout: wait});
    expect(await value(live.page, "revenue_won")).toBe(west);
    expect(engineRequests()).toEqual([]);
    clean(live);
  });

  it("says in words what a link asks for in vain, and shows the rest of it", async () => {
    const {page} = await open("?region=Wset&period=2026-09");
    await page.locator(".site-status").filter({hasText: "West"}).waitFor({timeout: wait});
    expect(await page.locator(".site-status").innerText()).toBe("The link asks for Region, which this report does not have: “Wset”. The nearest is “West”.");
    expect(await page.locator('kpi-card[metric="revenue_won"] .qd-period').innerText()).toBe("September 2026");
  });

  it("computes a combination in the engine, equal to the terminal's answer", async () => {
    const live = await open("?region=West&period=2026-09");
    await live.page.locator('kpi-card[metric="opportunities_won"] .qd-period').filter({hasText: "September"}).waitFor({timeout: wait});
    expect(engineRequests().length).toBeGreaterThan(0);
    const {stdout} = await promisify(execFile)(process.execPath, ["--import", "tsx", "loaders/cli/kpi.ts", "opportunities_won", "--period", "2026-09", "--where", "region=West", "--format", "json"], {cwd: projectFolder});
    const [row] = (JSON.parse(stdout) as {rows: {value: number}[]}).rows;
    expect(await value(live.page, "opportunities_won")).toBe(String(row!.value));
    clean(live);
  });

  it("keeps the old numbers, the old address and says so when the engine fails", async () => {
    overrides.set(readdir("_node/@duckdb", /duckdb-eh.*\.wasm$/), null);
    const {page} = await open("?region=West");
    await page.locator("kpi-filters .qd-words").filter({hasText: "West"}).waitFor({timeout: wait});
    const west = await value(page, "revenue_won");
    await page.selectOption('select[name="period"]', "2026-09");
    await page.locator(".site-status").filter({hasText: "could not be computed"}).waitFor({timeout: wait});
    expect(await value(page, "revenue_won")).toBe(west);
    expect(new URL(page.url()).search).toBe("?region=West");
    expect(await page.locator("main").getAttribute("aria-busy")).toBeNull();
  });

  it("can be filtered with the keyboard alone", async () => {
    const {page} = await open("");
    await isLive(page);
    await page.locator('details[data-dimension="region"] summary').focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.waitForURL(/\?region=/);
    expect(await page.evaluate(() => document.activeElement?.closest("details")?.getAttribute("data-dimension"))).toBe("region");
  });

  it("prints what is chosen as words, without controls", async () => {
    const {page} = await open("");
    await page.emulateMedia({media: "print"});
    expect(await page.locator("kpi-filters .qd-words").isVisible()).toBe(true);
    expect(await page.locator("kpi-filters select").first().isVisible()).toBe(false);
  });

  it("lays out what is off the screen when it is scrolled to, and prints all of it", async () => {
    const {page} = await open("pipeline.html");
    const laidOut = () => page.locator("main .card > *").evaluateAll((parts) => parts.map((part) => part.checkVisibility({contentVisibilityAuto: true})));
    expect((await laidOut()).slice(0, 3)).toEqual([true, true, true]);
    expect((await laidOut()).at(-1)).toBe(false);
    await page.locator("main .card").last().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => [...document.querySelectorAll("main .card > *")].at(-1)!.checkVisibility({contentVisibilityAuto: true}), undefined, {timeout: wait});
    await page.emulateMedia({media: "print"});
    expect(new Set(await page.locator("main .card").evaluateAll((cards) => cards.map((card) => getComputedStyle(card).contentVisibility)))).toEqual(new Set(["visible"]));
  });

  it("draws a choice in the window first and then out of it; before it is printed, all of it", async () => {
    const live = await open("");
    await isLive(live.page);
    await live.page.waitForTimeout(300);
    const told = await live.page.evaluate(async () => {
      const hosts = [...document.querySelectorAll("kpi-card, kpi-trend, kpi-bars, kpi-table")];
      const west = [...document.querySelectorAll('[data-dimension="region"] .qd-members label')].find(({textContent}) => textContent!.trim() === "West")!.querySelector("input")!;
      const last = hosts.filter(({localName}) => localName === "kpi-table").at(-1)!;
      const before = last.textContent;
      const choose = async (checked: boolean) => {
        west.checked = checked;
        west.dispatchEvent(new Event("change", {bubbles: true}));
        await new Promise<void>((resolve) => new MutationObserver((_, observer) => (observer.disconnect(), resolve())).observe(hosts[0]!, {childList: true}));
        return hosts.filter((host) => host.hasAttribute("aria-busy"));
      };
      const busy = await choose(true);
      const inWindow = busy.filter((host) => host.getBoundingClientRect().top < innerHeight).length;
      const waited = last.textContent === before;
      dispatchEvent(new Event("beforeprint"));
      const printed = {busy: hosts.filter((host) => host.hasAttribute("aria-busy")).length, other: last.textContent !== before};
      const chosen = last.textContent;
      const again = (await choose(false)).length;
      return {busy: busy.length, inWindow, waited, printed, again, chosen};
    });
    expect(told).toMatchObject({inWindow: 0, waited: true, printed: {busy: 0, other: true}});
    expect(Math.min(told.busy, told.again)).toBeGreaterThan(5);
    await live.page.waitForFunction(() => !document.querySelector("main [aria-busy]"), undefined, {timeout: wait});
    expect(await live.page.locator("kpi-table").last().textContent()).not.toBe(told.chosen);
    clean(live);
  });

  // Of a visit every look is taken: a page is opened once.
  const wide = ["", "definitions.html", "quality.html", "?region=West"];
  const narrow = [...wide, "activities.html", "adoption.html", "changes.html", "churn.html", "cohorts.html", "customers.html", "funnel.html", "goals.html", "health.html", "leads.html", "pipeline.html", "revenue.html", "sales.html", "service.html", "snapshots/index.html", "targets.html"];

  it("shows axe every page", () => {
    const {files} = JSON.parse(readFileSync(`${site}/report.json`, "utf8")) as {files: Record<string, string>};
    expect(Object.keys(files).filter((file) => file.endsWith(".html")).sort()).toEqual(narrow.filter((path) => !path.startsWith("?")).map((path) => path || "index.html").sort());
  });

  for (const path of narrow)
    it(`has nothing for axe to find: /${path}, ${wide.includes(path) ? "390 and 1440" : "390"} px, light and dark`, async () => {
      const {page} = await open(path, {viewport: {width: 390, height: 900}, colorScheme: "light"});
      if (await page.locator("kpi-filters").count() > 0) await isLive(page);
      await layOut(page);
      await page.evaluate(axeSource);
      for (const width of wide.includes(path) ? [390, 1440] : [390]) {
        await page.setViewportSize({width, height: 900});
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({colorScheme});
          const found = await page.evaluate(() => (globalThis as unknown as {axe: {run(context: Document, options: unknown): Promise<{violations: {id: string; nodes: {html: string}[]}[]}>}}).axe.run(document, {resultTypes: ["violations"]}));
          expect(found.violations.map(({id, nodes}) => `${id}: ${nodes.length} × ${nodes[0]!.html.slice(0, 120)}`), `${width} px, ${colorScheme}`).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${width} px`).toBe(0);
        }
      }
    }, 120_000);

  /** The path of the file below the site's folder that matches. */
  function readdir(folder: string, pattern: RegExp): string {
    const report = JSON.parse(readFileSync(`${site}/report.json`, "utf8")) as {files: Record<string, string>};
    return Object.keys(report.files).find((file) => file.startsWith(folder) && pattern.test(file))!;
  }
});
