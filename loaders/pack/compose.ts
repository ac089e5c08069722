// The pages of a built report as one document: cover, contents, a section for each page of the navigation, definitions. No
// script, nothing fetched; the styles are the report's own.

import {readFileSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {JSDOM} from "jsdom";
import {element} from "../../src/components/element.js";
import {loadMessages, type Messages} from "../../src/format/messages.js";

const packStyle = readFileSync(new URL("./pack.css", import.meta.url), "utf8");

export interface Pack {
  readonly title: string;
  /** "as of 3 November 2026", in the report's language. */
  readonly asOf: string;
  /** In the order of the navigation. */
  readonly sections: readonly {readonly id: string; readonly name: string}[];
  readonly html: string;
}

/** There is no report to make a pack of. */
export class PackError extends Error {
  override readonly name = "PackError";
}

// What only a live page can use, and what would double the file: tooltips, the table behind a chart, its large drawings.
const left = "script, link, template, input, select, .qd-controls, .qd-chips, .qd-save, .qd-all, .qd-making, .qd-definition-link, .qd-twin, .qd-skip, .qd-find, svg title, .qd-plot g[fill-opacity='0'], .qd-plot[data-size='wide'], .qd-plot[data-size='full'], [hidden]";
const references = ["for", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"];

/** Returns the report in the folder as one document. Throws a PackError where the folder holds none. */
export async function composePack(folder: string): Promise<Pack> {
  const first = await readPage(folder, "index.html");
  const links = [...first.querySelectorAll(".site-nav a")].map((link) => ({file: fileOf(link.getAttribute("href") ?? ""), name: link.textContent!.trim()}));
  const messages = await loadMessages(first.documentElement.lang);
  const title = first.querySelector(".site-title")?.textContent?.trim() ?? "";
  const asOf = first.querySelector(".site-as-of")?.firstChild?.textContent?.trim() ?? "";
  const {document} = new JSDOM(`<!doctype html><html lang="${first.documentElement.lang}"><head><meta charset="utf-8"></head><body></body></html>`).window;
  const sections: HTMLElement[] = [];
  let definitions: HTMLElement | undefined;
  for (const {file, name} of links) {
    const page = file === "index.html" ? first : await readPage(folder, file);
    const main = document.importNode(page.querySelector("main")!, true);
    const section = element(document, "section", {class: "pack-section", id: slug(file)}, element(document, "h1", {class: "pack-name"}, name));
    if (main.querySelector("kpi-definitions")) definitions = fillDefinitions(section, main);
    else section.append(...bodyOf(main, slug(file)));
    sections.push(section);
  }
  const definitionsId = definitions?.id;
  const wanted = new Set(sections.flatMap((section) => [...section.querySelectorAll("[metric], [metrics]")].flatMap(metricsOf)));
  for (const entry of definitions?.querySelectorAll("[data-metric]") ?? []) if (!wanted.has(entry.getAttribute("data-metric")!)) entry.remove();
  // The definitions stand at the end wherever the navigation has them.
  const ordered = [...sections.filter((one) => one !== definitions), ...(definitions ? [definitions] : [])];
  const named = ordered.map((section) => ({id: section.id, name: section.querySelector(".pack-name")!.textContent!}));
  document.head.append(
    element(document, "meta", {"http-equiv": "Content-Security-Policy", content: "default-src 'none'; style-src 'unsafe-inline'; img-src data:"}),
    element(document, "meta", {name: "viewport", content: "width=device-width, initial-scale=1"}),
    element(document, "meta", {name: "color-scheme", content: "light dark"}),
    element(document, "title", {}, `${title}, ${asOf}`),
    ...[...first.querySelectorAll("head style")].map((style) => document.importNode(style, true)),
    element(document, "style", {}, packStyle)
  );
  const contents = element(document, "nav", {class: "pack-contents", "aria-labelledby": "contents"},
    element(document, "h1", {id: "contents"}, word(messages, "pack.contents")),
    element(document, "ol", {}, named.map(({id, name}) => element(document, "li", {}, element(document, "a", {href: `#${id}`}, name)))));
  document.body.append(element(document, "main", {id: "observablehq-main", class: "observablehq pack"}, cover(first, document, {title, asOf, messages}), contents, ordered));
  relink(document, definitionsId);
  return {title, asOf, sections: named, html: `<!doctype html>\n${document.documentElement.outerHTML}\n`};
}

async function readPage(folder: string, file: string): Promise<Document> {
  const text = await readFile(join(folder, file), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new PackError(`${folder} holds no ${file}: build the report with npm run report, or name its folder with --dir.`);
  });
  const {document} = new JSDOM(text).window;
  if (!document.querySelector(".site-nav") || !document.querySelector("main")) throw new PackError(`${join(folder, file)} is no page of a report.`);
  return document;
}

function cover(first: Document, document: Document, {title, asOf, messages}: {title: string; asOf: string; messages: Messages}): HTMLElement {
  const told = first.querySelector(".qd-title");
  const fictional = first.querySelector(".site-fictional")?.textContent;
  return element(document, "header", {class: "pack-cover"},
    element(document, "p", {class: "pack-kind"}, word(messages, "pack.kind")),
    element(document, "h1", {}, title),
    element(document, "p", {class: "pack-as-of"}, asOf),
    [told?.querySelector("h1"), told?.querySelector(".qd-headline")].flatMap((part) => (part ? [copied(part, element(document, "p", {class: "pack-headline"}))] : [])),
    element(document, "p", {class: "pack-filters"}, `${word(messages, "pack.filters")}: ${first.querySelector(".qd-words")?.textContent ?? word(messages, "pack.no_filters")}`),
    fictional ? element(document, "p", {class: "pack-fictional"}, fictional) : "");
}

/** Moves copies of a part's children into another element, which it returns. */
function copied(part: Element, into: HTMLElement): HTMLElement {
  into.append(...[...part.childNodes].map((child) => into.ownerDocument.importNode(child, true)));
  return into;
}

/** Returns what a page says, with names of its own: those of two pages may be equal. */
function bodyOf(main: Element, name: string): ChildNode[] {
  for (const one of main.querySelectorAll(left)) one.remove();
  for (const button of main.querySelectorAll("button")) {
    if (button.closest("th")) button.replaceWith(...button.childNodes);
    else button.remove();
  }
  for (const title of main.querySelectorAll("h1")) title.replaceWith(copied(title, element(main.ownerDocument, "p", {class: "pack-lead"})));
  for (const one of main.querySelectorAll("*")) {
    if (one.id !== "") one.id = `${name}--${one.id}`;
    for (const attribute of references) {
      const value = one.getAttribute(attribute);
      if (value !== null) one.setAttribute(attribute, value.split(/\s+/).map((id) => `${name}--${id}`).join(" "));
    }
    for (const {name: key, value} of [...one.attributes]) {
      if (value.includes("url(#")) one.setAttribute(key, value.replaceAll("url(#", `url(#${name}--`));
      else if (key === "href" && value.startsWith("#")) one.setAttribute(key, `#${name}--${value.slice(1)}`);
    }
    for (const gone of ["data-sort", "data-pick", "aria-live", "tabindex", "title"]) one.removeAttribute(gone);
  }
  return [...main.childNodes].filter(({nodeType}) => nodeType !== 8);
}

function fillDefinitions(section: HTMLElement, main: Element): HTMLElement {
  const {ownerDocument: document} = section;
  const entries = [...main.querySelectorAll(".qd-definition")].map((entry) => {
    const id = entry.querySelector(".qd-definition-body")?.id ?? "";
    return element(document, "div", {id: `${section.id}--${id}`, "data-metric": id}, element(document, "dt", {}, entry.querySelector("h3")?.textContent ?? id), element(document, "dd", {}, entry.querySelector(".qd-lead")?.textContent ?? ""));
  });
  section.append(element(document, "dl", {class: "pack-definitions"}, entries));
  return section;
}

/** Links lead within the document, or are plain words. */
function relink(document: Document, definitions: string | undefined): void {
  for (const link of document.querySelectorAll("a[href]")) {
    const href = link.getAttribute("href")!;
    const [path = "", anchor] = href.split("#");
    const page = slug(fileOf(path));
    const names = path === "" ? [anchor ?? ""] : page === definitions && anchor ? [`${page}--${anchor}`] : [page];
    const found = names.find((id) => id !== "" && document.getElementById(id));
    if (found === undefined) link.replaceWith(...link.childNodes);
    else link.setAttribute("href", `#${found}`);
  }
}

const metricsOf = (one: Element): string[] => `${one.getAttribute("metric") ?? ""} ${one.getAttribute("metrics") ?? ""}`.split(/\s+/).map((name) => name.split(":")[0]!).filter(Boolean);
const fileOf = (href: string): string => {
  const file = href.split(/[?#]/)[0]!.replace(/^\.\//, "");
  return file === "" ? "index.html" : /\.html$/.test(file) ? file : file.endsWith("/") ? `${file}index.html` : `${file}.html`;
};
const slug = (file: string): string => file.replace(/\.html$/, "").replace(/[^\w-]+/g, "-");
const word = (messages: Messages, key: string): string => messages[key] ?? key;
