import {mkdtemp, readFile, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {afterAll, beforeAll, expect, it, describe} from "vitest";
import {launchBrowser} from "../../loaders/browser/launch.js";
import {mailLimit, makePack} from "../../loaders/pack/command.js";
import {describeBrowser} from "../helpers/needs.js";
import {tinySite} from "../helpers/sharedSite.js";

let site: string;
let folder: string;
let navigation: string[];

const run = async (...argv: string[]) => {
  let [out, err] = ["", ""];
  const exit = await makePack(argv, {out: (text) => void (out += text), err: (text) => void (err += text)});
  return {exit, out, err};
};

beforeAll(async () => {
  site = await tinySite();
  folder = await mkdtemp(join(tmpdir(), "quarterdeck-pack-test-"));
  const {document} = new JSDOM(await readFile(join(site, "index.html"), "utf8")).window;
  navigation = [...document.querySelectorAll(".site-nav a")].map((link) => link.textContent!);
}, 600_000);
afterAll(() => rm(folder, {recursive: true, force: true}));

describe("the HTML file", () => {
  let document: Document;
  let file: string;

  beforeAll(async () => {
    file = join(folder, "mail.html");
    expect(await run("--dir", site, "--html", file)).toMatchObject({exit: 0, err: ""});
    document = new JSDOM(await readFile(file, "utf8")).window.document;
  }, 120_000);

  it("has a section for each page of the navigation, the definitions last", () => {
    const names = [...document.querySelectorAll(".pack-section > .pack-name")].map((name) => name.textContent!);
    expect([...names].sort()).toEqual([...navigation].sort());
    expect(document.querySelector(".pack-section:last-child .pack-definitions dd")!.textContent).not.toBe("");
    expect([...document.querySelectorAll(".pack-contents a")].map((link) => link.textContent)).toEqual(names);
  });

  it("leads nowhere but into itself, and names nothing twice", () => {
    const ids = [...document.querySelectorAll("[id]")].map(({id}) => id);
    expect(ids.length).toBe(new Set(ids).size);
    const targets = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href")!);
    expect(targets.length).toBeGreaterThan(navigation.length);
    expect(targets.filter((target) => !target.startsWith("#") || !ids.includes(target.slice(1)))).toEqual([]);
  });

  it("defines the KPIs that its pages show, and prints the filters", () => {
    const defined = new Set([...document.querySelectorAll(".pack-definitions [data-metric]")].map((one) => one.getAttribute("data-metric")));
    const cards = [...document.querySelectorAll("kpi-card[metric]")].map((card) => card.getAttribute("metric")!.split(":")[0]);
    expect(cards.length).toBeGreaterThan(0);
    expect(cards.filter((metric) => !defined.has(metric!))).toEqual([]);
    expect(document.querySelector(".pack-cover .pack-filters")!.textContent).toContain(document.querySelector("kpi-filters .qd-words")!.textContent!);
  });

  it("is small and has no script", async () => {
    expect((await stat(file)).size).toBeLessThan(mailLimit);
    expect(document.querySelectorAll("script, link, img, iframe, object, [onclick], [src]").length).toBe(0);
    expect(document.querySelectorAll("svg").length).toBeGreaterThan(0);
  });
});

it("says what to do where the folder holds no report", async () => {
  const {exit, err} = await run("--dir", join(folder, "nothing"));
  expect(exit).toBe(1);
  expect(err).toContain("npm run report");
});

it("says how to get a browser where there is none", async () => {
  const before = process.env.CHROMIUM_PATH;
  process.env.CHROMIUM_PATH = join(folder, "no-browser");
  try {
    const {exit, err} = await run("--dir", site, "--out", join(folder, "none.pdf"));
    expect(exit).not.toBe(0);
    expect(err).toContain("CHROMIUM_PATH");
  } finally {
    if (before === undefined) delete process.env.CHROMIUM_PATH;
    else process.env.CHROMIUM_PATH = before;
  }
}, 60_000);

describeBrowser("on paper and in a browser", () => {
  it.each([["A4", 841.9, 595], ["Letter", 792, 612]] as const)("%s has its size, is tagged and has an outline", async (paper, width, height) => {
    const file = join(folder, `${paper}.pdf`);
    expect(await run("--dir", site, "--paper", paper, "--out", file)).toMatchObject({exit: 0, err: ""});
    const text = await readFile(file, "latin1");
    const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    expect(boxes.length).toBeGreaterThan(navigation.length + 1);
    for (const [, wide, high] of boxes) {
      expect(Math.abs(Number(wide) - width)).toBeLessThan(1.5);
      expect(Math.abs(Number(high) - height)).toBeLessThan(1.5);
    }
    expect(text).toMatch(/\/StructTreeRoot \d+ 0 R/);
    expect(text).toMatch(/\/MarkInfo\s*<<[^>]*\/Marked true/);
    expect(text).toMatch(/\/Outlines \d+ 0 R/);
    expect(text).toMatch(/\/ToUnicode \d+ 0 R/);
  }, 120_000);

  it("the HTML file opens without JavaScript and asks for nothing", async () => {
    const file = join(folder, "open.html");
    await run("--dir", site, "--html", file);
    const browser = await launchBrowser();
    try {
      const {page, errors} = await browser.open({javaScriptEnabled: false, viewport: {width: 390, height: 800}});
      const asked: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(`file://${file}`);
      expect(asked).toEqual([`file://${file}`]);
      expect(browser.foreign).toEqual([]);
      expect(errors).toEqual([]);
      expect(await page.locator(".pack-section").first().isVisible()).toBe(true);
    } finally {
      await browser.close();
    }
  }, 120_000);
});
