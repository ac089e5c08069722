import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {fillMarkdown, type MarkdownIt} from "../../loaders/site/markdown.js";
import {projectFolder} from "../../loaders/project.js";
import {fillElements, type FoundElement} from "../../src/elements/markup.js";

function found(text: string): FoundElement[] {
  const elements: FoundElement[] = [];
  fillElements(text, (element) => (elements.push(element), ""));
  return elements;
}

describe("fillElements", () => {
  it("puts the content behind the opening tag", () => {
    expect(fillElements('<p><kpi-card metric="a"></kpi-card></p>', () => "<b>1</b>")).toBe('<p><kpi-card metric="a"><b>1</b></kpi-card></p>');
  });

  it("reads quoted, bare and valueless attributes, entities decoded", () => {
    expect(found(`<KPI-Card metric='a&amp;b' data-x=1 hidden title="&lt;&#34;&#x41;">`)[0]).toMatchObject({name: "kpi-card", attributes: {metric: "a&b", "data-x": "1", hidden: "", title: '<"A'}});
  });

  it("leaves comments and other elements alone", () => {
    expect(found("<!-- <kpi-card> --><my-kpi-card></my-kpi-card><kpicard>")).toEqual([]);
  });

  it("takes a > inside quotes for text", () => {
    expect(found('<kpi-card title="a > b" metric="c">')[0]!.attributes).toEqual({title: "a > b", metric: "c"});
  });

  it("notices a tag that closes itself", () => {
    expect(found('<kpi-card metric="a"/>')[0]!.selfClosing).toBe(true);
  });

  it("does not treat $ in the content as a replacement pattern", () => {
    expect(fillElements("<kpi-card></kpi-card>", () => "$& $1 $`")).toBe("<kpi-card>$& $1 $`</kpi-card>");
  });
});

describe("fillMarkdown", async () => {
  const {createMarkdownIt} = (await import(join(projectFolder, "node_modules/@observablehq/framework/dist/markdown.js"))) as {createMarkdownIt(): MarkdownIt & {renderer: {render(tokens: unknown, options: unknown, env: unknown): string}; options: unknown}};

  function render(source: string, content = "<article>1</article>") {
    const lines: number[] = [];
    const md = fillMarkdown(createMarkdownIt(), (_, line) => (lines.push(line), content));
    const env = {code: [] as unknown[], startLine: 0, currentLine: 0, path: "/x"};
    return {html: md.renderer.render(md.parse(source, env), md.options, env), lines, code: env.code};
  }

  it("fills elements in blocks and in paragraphs, with their lines", () => {
    const {html, lines} = render("# A\n\n<div>\n  <kpi-card></kpi-card>\n  <kpi-card></kpi-card>\n</div>\n\nsome text\nand <kpi-card></kpi-card> more\n");
    expect(html.match(/<kpi-card><article>1<\/article><\/kpi-card>/g)).toHaveLength(3);
    expect(lines).toEqual([4, 5, 9]);
  });

  it("turns a paragraph with an element into a division, and leaves others", () => {
    const {html} = render("<kpi-card></kpi-card>\n\nplain");
    expect(html).toContain("<div><kpi-card>");
    expect(html).toContain("<p>plain</p>");
  });

  it("never lets baked text become a cell of the page", () => {
    const {html, code} = render("<div>\n<kpi-card></kpi-card>\n</div>\n\ninline <kpi-card></kpi-card>", "<p>${globalThis.stolen = 1}</p>");
    expect(code).toEqual([]);
    expect(html.match(/\$\{globalThis\.stolen = 1\}/g)).toHaveLength(2);
  });

  it("does not fill examples in code", () => {
    expect(render("`<kpi-card></kpi-card>`\n\n~~~html run=false\n<kpi-card></kpi-card>\n~~~\n").lines).toEqual([]);
  });
});
