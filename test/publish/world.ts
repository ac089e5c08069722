// Made-up sites of a few files, as the build writes them: pages, files named by content, a report file with hashes.

import {createHash} from "node:crypto";
import {mkdirSync, readFileSync, writeFileSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {dirname, join} from "node:path";
import {reportFile} from "../../loaders/site/publish.js";
import {publish, type ExitCode, type PublishEffects} from "../../loaders/publish/command.js";
import {publishSchema, type PublishDocument} from "../../loaders/publish/document.js";

const sha = (text: string) => createHash("sha256").update(text).digest("hex");
const hashed = (name: string, text: string, end: string) => `${name}.${sha(text).slice(0, 8)}.${end}`;

export const pages = ["index.html", "funnel.html", "deep/churn.html"] as const;

/** Files of a site whose every page and answer says the same word; its script is of all sites. */
export function siteFiles(word: string, edit: (files: Record<string, string>) => void = () => {}): Record<string, string> {
  const script = "export const shared = true;\n";
  const files: Record<string, string> = {[hashed("_import/define", script, "js")]: script, "definitions.json": JSON.stringify({word})};
  for (const page of pages) {
    const answer = JSON.stringify({page, word});
    const name = hashed(`_file/data/answers/${page.replaceAll("/", "-")}`, answer, "json");
    files[name] = answer;
    const up = "../".repeat(page.split("/").length - 1) || "./";
    files[page] = `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self'">\n<title>${word}</title><link rel="alternate" type="application/json" data-answers="" href="${up}${name}"></head>\n<body><h1 id="top">${word}</h1>${pages.map((other) => `<a href="${up}${other}#top">${other}</a>`).join(" ")}<script type="module" src="${up}${hashed("_import/define", script, "js")}"></script></body></html>\n`;
  }
  edit(files);
  // Nothing leads to a page that is not there.
  for (const page of pages.filter((one) => files[one] === undefined)) for (const other of pages) if (files[other] !== undefined) files[other] = files[other].replace(new RegExp(`<a href="[^"]*">${page}</a>`), "");
  return files;
}

/** Writes the site of a word to the folder; returns its release's id. */
export function writeSite(folder: string, word: string, {asOf = "2026-10-31", edit}: {readonly asOf?: string; readonly edit?: (files: Record<string, string>) => void} = {}): string {
  const files = siteFiles(word, edit);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), {recursive: true});
    writeFileSync(join(folder, file), text);
  }
  const report = `${JSON.stringify({generator: "quarterdeck", title: "Tiny", asOf, hash: sha(word), site: sha(word), sources: [], failed: [], files: Object.fromEntries(Object.entries(files).map(([file, text]) => [file, sha(text)]))}, null, 1)}\n`;
  writeFileSync(join(folder, reportFile), report);
  return `${asOf}-${sha(report).slice(0, 12)}`;
}

/** Reads a page of a served folder as a reader does, then what it loads. Returns its word; throws for a missing or foreign file. */
export async function visit(site: string, page: string, pause = async () => {}): Promise<string> {
  const html = await readFile(join(site, page), "utf8");
  const word = /<h1[^>]*>([^<]*)/.exec(html)![1]!;
  await pause();
  for (const [, address] of html.matchAll(/<(?:link|script)[^>]* (?:href|src)="([^"]+)"/g)) {
    const text = await readFile(join(site, dirname(page), address!), "utf8");
    if (address!.endsWith(".json") && (JSON.parse(text) as {word: string}).word !== word) throw new Error(`${page} of ${word} loads ${text}`);
  }
  return word;
}

/** Returns the word of all pages, the report file and the definitions; throws where they are of several. */
export async function wordOf(site: string): Promise<string> {
  const words = new Set(await Promise.all(pages.map((page) => visit(site, page))));
  words.add((JSON.parse(readFileSync(join(site, "definitions.json"), "utf8")) as {word: string}).word);
  if (words.size > 1) throw new Error(`pages of several releases: ${[...words].join(", ")}`);
  const {files} = JSON.parse(readFileSync(join(site, reportFile), "utf8")) as {files: Record<string, string>};
  for (const [file, hash] of Object.entries(files)) if (sha(readFileSync(join(site, file), "utf8")) !== hash) throw new Error(`${file} is not of the release`);
  return [...words][0]!;
}

export interface Said {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
}

/** Runs the command with the tiny world's settings, and without a browser but where it is asked for. */
export async function say(argv: readonly string[], effects: Partial<PublishEffects> = {}): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await publish(["--config", "test/fixtures/tiny/report.yaml", ...argv], {
    out: (text) => void out.push(text), err: (text) => void err.push(text), progress: () => {}, done: () => {}, now: new Date().toISOString(), environment: process.env, render: async () => ({faults: [], foreign: []}), ...effects
  });
  return {code, out: out.join(""), err: err.join("")};
}

export const documentOf = ({out}: Said): PublishDocument => publishSchema.parse(JSON.parse(out));
