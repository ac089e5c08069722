import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {launchBrowser, type TestBrowser} from "../helpers/browser.js";
import {describeBrowser} from "../helpers/needs.js";
import {serveFolder, type TestServer} from "../helpers/server.js";
import {readSight, redrawAfter, transferBefore, watchPage} from "./probe.js";
import {rendererIds, rendererMemory} from "./rendererMemory.js";

const page = `<!doctype html><link rel="icon" href="data:,"><select name="period"><option>a<option>b</select><input type="checkbox" id="east">
<p class="number"></p><div class="charts"></div><div class="view">1</div><div class="view">2</div><script>
setTimeout(() => { document.querySelector(".number").textContent = "42"; }, 120);
setTimeout(() => { document.querySelector(".charts").innerHTML = "<svg></svg>"; }, 240);
setTimeout(() => { document.querySelector(".charts").innerHTML = "<svg></svg><svg></svg>"; }, 360);
setTimeout(() => fetch("late.json"), 420);
document.querySelector("select").addEventListener("change", () => {
  const views = [...document.querySelectorAll(".view")];
  setTimeout(() => { views[0].textContent = "b"; }, 60);
  setTimeout(() => { views[1].textContent = "b"; }, 180);
});
</script>`;

describeBrowser("bench probe", () => {
  let folder: string;
  let server: TestServer;
  let browser: TestBrowser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-probe-"));
    await writeFile(join(folder, "index.html"), page);
    await writeFile(join(folder, "late.json"), "{}");
    server = await serveFolder(folder);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await rm(folder, {recursive: true, force: true});
  });

  async function open() {
    const opened = await browser.open();
    await watchPage(opened.page, {number: ".number", chart: "svg"});
    await opened.page.goto(server.url);
    await opened.page.waitForFunction(() => document.querySelectorAll("svg").length === 2);
    await opened.page.waitForTimeout(150);
    return opened;
  }

  it("sees the first number and the last chart when they are painted, and counts requests begun before", async () => {
    const {page, close} = await open();
    const seen = await readSight(page);
    expect(seen.number).toBeGreaterThan(120);
    expect(seen.number).toBeLessThan(seen.charts);
    expect(seen.charts).toBeGreaterThan(360);
    expect(seen.chartCount).toBe(2);
    await page.waitForFunction(() => performance.getEntriesByType("resource").length > 0);
    expect((await transferBefore(page, seen.number)).requests).toBe(1);
    expect((await transferBefore(page)).requests).toBe(2);
    expect((await transferBefore(page)).bytes).toBeGreaterThan(page.url().length);
    await close();
  });

  it("times a choice up to the paint of the last view that changed", async () => {
    const {page, close} = await open();
    const redraw = await redrawAfter(page, [{control: "select", value: "b"}], {within: ".view"});
    expect(redraw.changed).toBe(2);
    expect(redraw.milliseconds).toBeGreaterThanOrEqual(180);
    expect(redraw.milliseconds).toBeLessThan(1000);
    await close();
  });

  it("refuses a choice that changes nothing and a control that is not there", async () => {
    const {page, close} = await open();
    await expect(redrawAfter(page, [{control: "#east", value: true}], {within: ".view", patience: 200})).rejects.toThrow("nothing below .view changed");
    await expect(redrawAfter(page, [{control: "#west", value: true}], {within: ".view"})).rejects.toThrow("there is no #west");
    await close();
  });

  it("reads the memory of the page's renderer", async () => {
    const {close} = await open();
    const [largest] = await rendererMemory(browser.browser);
    expect(largest?.resident).toBeGreaterThan(20e6);
    expect(largest?.proportional ?? 0).toBeLessThanOrEqual(largest!.resident);
    await close();
  });

  it("tells the renderer of a page that has worked from those of the browser itself", async (context) => {
    if (process.platform !== "linux") context.skip();
    const before = await rendererIds(browser.browser);
    const {page, close} = await open();
    await page.evaluate(() => {
      let sum = 0;
      for (let k = 0; k < 4e8; k++) sum = (sum + k) % 1_000_003;
      return sum;
    });
    expect((await rendererMemory(browser.browser, before)).filter(({browserOwn}) => !browserOwn)).toHaveLength(1);
    await close();
  });
});
