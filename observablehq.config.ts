// How Framework turns src into a site. The words and numbers come from the baked report (loaders/bake.ts).

import {readBaked} from "./loaders/site/baked.js";
import {fillMarkdown} from "./loaders/site/markdown.js";
import {typescript} from "./loaders/site/framework.js";
import {siteFooter, siteHead, siteHeader} from "./loaders/site/frame.js";

const baked = readBaked();

export default {
  root: "src",
  title: baked.title,
  style: "theme/style.css",
  globalStylesheets: [],
  pages: [],
  // Beside the definitions page, under a name that other programs can rely on.
  dynamicPaths: ["/definitions.json"],
  sidebar: false,
  toc: false,
  pager: false,
  search: false,
  // Any plain file server finds definitions.html; not all find it under /definitions.
  preserveExtension: true,
  interpreters: {".ts": [process.execPath, "--import", typescript]},
  head: siteHead(baked),
  header: siteHeader(baked),
  footer: siteFooter(baked),
  markdownIt: (md: Parameters<typeof fillMarkdown>[0]) => fillMarkdown(md, baked.fill)
};
