// Frozen months beside a report: their pages work from where they are placed, say what they are, and are found by address.

import {cpSync, mkdirSync, mkdtempSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {keptMonths} from "../../loaders/snapshot/archive.js";
import {placeMonths} from "../../loaders/snapshot/place.js";
import {loadMessages} from "../../src/format/messages.js";
import {openPastMonth} from "../../src/elements/pastMonth.js";
import {launchBrowser, type TestBrowser} from "../helpers/browser.js";
import {describeBrowser} from "../helpers/needs.js";
import {serveFolder, type TestServer} from "../helpers/server.js";
import {sampleSite} from "../helpers/sharedSite.js";
import {freeze, frozenReport, january} from "./frozenReport.js";

const wait = 30_000;

describe("?as-of=", () => {
  const mark = `<meta name="quarterdeck-months" content="2026-08 2026-09 2026-09-r2" data-without="2026-07" data-root="../" data-page="deep/page.html" data-missing="No month {asked} is kept.">`;
  const led = (search: string): readonly [string | null, string] => {
    const {window} = new JSDOM(`<html><head>${mark}</head><body><main></main></body></html>`);
    let to: string | null = null;
    openPastMonth(window.document, {href: `https://example.com/crm/deep/page.html${search}`, replace: (address) => void (to = String(address))});
    return [to, window.document.querySelector("main")!.textContent!];
  };
  const site = "https://example.com/crm/snapshots/";
  it.each([
    ["?as-of=2026-08", `${site}2026-08/deep/page.html`],
    ["?as-of=2026-08-31&region=West#x", `${site}2026-08/deep/page.html?region=West#x`],
    ["?as-of=2026-09", `${site}2026-09-r2/deep/page.html`],
    ["?as-of=2026-07", `${site}2026-07/index.html`]
  ])("%s leads to %s: the last revision, and the overview where the month has no such page", (search, address) => expect(led(search)).toEqual([address, ""]));
  it("says that a month is not kept, as text", () => expect(led("?as-of=<b>2019-01")).toEqual([null, "No month <b>2019-01 is kept."]));
  it("does nothing without it", () => expect(led("?region=West")).toEqual([null, ""]));
});

describeBrowser("a frozen month beside the report", () => {
  let server: TestServer;
  let browser: TestBrowser;
  let site: string;
  beforeAll(async () => {
    const built = await sampleSite();
    const report = frozenReport();
    // The pages of both months are those of the sample company: what is placed is what was built.
    const pages = async (_built: unknown, _manifest: unknown, out: string) => cpSync(built, out, {recursive: true});
    for (const [month, asOf] of [["2025-01", "2025-01-31"], ["2025-02", "2025-02-28"]] as const) {
      report.write(january, asOf);
      expect(await freeze(report, ["--month", month], {build: {pages}})).toMatchObject({exitCode: 0});
    }
    site = mkdtempSync(join(tmpdir(), "quarterdeck-placed-"));
    cpSync(built, site, {recursive: true});
    mkdirSync(join(site, "snapshots"), {recursive: true});
    await placeMonths(site, (await keptMonths(report.store))!, {locale: "en", messages: await loadMessages("en")});
    server = await serveFolder(site, {base: "/reports/crm/"});
    browser = await launchBrowser();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it("shows its page, marked as of then, with a live engine, and leads to another month of the same page", async () => {
    const {page, errors, violations, close} = await browser.open({viewport: {width: 1440, height: 900}});
    await page.goto(`${server.url}snapshots/2025-01/funnel.html`, {waitUntil: "load"});
    expect(await page.locator(".qd-frozen").innerText()).toContain("Frozen month: January 2025, as of 31 January 2025.");
    await page.locator("kpi-filters select:not([disabled])").first().waitFor({timeout: wait});
    const before = await page.locator("kpi-funnel").first().textContent();
    await page.locator('kpi-filters select[name="period"]').selectOption({index: 3});
    await page.waitForFunction((text) => document.querySelector("kpi-funnel")?.textContent !== text, before, {timeout: wait});
    expect(await page.getByRole("note").getByRole("link").evaluateAll((links) => links.map((link) => new URL((link as HTMLAnchorElement).href).pathname))).toEqual(["/reports/crm/funnel.html", "/reports/crm/snapshots/index.html"]);
    await page.goto(`${server.url}snapshots/2025-01/funnel.html?as-of=2025-02`, {waitUntil: "load"});
    await page.waitForURL("**/snapshots/2025-02/funnel.html", {timeout: wait});
    expect([errors, violations, browser.foreign]).toEqual([[], [], []]);
    await close();
  }, 3 * wait);

  it("shares engine and scripts with the report where they are equal", async () => {
    const html = await readFile(join(site, "snapshots/2025-01/funnel.html"), "utf8");
    expect(html).toMatch(/"\.\.\/\.\.\/_import\//);
    expect(html).not.toMatch(/"\.\/_import\//);
  });
});
