// Bars, points and rows that choose, and what can be saved of a chart: the sample company's first page in a browser.

import {readFileSync} from "node:fs";
import type {Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, expect, it} from "vitest";
import {launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {describeBrowser} from "../helpers/needs.js";
import {serveFolder, type TestServer} from "../helpers/server.js";
import {sampleSite} from "../helpers/sharedSite.js";

const wait = 30_000;

describeBrowser("a mark or a row that is chosen", () => {
  let server: TestServer;
  let browser: TestBrowser;
  let opened: TestPage | undefined;

  beforeAll(async () => {
    server = await serveFolder(await sampleSite(), {base: "/reports/crm/"});
    browser = await launchBrowser();
  }, 600_000);
  afterEach(() => opened?.close());
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(): Promise<Page> {
    opened = await browser.open({viewport: {width: 1440, height: 900}, acceptDownloads: true});
    await opened.page.addInitScript(() => Object.defineProperty(Navigator.prototype, "connection", {get: () => ({saveData: true})}));
    await opened.page.goto(server.url, {waitUntil: "load"});
    await opened.page.locator("kpi-filters select:not([disabled])").first().waitFor({timeout: wait});
    return opened.page;
  }

  const search = (page: Page) => new URL(page.url()).searchParams;
  const chips = (page: Page) => page.locator(".qd-chip bdi").allInnerTexts();
  const places = (page: Page) => page.locator("kpi-bars svg:visible [data-pick]");

  it("filters the page by a bar, stands as a chip and in the address, and Escape takes it back", async () => {
    const page = await open();
    const before = await page.locator('kpi-card[metric="revenue_won"] .qd-value').innerText();
    const pick = (await places(page).first().getAttribute("data-pick"))!;
    const team = new URLSearchParams(pick).get("team")!;
    await places(page).first().click();
    await page.waitForURL((url) => url.searchParams.get("team") === team, {timeout: wait});
    expect(await chips(page)).toEqual([`Team: ${team}`]);
    expect(await page.locator('kpi-card[metric="revenue_won"] .qd-value').innerText()).not.toBe(before);
    await page.locator("h2").first().click();
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has("team"), {timeout: wait});
    expect(await chips(page)).toEqual([]);
    expect(await page.locator('kpi-card[metric="revenue_won"] .qd-value').innerText()).toBe(before);
  });

  it("marks what was chosen in its own chart, keeps the others there, and keeps the keyboard's place", async () => {
    const page = await open();
    const names = await places(page).evaluateAll((all) => all.map((one) => one.getAttribute("data-pick")));
    await places(page).nth(1).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.has("team"), {timeout: wait});
    expect(await places(page).evaluateAll((all) => all.map((one) => one.getAttribute("data-pick")))).toEqual(names);
    expect(await places(page).evaluateAll((all) => all.map((one) => one.getAttribute("aria-pressed")))).toEqual(names.map((_, i) => String(i === 1)));
    expect(await page.locator("kpi-bars svg:visible").first().getAttribute("data-chosen")).toBe("");
    const veil = (i: number) => places(page).nth(i).evaluate((one) => Number(getComputedStyle(one).fillOpacity));
    expect([await veil(0), await veil(1)]).toEqual([0.68, 0]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-pick"))).toBe(names[1]);
    expect(await page.locator('kpi-table[by="team"] tbody tr').count()).toBeLessThan(names.length);
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has("team"), {timeout: wait});
    expect(await page.locator("kpi-bars svg:visible").first().getAttribute("data-chosen")).toBeNull();
  });

  it("goes from place to place by arrow keys and chooses by Enter; a drawing is one stop", async () => {
    const page = await open();
    const bars = places(page);
    expect(await page.locator('kpi-bars svg:visible [data-pick][tabindex="0"]').count()).toBe(1);
    await bars.first().focus();
    await page.keyboard.press("ArrowDown");
    const second = (await bars.nth(1).getAttribute("data-pick"))!;
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-pick"))).toBe(second);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toMatch(/choose to filter by it$/);
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.has("team"), {timeout: wait});
    expect(search(page).get("team")).toBe(new URLSearchParams(second).get("team"));
  });

  it("can be the heading of a row and the point of a line", async () => {
    const page = await open();
    const rows = page.locator('kpi-table[by="team"] tbody th button.qd-pick');
    const names = await rows.allTextContents();
    await rows.first().click();
    await page.waitForURL((url) => url.searchParams.has("team"), {timeout: wait});
    expect(await chips(page)).toEqual([`Team: ${names[0]}`]);
    await page.locator(".qd-chip").click();
    await page.waitForURL((url) => !url.searchParams.has("team"), {timeout: wait});
    const point = page.locator('kpi-trend[metric="revenue_won"]:not([by]) svg:visible [data-pick="period=2026-08"]');
    await point.click();
    await page.waitForURL((url) => url.searchParams.get("period") === "2026-08", {timeout: wait});
    await places(page).first().click();
    await page.waitForURL((url) => url.searchParams.has("team"), {timeout: wait});
    expect(search(page).get("period")).toBe("2026-08");
  });

  it("saves the table as CSV with whole numbers, the drawing as SVG and PNG", async () => {
    const page = await open();
    const chart = page.locator("kpi-bars").first();
    await chart.locator(".qd-twin > summary").click();
    const shown = await chart.locator("tbody tr").count();
    const save = async (name: string) => {
      const [file] = await Promise.all([page.waitForEvent("download"), chart.getByRole("button", {name}).click()]);
      return {name: file.suggestedFilename(), bytes: readFileSync((await file.path())!)};
    };
    const csv = await save("Table as CSV");
    expect(csv.name).toMatch(/\.csv$/);
    const lines = csv.bytes.toString().trim().split("\n");
    expect(lines.length).toBe(shown + 2);
    const rate = Number(lines[1]!.split(",")[1]);
    expect(rate).toBeGreaterThan(0);
    expect(rate).toBeLessThan(1);
    const svg = (await save("Drawing as SVG")).bytes.toString();
    expect(svg).toContain(await chart.locator(".qd-finding").innerText());
    expect(svg).not.toMatch(/var\(--|<script|href=/);
    const png = (await save("Drawing as PNG")).bytes;
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBeGreaterThan(600);
    expect(opened!.errors).toEqual([]);
    expect(opened!.violations).toEqual([]);
  });
});
