// What stands around every page: head, header and footer. Links are site-absolute here; Framework makes them relative.

import type {Baked, BakedPage} from "./baked.js";
import {pageGroups, type PageGroup} from "./navigation.js";

interface Page {
  readonly path: string;
}

export const siteHead = (baked: Baked) => ({path}: Page) => {
  const page = baked.pages.find((page) => page.path === path);
  return [
    '<link rel="icon" type="image/svg+xml" href="/theme/mark.svg">',
    '<meta name="color-scheme" content="light dark">',
    page?.answers ? `<link rel="alternate" type="application/json" data-answers href="/data/answers${path}.json">` : "",
    ...(page?.choices ?? []).map((kind) => `<link rel="alternate" type="application/json" data-choices="${escape(kind)}" href="/data/answers${path}.${escape(kind)}.json">`),
    '<link rel="alternate" type="application/json" data-report href="/data/answers/report.json">',
    baked.months ? monthsMark({file: `${path.slice(1)}.html`, root: path.split("/").slice(2).map(() => "../").join("") || "./", months: baked.months, missing: baked.words.missing ?? ""}) : "",
    '<script type="module" src="/elements/define.js"></script>'
  ]
    .filter((line) => line !== "")
    .join("\n");
};

export const siteHeader = (baked: Baked) => ({path}: Page) =>
  `<a class="qd-skip" href="#content">${escape(baked.words.skip)}</a>
<a class="site-title" href="/">${escape(baked.title)}</a>
<nav class="site-nav" aria-label="${escape(baked.words.navigation)}">
${navigation(baked, path)}
</nav>
<span class="site-as-of">${escape(baked.words.asOf)}${baked.pages.filter(({path: one}) => isArchive(one) && baked.months).map((page) => ` · <a href="${route(page.path)}"${page.path === path ? ' aria-current="page"' : ""}>${escape(page.name)}</a>`).join("")}</span>
<span id="content" tabindex="-1"></span>`;

/** The overview, then a menu for each group; one page alone needs no menu. They open without a script. */
function navigation({pages, words}: Baked, path: string): string {
  const link = (page: BakedPage) => `<a href="${route(page.path)}"${page.path === path ? ' aria-current="page"' : ""}>${escape(page.name)}</a>`;
  const listed = pages.filter((page) => !isArchive(page.path));
  const [first, rest] = [listed.filter((page) => page.path === "/index"), listed.filter((page) => page.path !== "/index")];
  const menu = (group: PageGroup) => {
    const own = rest.filter((page) => page.group === group);
    const here = own.find((page) => page.path === path);
    if (own.length < 2) return own.map(link);
    return [`<details name="site-nav"><summary${here ? ' data-current=""' : ""}>${escape(words.groups[group])}${here ? `<span class="site-here">${escape(here.name)}</span>` : ""}</summary><div>${own.map(link).join("")}</div></details>`];
  };
  return [...first.map(link), ...pageGroups.flatMap(menu)].join("\n");
}

export const siteFooter = (baked: Baked) =>
  `<span>${escape(baked.title)} · ${escape(baked.words.asOf)}</span>${baked.words.fictional ? ` <span class="site-fictional">${escape(baked.words.fictional)}</span>` : ""}${baked.pages.filter(({path}) => isArchive(path)).map((page) => ` · <a href="${route(page.path)}">${escape(page.name)}</a>`).join("")}`;

/** The page of frozen months stands beside the as-of day as soon as there is one, and in the footer always: it is no question about the business. */
const isArchive = (path: string): boolean => path === "/snapshots/index";

export interface MonthsMark {
  /** The page's file within the site, or within the month that it is of. */
  readonly file: string;
  /** The way from the page to the root of the site. */
  readonly root: string;
  readonly months: readonly {readonly id: string; readonly pages: readonly string[]}[];
  readonly missing: string;
}

/** Returns what src/elements/pastMonth.ts finds in a page: the frozen months that have it, and those that have not. */
export function monthsMark({file, root, months, missing}: MonthsMark): string {
  const ids = (has: boolean) => months.filter(({pages}) => pages.includes(file) === has).map(({id}) => id).join(" ");
  return `<meta name="quarterdeck-months" content="${escape(ids(true))}" data-without="${escape(ids(false))}" data-root="${escape(root)}" data-page="${escape(file)}" data-missing="${escape(missing)}">`;
}

const route = (path: string) => path.replace(/\/index$/, "/");

export const escape = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
