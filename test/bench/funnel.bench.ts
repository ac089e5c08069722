// P4, P5 on the funnel page of a big report: what its files answer, and what the engine counts.

import {serveFolder} from "../helpers/server.js";
import {redrawAfter, watchPage, type Choice} from "./probe.js";
import {landmarks} from "./staticPage.js";
import {summarise} from "./statistics.js";
import type {Outcome} from "./target.js";
import type {Workshop} from "./workshop.js";

const box = (dimension: string, place: number) => `.qd-menu[data-dimension="${dimension}"] .qd-members label:nth-child(${place + 1}) input`;
const choice = (dimension: string, place: number, value: boolean): Choice => ({control: box(dimension, place), value});
const window = (value: string): Choice => ({control: "kpi-funnel-switches select[name=funnel-window]", value});
/** Those whose numbers are counted, and all: with times and lists, which look at single entries. */
const counted = "kpi-funnel, kpi-funnel-trend, kpi-funnel-breakdown, kpi-funnel-compare";
const all = `${counted}, kpi-funnel-times, kpi-funnel-dropped`;

/** Single choices, then two at once with the engine up, over all views and over those that are counted alone. */
export async function benchFunnel(workshop: Workshop): Promise<Outcome[]> {
  const server = await serveFolder(await workshop.site(workshop.scale), {compress: "br"});
  const browser = await workshop.browser();
  const taken = {"one choice": {all: [] as number[], counted: [] as number[]}, "two choices": {all: [] as number[], counted: [] as number[]}};
  try {
    for (let visit = 0; visit < workshop.runs; visit++) {
      const {page, close} = await browser.open();
      await watchPage(page, landmarks);
      await page.goto(`${server.url}funnel`, {waitUntil: "load"});
      await page.waitForSelector("kpi-funnel-switches select:enabled", {timeout: 60_000});
      const regions = await page.locator('.qd-menu[data-dimension="region"] .qd-members input').count();
      for (const [views, within] of Object.entries({all, counted}) as ["all" | "counted", string][]) {
        const redraw = async (one: Choice) => (await redrawAfter(page, [one], {within, quiet: 1500})).milliseconds;
        for (let place = 0; place < Math.min(3, regions); place++) {
          // The first choice of a kind also fetches its file.
          const single = await redraw(choice("region", place, true));
          if (place > 0) taken["one choice"][views].push(single);
          const double = await redraw(window(views === "all" ? "30" : "60"));
          if (place > 0) taken["two choices"][views].push(double);
          await redraw(window(""));
          await redraw(choice("region", place, false));
        }
      }
      await close();
    }
    const note = `funnel page, scale ${workshop.scale}, ${workshop.runs} visits; times and lists are counted from single entries`;
    return (["one choice", "two choices"] as const).flatMap((what, k) => (["counted", "all"] as const).flatMap((views) => {
      const {median, p95} = summarise(taken[what][views]);
      const target = k === 0 ? "P4" as const : "P5" as const;
      const words = `funnels: ${what}, ${views === "all" ? "all views" : "counting views"}`;
      return [
        {target, what: `${words}, p50`, unit: "ms", value: median, limit: {of: "value" as const, most: k === 0 ? 20 : 60}, note},
        {target, what: `${words}, p95`, unit: "ms", value: p95, limit: {of: "value" as const, most: k === 0 ? 50 : 150}, note}
      ];
    }));
  } finally {
    await server.close();
  }
}
