// One document on paper, by a Chromium without a window.

import {mkdtemp, rm, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import {launchBrowser} from "../browser/launch.js";
import {escape} from "../site/frame.js";
import type {Pack} from "./compose.js";

export const papers = ["A4", "Letter"] as const;
export type Paper = (typeof papers)[number];

const footer = ({title, asOf}: Pack): string =>
  `<div style="width:100%;margin:0 12mm;font:8px sans-serif;color:#5c6066;display:flex;justify-content:space-between"><span>${escape(title)} · ${escape(asOf)}</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`;

/** Returns the pack as a PDF: tagged, with an outline and page numbers. Throws a NoBrowserError where there is none. */
export async function printPack(pack: Pack, paper: Paper): Promise<Uint8Array> {
  const browser = await launchBrowser();
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-pack-"));
  try {
    const file = join(folder, "pack.html");
    await writeFile(file, pack.html);
    const {page} = await browser.open({javaScriptEnabled: false, colorScheme: "light"});
    await page.goto(pathToFileURL(file).href);
    return await page.pdf({format: paper, landscape: true, scale: 0.8, tagged: true, outline: true, printBackground: true, displayHeaderFooter: true, headerTemplate: "<span></span>", footerTemplate: footer(pack), margin: {top: "14mm", bottom: "16mm", left: "12mm", right: "12mm"}});
  } finally {
    await browser.close();
    await rm(folder, {recursive: true, force: true});
  }
}
