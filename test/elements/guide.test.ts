// What the guide says of pages and settings holds: its examples are baked, its settings read, its lists complete.

import {mkdirSync, readdirSync, readFileSync, writeFileSync} from "node:fs";
import {rm} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {bake} from "../../loaders/bake.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {projectFolder} from "../../loaders/project.js";
import {readSettings} from "../../loaders/settings.js";
import {validateSettings} from "../../loaders/settings/validate.js";
import type {Baked} from "../../loaders/site/baked.js";
import {elements} from "../../src/elements/catalogue.js";
import {scratch, tinySettings} from "../helpers/sharedSite.js";

const guide = join(projectFolder, "src/guide");
const texts = new Map(["README.md", ...readdirSync(guide).filter((name) => name.endsWith(".md"))].map((name) => [name, readFileSync(join(name === "README.md" ? projectFolder : guide, name), "utf8")]));
const blocks = (language: string, text: string) => [...text.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map(([, block = ""]) => block);
const examples = [...texts].flatMap(([name, text]) => blocks("html", text).map((block, k) => ({name: `${name.replace(/\.md$/, "").toLowerCase()}-${k + 1}`, block})));
const tagsIn = (text: string) => [...text.matchAll(/<(kpi-[a-z-]+)/g)].map(([, tag]) => tag!);

describe("an example of the guide", () => {
  let folder: string;
  let baked: Baked;
  beforeAll(async () => {
    folder = await scratch();
    mkdirSync(join(folder, "pages"));
    for (const {name, block} of examples) writeFileSync(join(folder, "pages", `${name}.md`), `---\ntitle: ${name}\n---\n\n${block}`);
    const {folder: built} = await runPipeline(await readSettings(tinySettings));
    await bake({root: join(folder, "pages"), built, report: join(folder, "report")});
    baked = JSON.parse(readFileSync(join(folder, "report/baked.json"), "utf8")) as Baked;
  }, 120_000);
  afterAll(() => rm(folder, {recursive: true, force: true}));

  it.each(examples)("$name is a page that can be baked, each element with something to see", ({name, block}) => {
    const page = baked.pages.find(({path}) => path === `/${name}`)!;
    expect(page.elements.map(({tag}) => tagsIn(tag)[0])).toEqual(tagsIn(block));
    for (const {tag, html} of page.elements) expect(html.replace(/<[^>]*>/g, "").trim(), tag).not.toBe("");
  });
});

describe("the guide to elements", () => {
  const listed = texts.get("elements.md")!.match(/^\| `<kpi-.*$/gm)!.join("\n").replace(/`-(\w+)`/g, "`<kpi-funnel-$1>`");
  it("lists every element, and no other", () => {
    expect([...new Set(tagsIn(listed))].sort()).toEqual(elements.map(({name}) => name).sort());
  });
  it.each(["funnel", "cohort"])("shows every element of a %s by an example", (kind) => {
    const shown = tagsIn(blocks("html", texts.get(`${kind}s.md`)!).join("\n"));
    expect(elements.map(({name}) => name as string).filter((name) => name.startsWith(`kpi-${kind}`) && !shown.includes(name))).toEqual([]);
  });
});

describe("settings in the guide", () => {
  const head = "title: Guide\ntime_zone: UTC\ncurrency: EUR\nsources: [{id: crm, type: csv, folder: ., zone: UTC, tables: {lead: {file: lead.csv, columns: {lead_id: lead_id, created_at: created_at}}}}]\n";
  it.each(["settings.md", "funnels.md"])("%s can be read", (name) => {
    const shown = blocks("yaml", texts.get(name)!);
    expect(shown.length).toBeGreaterThan(0);
    for (const block of shown) expect(validateSettings(`${head}${block}`, name).problems, block).toEqual([]);
  });
});
