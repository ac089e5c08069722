// What the Churn page tells of the sample company's story (loaders/sample/story.ts), and the way to it.

import type {Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, expect, it} from "vitest";
import {priceRise} from "../../loaders/sample/story.js";
import {dateText} from "../../loaders/sample/days.js";
import {goTo, launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {describeBrowser} from "../helpers/needs.js";
import {serveFolder, type TestServer} from "../helpers/server.js";
import {sampleSite} from "../helpers/sharedSite.js";

const wait = 30_000;

describeBrowser("the churn page of the sample company", () => {
  let server: TestServer;
  let browser: TestBrowser;
  let opened: TestPage | undefined;
  beforeAll(async () => {
    server = await serveFolder(await sampleSite(), {base: "/reports/crm/"});
    browser = await launchBrowser();
  }, 600_000);
  afterEach(async () => {
    await opened?.close();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  const isLive = (page: Page) => page.locator("kpi-filters select:not([disabled])").first().waitFor({timeout: wait});

  it("shows another definition of a KPI where a reader chooses one, by its name, and keeps it in the address", async () => {
    opened = await browser.open({viewport: {width: 1440, height: 900}});
    const {page} = opened;
    await page.goto(`${server.url}churn`, {waitUntil: "load"});
    await isLive(page);
    const select = page.locator('kpi-variants select[name="kpi-variant-logo_churn"]');
    const card = page.locator('kpi-card[metric="logo_churn"] article');
    const [name, value] = [await card.locator(".qd-name").innerText(), await card.locator(".qd-value").innerText()];
    const other = (await select.locator("option").nth(1).getAttribute("value"))!;
    await select.selectOption(other);
    await page.waitForURL((url) => url.searchParams.get("kpi-variant") === `logo_churn:${other}`, {timeout: wait});
    await page.locator(`kpi-card[metric="logo_churn"] article[data-metric="logo_churn_${other}"]`).waitFor({timeout: wait});
    expect(await card.locator(".qd-name").innerText()).not.toBe(name);
    // Cards without the switch stay as they are; a link to it shows the same.
    await page.reload({waitUntil: "load"});
    await page.locator(`kpi-card[metric="logo_churn"] article[data-metric="logo_churn_${other}"]`).waitFor({timeout: wait});
    expect(await select.inputValue()).toBe(other);
    await select.selectOption({index: 0});
    await page.locator('kpi-card[metric="logo_churn"] article[data-metric="logo_churn"]').waitFor({timeout: wait});
    expect([new URL(page.url()).search, await card.locator(".qd-value").innerText()]).toEqual(["", value]);
    expect(opened.errors).toEqual([]);
  }, 3 * wait);

  it("leads to the price rise in three clicks from the overview", async () => {
    opened = await browser.open({viewport: {width: 1440, height: 900}});
    const {page} = opened;
    await page.goto(server.url, {waitUntil: "load"});
    await isLive(page);
    // 1: the page of those who leave, where the course of churn names what happened before it rose.
    await goTo(page, "Churn");
    await isLive(page);
    const trend = page.locator('kpi-trend[metric="logo_churn"]');
    expect(dateText(priceRise.at)).toBe("2025-10-01");
    expect(await trend.textContent()).toMatch(/prices up 18\s?%.*from\s1\sOctober\s2025/s);
    // 2: the segment that leaves most; all else on the page is of it then.
    const segments = page.locator('kpi-bars[by="segment"] svg:visible [data-pick]');
    const pick = (await segments.first().getAttribute("data-pick"))!;
    expect(pick).toBe(`segment=${priceRise.segment}`);
    const before = (await trend.locator(".qd-finding").textContent())!;
    await segments.first().click();
    await page.waitForURL((url) => url.searchParams.get("segment") === priceRise.segment, {timeout: wait});
    const plan = page.locator('kpi-churn-by[by="plan"][months] .qd-finding');
    await page.waitForFunction((name) => document.querySelector('kpi-churn-by[by="plan"][months] .qd-finding')?.textContent?.includes(`left where ${name}`), priceRise.plan, {timeout: wait});
    expect(await plan.innerText()).toContain(priceRise.plan);
    // 3: the months as a table: from the first after the rise on more left.
    await page.waitForFunction((text) => document.querySelector('kpi-trend[metric="logo_churn"] .qd-finding')?.textContent !== text, before, {timeout: wait});
    await trend.locator(".qd-twin summary").click();
    await trend.locator(".qd-twin tbody tr").nth(12).waitFor({timeout: wait});
    const months = await trend.locator(".qd-twin tbody tr").evaluateAll((rows) => rows.map((row) => [row.children[0]!.textContent!.replace(/\s/g, " "), Number(row.children[1]!.getAttribute("data-sort"))] as const));
    const of = (name: string) => months.find(([month]) => month.includes(name))![1];
    const usual = months.filter(([month]) => /2026/.test(month) && !/January|February|March/.test(month)).map(([, share]) => share);
    expect(Math.min(of("November 2025"), of("December 2025"), of("January 2026"), of("February 2026"))).toBeGreaterThan(2 * (usual.reduce((sum, share) => sum + share, 0) / usual.length));
    expect(opened.errors).toEqual([]);
  }, 3 * wait);
});
