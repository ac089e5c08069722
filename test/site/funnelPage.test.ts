// The funnel page of the sample company: what stands in it, what its file of answers holds, and what the engine says agree.

import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import type {Locator, Page} from "playwright-core";
import {afterAll, afterEach, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {askFunnel} from "../../src/query/funnel/askFunnel.js";
import {packFunnels, unpackFunnels} from "../../src/query/funnel/packFunnels.js";
import {askFunnels, type FunnelQuestion} from "../../src/query/funnel/question.js";
import type {PackedAnswers} from "../../src/query/pack.js";
import {launchBrowser, type TestBrowser, type TestPage} from "../helpers/browser.js";
import {describeBrowser} from "../helpers/needs.js";
import {serveFolder, type TestServer} from "../helpers/server.js";
import {sampleSite} from "../helpers/sharedSite.js";
import {sampleWorld} from "../metrics/worlds.js";

const wait = 60_000;
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u00a0\u202f\u2060]/g, " ");
let site: string;
let built: BuiltReport;

beforeAll(async () => {
  site = await sampleSite();
  built = await openBuilt((await runPipeline(await readSettings(sampleWorld.settings))).folder, {threads: 1});
}, 300_000);
afterAll(() => built?.close());

/** The table of the first figure of a funnel: steps by reached. */
const reachedIn = (root: ParentNode, funnel: string) =>
  [...root.querySelectorAll(`kpi-funnel[funnel="${funnel}"] .qd-twin tbody tr`)].map((row) => Number(row.children[1]!.getAttribute("data-sort")));

describe("the funnel page as built", () => {
  const questions: readonly FunnelQuestion[] = [
    {id: "lead_to_cash", choices: {period: "all", by: "source"}},
    {id: "opportunity_stages", choices: {period: "2026-Q3", by: "region", mode: "any_stage", window: null}},
    {id: "opportunity_stages", choices: {period: "all", credit: "all", by: "source", filters: [{dimension: "region", values: ["West"]}]}, times: true, dropped: {limit: 3}}
  ];

  it("shows what the engine says of each funnel", async () => {
    const {document} = new JSDOM(readFileSync(join(site, "funnel.html"), "utf8")).window;
    for (const id of ["lead_to_cash", "opportunity_stages"]) {
      const {rows: [total]} = await askFunnel(id, {period: "all"}, built);
      expect(reachedIn(document, id)).toEqual(total!.steps.map(({reached}) => reached));
      expect(reachedIn(document, id).length).toBeGreaterThan(4);
    }
  });

  it("has the default answers in its file, equal to the engine's", async () => {
    const folder = join(site, "_file/data/answers");
    const {funnels} = JSON.parse(readFileSync(join(folder, readdirSync(folder).find((name) => name.startsWith("funnel."))!), "utf8")) as PackedAnswers;
    const lookUp = unpackFunnels(funnels!);
    expect(funnels!.answers.length).toBeGreaterThan(2);
    const [told] = await askFunnels([questions[0]!], built);
    expect(lookUp(questions[0]!)).toEqual(told);
    expect(lookUp({...questions[0]!, choices: {...questions[0]!.choices, mode: "strict"}})).toBeUndefined();
  });

  it("has the answers of single choices in files beside it, equal to the engine's", async () => {
    const folder = join(site, "_file/data/answers");
    const choices: Record<string, FunnelQuestion["choices"]> = {
      region: {period: "all", by: "source", filters: [{dimension: "region", values: ["West"]}]}, quarter: {period: "2026-Q3", by: "source"},
      "funnel-mode": {period: "all", by: "source", mode: "strict"}, "funnel-window": {period: "all", by: "source", window: null}, "funnel-credit": {period: "all", by: "source", credit: "all"}, "funnel-by": {period: "all", by: "team"}
    };
    for (const [kind, chosen] of Object.entries(choices)) {
      const lookUp = unpackFunnels(JSON.parse(readFileSync(join(folder, readdirSync(folder).find((name) => name.startsWith(`funnel.${kind}.`))!), "utf8")).funnels);
      const asked: FunnelQuestion[] = [{id: "lead_to_cash", choices: chosen}, {id: "opportunity_stages", choices: chosen, times: true}, {id: "lead_to_cash", choices: chosen, dropped: {limit: 10}}];
      const told = await askFunnels(asked, built);
      asked.forEach((question, i) => expect(lookUp(question), `${kind} ${i}`).toEqual(told[i]));
    }
  });

  it("folds answers of every kind and gives equal ones back", async () => {
    const told = await askFunnels(questions, built);
    const lookUp = unpackFunnels(JSON.parse(JSON.stringify(packFunnels(questions.map((question, i) => [question, told[i]!] as const)))) as ReturnType<typeof packFunnels>);
    questions.forEach((question, i) => expect(lookUp(question)).toEqual(told[i]));
  });

  it("lists those who dropped out by the CRM's own ids", async () => {
    const [told] = await askFunnels([{id: "lead_to_cash", choices: {period: "all"}, dropped: {limit: 5, step: "quote_sent"}}], built);
    expect(told!.dropped).toMatchObject({step: "quote_sent", count: told!.rows[0]!.steps[3]!.dropped!.lost + told!.rows[0]!.steps[3]!.dropped!.passed + told!.rows[0]!.steps[3]!.dropped!.open});
    for (const {record} of told!.dropped!.entries) expect(record).toMatch(/^00Q/);
  });
});

describeBrowser("the funnel page alive", () => {
  let server: TestServer;
  let browser: TestBrowser;
  let opened: TestPage | undefined;

  beforeAll(async () => {
    server = await serveFolder(site, {base: "/reports/crm/"});
    browser = await launchBrowser();
  }, 600_000);
  afterEach(() => opened?.close());
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(query = ""): Promise<Page> {
    opened = await browser.open({viewport: {width: 1440, height: 900}});
    await opened.page.addInitScript(() => Object.defineProperty(Navigator.prototype, "connection", {get: () => ({saveData: true})}));
    await opened.page.goto(`${server.url}funnel.html${query}`, {waitUntil: "load"});
    await opened.page.locator("kpi-funnel-switches select:not([disabled])").first().waitFor({timeout: wait});
    return opened.page;
  }

  const subtitle = (page: Page) => page.locator('kpi-funnel[funnel="lead_to_cash"] .qd-subtitle').innerText();
  const param = (page: Page, key: string) => new URL(page.url()).searchParams.get(key);

  it("counts anew by a choice, which stands in the address and which Escape takes back from where it was made", async () => {
    const page = await open();
    const before = await subtitle(page);
    const mode = page.locator("kpi-funnel-switches select").first();
    await mode.focus();
    await mode.selectOption("ordered");
    await page.waitForURL((url) => url.searchParams.get("funnel-mode") === "ordered", {timeout: wait});
    expect(plain(await subtitle(page))).toContain("· in order ·");
    const {rows: [total]} = await askFunnel("lead_to_cash", {period: "all", mode: "ordered"}, built);
    await page.locator('kpi-funnel[funnel="lead_to_cash"] .qd-twin > summary').click();
    await page.locator('kpi-funnel[funnel="lead_to_cash"] .qd-twin tbody tr').first().waitFor({timeout: wait});
    const shown = await page.locator('kpi-funnel[funnel="lead_to_cash"] .qd-twin tbody tr td:nth-child(2)').evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset["sort"])));
    expect(shown).toEqual(total!.steps.map(({reached}) => reached));
    await mode.focus();
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has("funnel-mode"), {timeout: wait});
    expect(await subtitle(page)).toBe(before);
    expect(await mode.inputValue()).toBe("");
  });

  it("answers a single choice without the engine, and two with it", async () => {
    const page = await open();
    const before = server.requests.length;
    const engine = () => server.requests.slice(before).map(({path}) => path).filter((path) => /\.wasm|\.duckdb/.test(path));
    const answers = page.waitForResponse((response) => /funnel\.region\.\w+\.json/.test(response.url()), {timeout: wait});
    await page.locator('.qd-menu[data-dimension="region"] > summary').click();
    await answers;
    await page.locator('.qd-menu[data-dimension="region"] input').nth(1).check();
    await page.waitForURL((url) => url.searchParams.has("region"), {timeout: wait});
    const region = param(page, "region")!;
    const {rows: [total]} = await askFunnel("lead_to_cash", {period: "all", filters: [{dimension: "region", values: [region]}]}, built);
    expect(plain(await page.locator('kpi-funnel[funnel="lead_to_cash"] svg:visible').first().textContent())).toContain(total!.entered.toLocaleString("en"));
    expect(engine()).toEqual([]);
    await page.locator("kpi-funnel-switches select").nth(1).selectOption("30");
    await page.waitForURL((url) => url.searchParams.has("funnel-window"), {timeout: wait});
    expect(engine().length).toBeGreaterThan(0);
  });

  it("marks what is chosen in the breakdown among the others, by the keyboard too, and Escape takes it back", async () => {
    const page = await open();
    const panels = page.locator('kpi-funnel-breakdown[funnel="lead_to_cash"] svg:visible [data-pick]');
    const count = await panels.count();
    await panels.nth(0).focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.searchParams.has("source"), {timeout: wait});
    expect(await panels.count()).toBe(count);
    expect(await panels.evaluateAll((all) => all.map((one) => one.getAttribute("aria-pressed")))).toEqual(Array.from({length: count}, (_, i) => String(i === 1)));
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has("source"), {timeout: wait});
    expect(await panels.first().getAttribute("aria-pressed")).toBe("false");
    await frameAndBack(page, panels.nth(1), "source");
    await frameAndBack(page, page.locator('kpi-funnel[funnel="lead_to_cash"] svg:visible [data-pick]').nth(1), "funnel-step");
  });

  /** A bar that is clicked stands in a dashed frame, the others in none; Escape takes it back. */
  async function frameAndBack(page: Page, mark: Locator, key: string): Promise<void> {
    const frame = (place: Element) => getComputedStyle(place).outlineStyle;
    await mark.click();
    await page.waitForURL((url) => url.searchParams.has(key), {timeout: wait});
    expect([await mark.getAttribute("aria-pressed"), await mark.evaluate(frame)]).toEqual(["true", "dashed"]);
    expect(await mark.locator("xpath=preceding-sibling::*[@data-pick][1]").evaluate(frame)).toBe("none");
    await page.keyboard.press("Escape");
    await page.waitForURL((url) => !url.searchParams.has(key), {timeout: wait});
    expect(await mark.getAttribute("aria-pressed")).toBe("false");
  }

  it("opens as a link says, window, breakdown and two periods beside one another", async () => {
    const page = await open("?funnel-window=90d&funnel-by=region&funnel-beside=previous&funnel-mode=orderd");
    await page.waitForFunction(() => document.querySelector("kpi-funnel .qd-subtitle")?.textContent?.includes("90"), undefined, {timeout: wait});
    expect(await page.locator(".site-status").innerText()).toContain("ordered");
    expect(plain(await page.locator("kpi-funnel-compare .qd-finding").first().innerText())).toMatch(/^2025 gets .* 2024 /);
    const {rows} = await askFunnel("lead_to_cash", {period: "all", window: 90, by: "region"}, built);
    const picks = await page.locator('kpi-funnel-breakdown[funnel="lead_to_cash"] svg:visible [data-pick]').evaluateAll((places) => places.map((place) => new URLSearchParams(place.getAttribute("data-pick")!).get("region")));
    expect(picks).toEqual(rows.filter(({total}) => !total).slice(0, 8).map(({member}) => member ?? ""));
    expect(param(page, "funnel-beside")).toBe("previous");
  });
});
