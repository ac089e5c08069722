// What is done to each page after Framework wrote it: language, viewport, Content-Security-Policy, unused scripts.

import {createHash} from "node:crypto";
import {JSDOM} from "jsdom";

export interface PageOptions {
  /** BCP 47 language of the page. */
  readonly lang: string;
}

/** What Framework writes into a page without cells: its client, and files that our modules name for themselves. */
const frameworkOnly = /^\s*import "[^"]*\/_observablehq\/client\.[^"]*";(?:\s*import \{registerFile\} from "[^"]*";)?(?:\s*registerFile\("[^"]*", \{[^}\n]*\}\);)*\s*$/;

/**
 * Returns the finished page. Throws when the page holds what its own policy would block: a script of another host, an
 * inline event handler.
 */
export function finishPage(html: string, {lang}: PageOptions): string {
  let page = html
    .replace("<html>", `<html lang="${lang}">`)
    .replace('content="width=device-width, initial-scale=1, maximum-scale=1"', 'content="width=device-width, initial-scale=1"')
    .replace(/\n?<meta name="generator"[^>]*>/, "");
  const {document} = new JSDOM(page).window;
  const scripts = [...document.querySelectorAll("script")].filter(isExecutable);
  const inline = scripts.filter((script) => !script.hasAttribute("src")).map((script) => script.textContent ?? "");
  for (const script of scripts) {
    const src = script.getAttribute("src");
    if (src !== null && /^([a-z]+:)?\/\//i.test(src)) throw new Error(`a page may load no script of another host: ${src}`);
  }
  const kept = inline.filter((text) => !frameworkOnly.test(text));
  if (kept.length === 0) page = dropFrameworkClient(page);
  const policy = contentSecurityPolicy(kept);
  return page.replace('<meta charset="utf-8">', `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">`);
}

/**
 * Returns the policy of a page with these inline scripts. Nothing is loaded, sent or framed outside the site's own host.
 * - `'wasm-unsafe-eval'`: DuckDB is WebAssembly; it allows that and no `eval`.
 * - `'unsafe-inline'` for styles only: Plot places marks and colours through `style` attributes and a `<style>` in each
 *   SVG; these carry numbers and names of our own, and CRM text reaches pages as text nodes only.
 * - `data:` for images only: Framework's stylesheet keeps three of its icons in itself.
 */
export function contentSecurityPolicy(inlineScripts: readonly string[]): string {
  const hashes = [...new Set(inlineScripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`))].sort();
  return [
    "default-src 'self'",
    ["script-src 'self' 'wasm-unsafe-eval'", ...hashes].join(" "),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'"
  ].join("; ");
}

/** A page without cells of its own needs nothing of Framework in the browser; its one script is a bundle (bundle.ts). */
function dropFrameworkClient(page: string): string {
  return page
    .replace(/\n?<script type="module">([^<]*)<\/script>/, (script, text: string) => (frameworkOnly.test(text) ? "" : script))
    .replace(/\n<link rel="modulepreload"[^>]*>/g, "");
}

function isExecutable(script: Element): boolean {
  const type = (script.getAttribute("type") ?? "").toLowerCase();
  return type === "" || type === "module" || type === "importmap" || type.includes("javascript");
}
