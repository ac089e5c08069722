import {mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, it} from "vitest";
import {launchBrowser, type TestBrowser} from "./browser.js";
import {describeBrowser} from "./needs.js";
import {serveFolder, type TestServer} from "./server.js";

describeBrowser("the browser that tests drive", () => {
  let folder: string;
  let browser: TestBrowser;
  let server: TestServer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "quarterdeck-browser-"));
    writeFileSync(join(folder, "index.html"), "<!doctype html><title>start</title><link rel=icon href=data:,>");
    writeFileSync(join(folder, "other.html"), "<!doctype html><title>other</title><link rel=icon href=data:,>");
    writeFileSync(join(folder, "worker.js"), "fetch('http://worker.example/x').catch(() => 0).then(() => postMessage('done'))");
    server = await serveFolder(folder, {
      base: "/reports/crm/",
      compress: "br",
      headers: {"content-security-policy": "default-src 'self' http://foreign.example http://worker.example; img-src data:; script-src 'self'"}
    });
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
    rmSync(folder, {recursive: true});
  });

  it("reads a folder below a sub-path, by file and by clean link, and nothing above it", async () => {
    const {page, close} = await browser.open();
    for (const [path, title] of [["", "start"], ["other", "other"], ["other.html", "other"]] as const) {
      await page.goto(server.url + path);
      expect(await page.title()).toBe(title);
    }
    expect((await page.goto(new URL("/", server.url).href))?.status()).toBe(404);
    expect((await fetch(`${server.url}..%2f..%2f..%2fetc/passwd`)).status).toBe(404);
    await close();
  });

  it("cannot reach a foreign host from page or worker, and records the attempt", async () => {
    const {page, close} = await browser.open();
    await page.goto(server.url);
    const text = await page.evaluate(() => fetch("http://foreign.example/data").then((r) => String(r.status), () => "refused"));
    await page.evaluate(() => new Promise((resolve) => (new Worker("worker.js").onmessage = resolve)));
    expect(text).not.toBe("200");
    expect(browser.foreign).toEqual(["GET http://foreign.example/data", "GET http://worker.example/x"]);
    browser.foreign.length = 0;
    await close();
  });

  it("collects errors and violations of the page's policy", async () => {
    const {page, errors, violations, close} = await browser.open();
    await page.goto(server.url);
    await page.evaluate(() => {
      console.error("told");
      const script = document.createElement("script");
      script.textContent = "1";
      document.body.append(script);
    });
    await expect.poll(() => violations).toEqual(["script-src-elem inline"]);
    expect(errors[0]).toContain("told");
    await close();
  });
});
