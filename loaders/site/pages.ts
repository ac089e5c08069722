// The pages and the elements on them, found by the same parser and rule that Framework uses.

import {readdir, readFile} from "node:fs/promises";
import {join, relative} from "node:path";
import {parse} from "yaml";
import {readAttributes, type AttributeSpecs, type AttributeValues, type Vocabulary} from "../../src/elements/attributes.js";
import {findElement} from "../../src/elements/catalogue.js";
import type {ElementDefinition} from "../../src/elements/definition.js";
import {fillMarkdown, type MarkdownIt} from "./markdown.js";
import {inOrder, standingOf} from "./navigation.js";
import {projectFolder} from "../project.js";

export interface PlacedElement {
  readonly definition: ElementDefinition;
  readonly attributes: AttributeValues<AttributeSpecs>;
  /** The opening tag as written. */
  readonly tag: string;
  /** "src/index.md:12". */
  readonly place: string;
}

export interface Page {
  /** Route without extension: "/index". */
  readonly path: string;
  readonly file: string;
  readonly frontMatter: Readonly<Record<string, unknown>>;
  readonly elements: readonly PlacedElement[];
}

/** Wrong markup on pages: all of it, one line each. */
export class PageError extends Error {
  override readonly name = "PageError";

  constructor(readonly problems: readonly string[]) {
    const shown = problems.slice(0, 10);
    super([...shown, ...(problems.length > shown.length ? [`… ${problems.length} problems in all`] : [])].join("\n"));
  }
}

/** Returns every page below `root` but the guide, in the order of the navigation. Throws a PageError that lists every wrong element with file and line. */
export async function readPages(root: string, vocabulary: Vocabulary): Promise<Page[]> {
  const framework = join(projectFolder, "node_modules/@observablehq/framework/dist");
  const {createMarkdownIt} = (await import(join(framework, "markdown.js"))) as {createMarkdownIt(): MarkdownIt};
  const {readFrontMatter} = (await import(join(framework, "frontMatter.js"))) as {readFrontMatter(text: string): {content: string}};
  const problems: string[] = [];
  const pages: Page[] = [];
  const files = (await readdir(root, {recursive: true})).filter((file) => file.endsWith(".md") && !/^(\.observablehq|guide)[\\/]/.test(file));
  for (const file of files.map((file) => file.replaceAll("\\", "/")).sort()) {
    const source = await readFile(join(root, file), "utf8");
    const {content} = readFrontMatter(source);
    // Framework keeps of it what it knows; groups and needs are ours.
    const data = (parse(/^---\r?\n([\s\S]*?)\r?\n---/.exec(source)?.[1] ?? "") ?? {}) as Record<string, unknown>;
    const above = source.split("\n").length - content.split("\n").length;
    const shown = relative(projectFolder, join(projectFolder, "src", file));
    const elements: PlacedElement[] = [];
    const md = fillMarkdown(createMarkdownIt(), ({name, attributes, tag, selfClosing}, line) => {
      const place = `${shown}:${above + line}`;
      try {
        if (selfClosing) throw new Error(`HTML does not close an element with “/>”: write <${name} …></${name}>`);
        const definition = findElement(name);
        elements.push({definition, attributes: readAttributes(definition.attributes, attributes, vocabulary), tag, place});
      } catch (error) {
        problems.push(`${place}: ${tag}: ${(error as Error).message}`);
      }
      return "";
    });
    md.parse(content, {code: [], startLine: 0, currentLine: 0, path: `/${file}`});
    try {
      standingOf(data);
    } catch (error) {
      problems.push(`${shown}:1: ${(error as Error).message}`);
    }
    pages.push({path: `/${file.replace(/\.md$/, "")}`, file: join(root, file), frontMatter: data, elements});
  }
  if (problems.length > 0) throw new PageError(problems);
  return inOrder(pages);
}
