// The browser of tests: the one that publishes, and what only tests do with it.

import type {Page} from "playwright-core";

export {launchBrowser, type WatchedBrowser as TestBrowser, type WatchedPage as TestPage} from "../../loaders/browser/launch.js";

/** Lays a whole page out, what is off the screen too, as a reader who has scrolled through it sees it. */
export async function layOut(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll<HTMLElement>(".card, kpi-card").forEach(({style}) => (style.contentVisibility = "visible")));
}

/** Goes to another page by the navigation, as a reader does: through the menu of its group. */
export async function goTo(page: Page, name: string): Promise<void> {
  const link = page.locator(".site-nav a", {hasText: name}).first();
  const menu = page.locator(".site-nav details", {has: page.locator("a", {hasText: name})});
  if ((await menu.count()) > 0) await menu.locator("summary").click();
  await link.click();
}
