// What a page is watched with: when things could first be seen, and when a change was done and painted.

import type {Page} from "playwright-core";

/** Where numbers and charts stand in a page. */
export interface Landmarks {
  readonly number: string;
  readonly chart: string;
}

export interface Seen {
  /** Milliseconds from the start of navigation to the paint that first showed a number. */
  readonly number: number;
  /** The same for the last of the charts; the first paint with all of them. */
  readonly charts: number;
  readonly chartCount: number;
  readonly firstPaint: number;
  /** Sum of layout shifts that no input caused. */
  readonly shift: number;
}

export interface Transfer {
  readonly requests: number;
  readonly bytes: number;
}

interface Sight {
  number?: number;
  charts: [count: number, at: number][];
  shift: number;
}

declare global {
  interface Window {
    benchSight: Sight;
  }
}

/** Starts watching every document that the page opens from now on. Call it before navigating. */
export async function watchPage(page: Page, landmarks: Landmarks): Promise<void> {
  // tsx keeps function names by calls to __name, which the page does not have.
  await page.addInitScript("globalThis.__name ??= (value) => value");
  await page.addInitScript(({number, chart}) => {
    const sight: Sight = {charts: [], shift: 0};
    window.benchSight = sight;
    const afterPaint = (record: (at: number) => void) => {
      const {port1, port2} = new MessageChannel();
      port1.onmessage = () => record(performance.now());
      port2.postMessage(null);
    };
    let seen = 0;
    const look = () => {
      const first = sight.number === undefined ? document.querySelector(number) : null;
      if (first?.textContent?.trim() && first.getClientRects().length > 0) afterPaint((at) => (sight.number ??= at));
      const count = document.querySelectorAll(chart).length;
      if (count !== seen) {
        seen = count;
        afterPaint((at) => sight.charts.push([count, at]));
      }
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {value: number; hadRecentInput: boolean})[])
        if (!entry.hadRecentInput) sight.shift += entry.value;
    }).observe({type: "layout-shift", buffered: true});
  }, landmarks);
}

/** Returns what was seen so far. Throws when no number was seen, or no paint was reported. */
export async function readSight(page: Page): Promise<Seen> {
  const {sight, firstPaint} = await page.evaluate(() => ({
    sight: window.benchSight,
    firstPaint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime
  }));
  if (sight.number === undefined || firstPaint === undefined) throw new Error(`no number was seen on ${page.url()}`);
  const chartCount = sight.charts.at(-1)?.[0] ?? 0;
  const charts = sight.charts.find(([count]) => count === chartCount)?.[1] ?? sight.number;
  return {number: sight.number, charts, chartCount, firstPaint, shift: sight.shift};
}

/** Returns the page's own requests (not its workers') that began before `until` milliseconds after navigation began, in bytes with headers. */
export function transferBefore(page: Page, until = Infinity): Promise<Transfer> {
  return page.evaluate((until) => {
    const entries = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")] as PerformanceResourceTiming[];
    const begun = entries.filter(({startTime}) => startTime < until);
    return {requests: begun.length, bytes: begun.reduce((sum, {transferSize}) => sum + transferSize, 0)};
  }, until === Infinity ? Number.MAX_VALUE : until);
}

export interface Choice {
  /** A select or a checkbox. */
  readonly control: string;
  /** What to set: an option of the select, or a box's state. */
  readonly value: string | boolean;
}

export interface Redraw {
  /** Milliseconds from the choice to the paint after the last change below `within`. */
  readonly milliseconds: number;
  /** Elements of `within` that changed. */
  readonly changed: number;
}

/**
 * Makes choices in one go and returns how long the page needed until everything below `within` was redrawn and
 * painted: the last change before `quiet` milliseconds without one. Throws when nothing changes in `patience` ms.
 */
export function redrawAfter(page: Page, choices: readonly Choice[], {within, quiet = 400, patience = 60_000}: {within: string; quiet?: number; patience?: number}): Promise<Redraw> {
  return page.evaluate(
    ({choices, within, quiet, patience}) =>
      new Promise<Redraw>((resolve, reject) => {
        const roots = [...document.querySelectorAll(within)];
        const touched = new Set<Element>();
        let painted = 0;
        let changes = 0;
        let timer: ReturnType<typeof setTimeout>;
        const finish = () => {
          observer.disconnect();
          if (changes === 0) reject(new Error(`nothing below ${within} changed after ${JSON.stringify(choices)}`));
          else resolve({milliseconds: painted - start, changed: touched.size});
        };
        const observer = new MutationObserver((records) => {
          const change = ++changes;
          for (const {target} of records) {
            const root = roots.find((element) => element.contains(target));
            if (root) touched.add(root);
          }
          requestAnimationFrame(() => {
            const {port1, port2} = new MessageChannel();
            port1.onmessage = () => {
              if (change === changes) painted = performance.now();
            };
            port2.postMessage(null);
          });
          clearTimeout(timer);
          timer = setTimeout(finish, quiet);
        });
        for (const root of roots) observer.observe(root, {subtree: true, childList: true, characterData: true, attributes: true});
        timer = setTimeout(finish, patience);
        const start = performance.now();
        for (const {control, value} of choices) {
          const element = document.querySelector<HTMLSelectElement | HTMLInputElement>(control);
          if (element === null) return reject(new Error(`there is no ${control}`));
          if (typeof value === "string") element.value = value;
          else (element as HTMLInputElement).checked = value;
          element.dispatchEvent(new Event("change", {bubbles: true}));
        }
      }),
    {choices, within, quiet, patience}
  );
}
