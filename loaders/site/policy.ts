// What is done to each page after Framework wrote it: language, viewport, stylesheet, Content-Security-Policy, scripts.

import {createHash} from "node:crypto";
import {JSDOM} from "jsdom";
import {starterScript} from "./starter.js";

export interface PageOptions {
  /** BCP 47 language of the page. */
  readonly lang: string;
  /** Returns the text of a stylesheet by the address that the page names. */
  readonly readSheet: (href: string) => string;
  /** Names that bundling gave to scripts, by the names in the page: "define.0a1b2c3d.js". */
  readonly renamed?: ReadonlyMap<string, string>;
}

/** What Framework writes into a page without cells: its client, and files that our modules name for themselves. */
const frameworkOnly = /^\s*import "[^"]*\/_observablehq\/client\.[^"]*";(?:\s*import \{registerFile\} from "[^"]*";)?(?:\s*registerFile\("[^"]*", \{[^}\n]*\}\);)*\s*$/;

/**
 * Returns the finished page: its stylesheet stands in it, and its own script starts after the first paint. Throws when
 * the page holds what its own policy would block: a script of another host, an inline event handler.
 */
export function finishPage(html: string, {lang, readSheet, renamed = new Map()}: PageOptions): string {
  const sheets: string[] = [];
  let page = html
    .replace("<html>", `<html lang="${lang}">`)
    .replace('content="width=device-width, initial-scale=1, maximum-scale=1"', 'content="width=device-width, initial-scale=1"')
    .replace(/\n?<meta name="generator"[^>]*>/, "")
    .replace(/\n?<link rel="preload" as="style"[^>]*>/g, "")
    .replace(/<link rel="stylesheet" type="text\/css" href="([^"]*)">/g, (_, href: string) => {
      const sheet = inlined(readSheet(href), href);
      sheets.push(sheet);
      return `<style>${sheet}</style>`;
    })
    .replace(/<script type="module" src="([^"]*\/elements\/)(define\.[^"/]*)"><\/script>/, (_, folder: string, name: string) => `<script type="module">${starterScript(folder + (renamed.get(name) ?? name))}</script>`);
  const {document} = new JSDOM(page).window;
  const scripts = [...document.querySelectorAll("script")].filter(isExecutable);
  const inline = scripts.filter((script) => !script.hasAttribute("src")).map((script) => script.textContent ?? "");
  for (const script of scripts) {
    const src = script.getAttribute("src");
    if (src !== null && /^([a-z]+:)?\/\//i.test(src)) throw new Error(`a page may load no script of another host: ${src}`);
  }
  const kept = inline.filter((text) => !frameworkOnly.test(text));
  const hasCells = kept.some((text) => text.includes("/_observablehq/client."));
  if (!hasCells) page = dropFrameworkClient(page);
  const policy = contentSecurityPolicy(kept, hasCells ? undefined : sheets);
  return page.replace('<meta charset="utf-8">', `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

/** A sheet that stands in a page is read relative to the page, and ends where HTML says. */
function inlined(sheet: string, href: string): string {
  const address = /url\((?!\s*["']?(?:data:|#))[^)]*\)/.exec(sheet)?.[0];
  if (address !== undefined) throw new Error(`${href} names a file, ${address}: a sheet that stands in its page can hold data: addresses only`);
  if (/<\/style|\r/i.test(sheet)) throw new Error(`${href} holds what would end or change it within a page`);
  return sheet.trim();
}

/**
 * Returns the policy of a page with these inline scripts and style sheets. Nothing is loaded, sent or framed outside the
 * site's own host.
 * - `'wasm-unsafe-eval'`: DuckDB is WebAssembly; it allows that and no `eval`.
 * - `'unsafe-inline'` for styles only where `styles` is undefined: a page with cells, whose charts and inputs (Plot,
 *   Inputs) bring `style` attributes and elements that nobody knows beforehand. CRM text reaches pages as text nodes only.
 * - `data:` for images only: Framework's stylesheet keeps three of its icons in itself.
 */
export function contentSecurityPolicy(inlineScripts: readonly string[], styles: readonly string[] | undefined): string {
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes(inlineScripts)].join(" "),
    ["style-src 'self'", ...(styles ? hashes(styles) : ["'unsafe-inline'"])].join(" "),
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'"
  ].join("; ");
}

const hashes = (texts: readonly string[]): string[] => [...new Set(texts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`))].sort();

/** A page without cells of its own needs nothing of Framework in the browser; its one script is a bundle (bundle.ts). */
function dropFrameworkClient(page: string): string {
  return page
    .replace(/\n?<script type="module">([^<]*)<\/script>/g, (script, text: string) => (frameworkOnly.test(text) ? "" : script))
    .replace(/\n<link rel="modulepreload"[^>]*>/g, "");
}

function isExecutable(script: Element): boolean {
  const type = (script.getAttribute("type") ?? "").toLowerCase();
  return type === "" || type === "module" || type === "importmap" || type.includes("javascript");
}
