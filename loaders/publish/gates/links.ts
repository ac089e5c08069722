// Whether every address within the site leads somewhere: files, and places in pages.

import {readFile} from "node:fs/promises";
import {join} from "node:path";

/** Scripts and styles have no addresses of their own; a policy may not be a page. */
const silent = /<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi;
const address = /\s(?:href|src)="([^"]*)"/g;
const place = /\s(?:id|name)="([^"]*)"/g;
const root = "http://localhost/";

interface Linked {
  readonly places: ReadonlySet<string>;
  readonly addresses: readonly string[];
}

/** Returns a sentence for every address of a page, or file that a page loads, that leads nowhere; each once a page. */
export async function brokenLinks(folder: string, files: ReadonlySet<string>): Promise<string[]> {
  const pages = new Map<string, Linked>();
  for (const file of files) if (file.endsWith(".html")) pages.set(file, linksOf(await readFile(join(folder, file), "utf8")));
  return [...pages].flatMap(([page, {addresses}]) => [...new Set(addresses)].flatMap((written) => {
    const url = URL.canParse(written, root + page) ? new URL(written, root + page) : undefined;
    if (!url) return [`${page}: ${written} is no address`];
    if (!url.href.startsWith(root)) return [];
    const path = decodeURIComponent(url.pathname.slice(1));
    const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
    if (!files.has(file)) return [`${page}: ${written} leads to ${file}, which is not there`];
    const asked = decodeURIComponent(url.hash.slice(1));
    return asked === "" || !pages.has(file) || pages.get(file)!.places.has(asked) ? [] : [`${page}: ${written} leads to a place that ${file} does not have`];
  }));
}

function linksOf(html: string): Linked {
  const visible = html.replace(silent, (_, name: string) => `<${name}></${name}>`);
  return {places: new Set([...visible.matchAll(place)].map(([, id]) => decode(id!))), addresses: [...html.replace(/(<(?:script|style)\b[^>]*>)[\s\S]*?<\//gi, "$1</").matchAll(address)].map(([, one]) => decode(one!))};
}

const named: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', nbsp: "\u00a0"};
const decode = (text: string): string => text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) =>
  decimal ? String.fromCodePoint(Number(decimal)) : hex ? String.fromCodePoint(parseInt(hex, 16)) : named[name!] ?? whole);
