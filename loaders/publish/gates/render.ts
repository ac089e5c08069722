// Looks at the pages of a build in a real browser, as a reader opens them, from a server on this machine.

import {createServer} from "node:http";
import type {AddressInfo} from "node:net";
import {launchBrowser, NoBrowserError} from "../../browser/launch.js";
import {serveSite} from "../../site/serve.js";

export interface Rendered {
  /** Errors of scripts, of loading, and of the pages' own policy; pages that show nothing. */
  readonly faults: readonly string[];
  /** What was asked of other hosts. */
  readonly foreign: readonly string[];
}

/** Milliseconds that a page may take. */
const patience = 30_000;

/** Opens every page and waits until it is live. Returns why it could not be looked at where there is no browser. */
export async function renderPages(folder: string, pages: readonly string[]): Promise<Rendered | string> {
  const browser = await launchBrowser().catch((error: unknown) => {
    if (error instanceof NoBrowserError) return error.message;
    throw error;
  });
  if (typeof browser === "string") return browser;
  const server = createServer(await serveSite(folder));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const faults: string[] = [];
  try {
    for (const name of pages) {
      const {page, errors, violations, close} = await browser.open({viewport: {width: 1280, height: 800}});
      const failed: string[] = [];
      page.on("response", (response) => void (response.status() >= 400 && failed.push(`${response.status()} for ${response.url().replace(root, "")}`)));
      try {
        await page.goto(root + name.split("/").map(encodeURIComponent).join("/"), {waitUntil: "load", timeout: patience});
        if (await page.locator("kpi-filters").count() > 0) await page.locator("kpi-filters select:not([disabled])").first().waitFor({timeout: patience});
        if ((await page.locator("body").innerText()).trim() === "") failed.push("it shows nothing");
      } catch (error) {
        failed.push((error as Error).message.split("\n")[0]!);
      }
      // The icon is asked for by browsers on their own account, where a page names none.
      const isOfPage = (text: string): boolean => !text.includes("favicon.ico");
      const told = [...new Set([...failed, ...errors, ...violations.map((one) => `its policy blocks ${one}`)])].filter(isOfPage);
      faults.push(...told.map((text) => `${name}: ${text.replaceAll(root, "").split("\n")[0]!}`));
      await close();
    }
    return {faults, foreign: [...new Set(browser.foreign)]};
  } finally {
    await browser.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}
