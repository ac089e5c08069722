// The browser of tests: the one that publishes, and what only tests do with it.

import type {Page} from "playwright-core";

export {launchBrowser, type WatchedBrowser as TestBrowser, type WatchedPage as TestPage} from "../../loaders/browser/launch.js";

/** Lays a whole page out, what is off the screen too, as a reader who has scrolled through it sees it. */
export async function layOut(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll<HTMLElement>(".card, kpi-card").forEach(({style}) => (style.contentVisibility = "visible")));
}
