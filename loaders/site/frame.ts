// What stands around every page: head, header and footer. Links are site-absolute here; Framework makes them relative.

import type {Baked} from "./baked.js";

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
    '<script type="module" src="/elements/define.js"></script>'
  ]
    .filter((line) => line !== "")
    .join("\n");
};

export const siteHeader = (baked: Baked) => ({path}: Page) =>
  `<a class="qd-skip" href="#content">${escape(baked.words.skip)}</a>
<a class="site-title" href="/">${escape(baked.title)}</a>
<nav class="site-nav" aria-label="${escape(baked.words.navigation)}">
${baked.pages.map((page) => `<a href="${route(page.path)}"${page.path === path ? ' aria-current="page"' : ""}>${escape(page.name)}</a>`).join("\n")}
</nav>
<span class="site-as-of">${escape(baked.words.asOf)}</span>
<span id="content" tabindex="-1"></span>`;

export const siteFooter = (baked: Baked) =>
  `<span>${escape(baked.title)} · ${escape(baked.words.asOf)}</span>${baked.words.fictional ? ` <span class="site-fictional">${escape(baked.words.fictional)}</span>` : ""}`;

const route = (path: string) => path.replace(/\/index$/, "/");

const escape = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
