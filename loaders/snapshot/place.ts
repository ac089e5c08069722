// Puts frozen months into a site, each in a folder of its own: its pages as they were, marked as what they are. Engine and
// scripts have names by their content: those of all months stand once, at the root of the site, where they are equal.

import {createHash} from "node:crypto";
import {existsSync} from "node:fs";
import {mkdir, writeFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {createFormatter} from "../../src/format/formatter.js";
import type {Messages} from "../../src/format/messages.js";
import {escape, monthsMark} from "../site/frame.js";
import {reportFile} from "../site/publish.js";
import type {KeptMonths} from "./archive.js";
import {digestOf, readObject, takeFile, type StoredFile} from "./objects.js";
import type {Snapshot} from "./store.js";

/** Folders whose files name one another relative to themselves, and no page. */
const shared = ["_import", "_node", "_npm", "_observablehq"];
const isShared = (file: string): boolean => shared.some((folder) => file.startsWith(`${folder}/`));

/** Whether a file of a site belongs to a frozen month. */
export const isOfMonth = (file: string): boolean => /^snapshots\/(\d{4}-\d{2}(-r\d+)?|shared-[0-9a-f]{8})\//.test(file);

/** That of the site. */
export interface SiteLanguage {
  readonly locale: string;
  readonly messages: Messages;
}

/** Places every month of the store into the site. */
export async function placeMonths(site: string, {store, snapshots, archive}: KeptMonths, language: SiteLanguage): Promise<void> {
  const known = new Map<string, string>();
  for (const snapshot of snapshots) {
    const files = Object.entries(snapshot.files).flatMap(([name, file]) => (name.startsWith("site/") && name !== `site/${reportFile}` ? [[name.slice("site/".length), file] as const] : []));
    const base = await sharedBase(site, files.filter(([name]) => isShared(name)), known);
    const folder = `snapshots/${snapshot.id}`;
    const words = wordsOf(snapshot, archive, language);
    for (const [name, file] of files) {
      if (isShared(name)) {
        if (!existsSync(join(site, base, name))) await takeFile(store, file, join(site, base, name), true);
      } else if (name.endsWith(".html")) {
        const target = join(site, folder, name);
        await mkdir(dirname(target), {recursive: true});
        await writeFile(target, markPage((await readObject(store, file)).toString("utf8"), {name, base, words, archive, hasPresent: existsSync(join(site, name))}));
      } else await takeFile(store, file, join(site, folder, name), true);
    }
  }
}

/** The root of the site where nothing of another content stands there under the same name, else a folder that equal months share. */
async function sharedBase(site: string, files: readonly (readonly [string, StoredFile])[], known: Map<string, string>): Promise<string> {
  for (const [name, {sha256}] of files) {
    if (!existsSync(join(site, name))) continue;
    const found = known.get(name) ?? (await digestOf(join(site, name))).sha256;
    known.set(name, found);
    if (found !== sha256) return `snapshots/shared-${createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 8)}`;
  }
  return "";
}

interface PageMarks {
  readonly name: string;
  /** Where the month's engine and scripts stand, from the root of the site. */
  readonly base: string;
  readonly words: MonthWords;
  readonly archive: KeptMonths["archive"];
  /** The report of today has the page too. */
  readonly hasPresent: boolean;
}

interface MonthWords {
  readonly frozen: string;
  readonly replaced: string;
  readonly present: string;
  readonly months: string;
  readonly missing: string;
}

/** Returns the page of a frozen month: its scripts found where they stand, with a line that says what it is. */
export function markPage(html: string, {name, base, words, archive, hasPresent}: PageMarks): string {
  const root = `../../${name.split("/").slice(1).map(() => "../").join("")}`;
  const link = (href: string, text: string) => `<a href="${escape(href)}">${escape(text)}</a>`;
  const line = `<p class="qd-frozen" role="note">${escape([words.frozen, words.replaced].filter(Boolean).join(" "))} ${link(`${root}${hasPresent ? name : "index.html"}`, words.present)} ${link(`${root}snapshots/index.html`, words.months)}</p>`;
  return moveScripts(html, `${root}${base === "" ? "" : `${base}/`}`)
    .replace("</head>", () => `${monthsMark({file: name, root, months: archive.months, missing: words.missing})}\n</head>`)
    .replace(/<main id="observablehq-main"[^>]*>/, (main) => `${main}\n${line}`);
}

/** Points a page at its scripts; the policy that allows inline ones by their hash follows. */
function moveScripts(html: string, base: string): string {
  const moved = (text: string) => text.replace(new RegExp(`(["'])\\.{1,2}/(?:\\.\\./)*(${shared.join("|")})/`, "g"), (_, quote: string, folder: string) => `${quote}${base}${folder}/`);
  const renamed = new Map<string, string>();
  const page = moved(html.replace(/(<script type="module">)([^<]*)(<\/script>)/g, (_, open: string, text: string, close: string) => {
    renamed.set(hashOf(text), hashOf(moved(text)));
    return `${open}${text}${close}`;
  }));
  return page.replace(/(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(">)/, (_, open: string, policy: string, close: string) => `${open}${[...renamed].reduce((text, [old, now]) => text.replace(old, () => now), policy)}${close}`);
}

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** The line is in the language of the report as it is now. */
function wordsOf({asOf, month, id, currency}: Snapshot, {months}: KeptMonths["archive"], {locale, messages}: SiteLanguage): MonthWords {
  const format = createFormatter({locale, currency, messages});
  const replacedBy = months.find((one) => one.id === id)?.replacedBy ?? null;
  return {
    frozen: format.message("snapshots.frozen", {month: format.month(`${month}-01`), date: format.date(asOf)}),
    replaced: replacedBy === null ? "" : format.message("snapshots.replaced", {id: replacedBy}),
    present: format.message("snapshots.present"),
    months: format.message("snapshots.months"),
    missing: format.message("snapshots.missing", {asked: "{asked}", months: format.list(months.map((one) => one.id))})
  };
}
