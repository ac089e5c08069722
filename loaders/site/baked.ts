// The report as bake.ts left it for Framework: words, page list and the HTML of every element.

import {readFileSync, statSync} from "node:fs";
import {join} from "node:path";
import type {FoundElement} from "../../src/elements/markup.js";
import type {PageGroup} from "./navigation.js";

/** Environment variable that tells the config and the loaders in src/data where the baked report lies. */
export const reportVariable = "QUARTERDECK_REPORT";

export interface BakedPage {
  /** Route without extension: "/index". */
  readonly path: string;
  /** Short name for the navigation and the browser's tab, in the report's language. */
  readonly name: string;
  readonly group: PageGroup;
  /** The page asks for numbers: it has a file in answers/. */
  readonly answers: boolean;
  /** Kinds of single choices whose answers stand in a file of their own. */
  readonly choices: readonly string[];
  /** In the order of the page. */
  readonly elements: readonly {readonly tag: string; readonly html: string}[];
}

export interface Baked {
  readonly title: string;
  readonly lang: string;
  readonly pages: readonly BakedPage[];
  /** Frozen months and their pages; absent where there are none. */
  readonly months?: readonly {readonly id: string; readonly pages: readonly string[]}[];
  /** Words around the pages, plain text. */
  readonly words: {
    readonly navigation: string;
    readonly groups: Readonly<Record<PageGroup, string>>;
    readonly skip: string;
    readonly asOf: string;
    readonly fictional: string | null;
    /** That a month is not kept, with {asked} in place of its name; where there are frozen months. */
    readonly missing?: string;
  };
}

/** What the Markdown rule needs of a page being parsed: its route. */
interface PageContext {
  readonly path: string;
}

export interface BakedReader extends Baked {
  fill(element: FoundElement, line: number, context: PageContext): string;
}

/**
 * Returns the baked report in the folder. `fill` gives each element its HTML by position; a page that changed since it
 * was baked throws, except in the live preview, where the element says that it is being computed.
 */
export function readBaked(report = process.env[reportVariable], preview = process.env.QUARTERDECK_PREVIEW !== undefined): BakedReader {
  if (!report) throw new Error("no report has been baked. Build with “npm run report”, or see it live with “npm run dev”.");
  const path = join(report, "baked.json");
  let stamp = 0;
  let pages = new Map<string, BakedPage>();
  const read = () => {
    const {mtimeMs} = statSync(path);
    const baked = JSON.parse(readFileSync(path, "utf8")) as Baked;
    stamp = mtimeMs;
    pages = new Map(baked.pages.map((page) => [page.path, page]));
    return baked;
  };
  const baked = read();
  const positions = new WeakMap<PageContext, number>();
  return {
    ...baked,
    fill({tag}, line, context) {
      if (preview && statSync(path).mtimeMs !== stamp) read();
      const position = positions.get(context) ?? 0;
      positions.set(context, position + 1);
      const element = pages.get(context.path)?.elements[position];
      if (element?.tag === tag) return element.html;
      if (preview) return `<p class="kpi-pending" role="status">…</p>`;
      throw new Error(`src${context.path}.md: line ${line} after the front matter: ${tag} was not there when the page was baked. Run the report again.`);
    }
  };
}
