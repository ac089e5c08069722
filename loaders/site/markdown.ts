// The Markdown rule that fills `<kpi-…>` elements. Framework runs it on every page; bake.ts runs it to find them.

import {fillElements, type FoundElement} from "../../src/elements/markup.js";

/** As much of markdown-it as the rule touches. */
export interface MarkdownIt {
  core: {ruler: {push(name: string, rule: (state: {tokens: Token[]; env: unknown}) => void): void}};
  renderer: {rules: Record<string, (tokens: Token[], index: number) => string>};
  parse(source: string, env: unknown): Token[];
}

interface Token {
  type: string;
  tag: string;
  content: string;
  map: [number, number] | null;
  children: Token[] | null;
}

/** Returns what goes inside the element; `line` counts from 1 after the front matter. */
export type Fill<Env> = (element: FoundElement, line: number, env: Env) => string;

const filled = "kpi_html";

/**
 * Adds the rule to a markdown-it instance and returns it. The rule runs last, and its own token type is printed
 * verbatim: baked text with `${` in it never reaches the placeholder rule, which would run it as code.
 */
export function fillMarkdown<Env, M extends MarkdownIt>(md: M, fill: Fill<Env>): M {
  md.renderer.rules[filled] = (tokens, index) => tokens[index]!.content;
  md.core.ruler.push("kpi_elements", ({tokens, env}) => {
    for (const [index, token] of tokens.entries()) {
      const start = (token.map?.[0] ?? 0) + 1;
      if (token.type === "html_block") fillToken(token, start);
      else if (token.type === "inline" && token.children && fillChildren(token.children, start)) {
        asDivision(tokens[index - 1]);
        asDivision(tokens[index + 1]);
      }
    }

    function fillChildren(children: Token[], start: number): boolean {
      let line = start;
      let found = false;
      for (const child of children) {
        if (child.type === "html_block" || child.type === "html_inline") found = fillToken(child, line) || found;
        line += child.type === "softbreak" || child.type === "hardbreak" ? 1 : newlines(child.content);
      }
      return found;
    }

    function fillToken(token: Token, start: number): boolean {
      const text = token.content;
      const content = fillElements(text, (element) => fill(element, start + newlines(text.slice(0, element.offset)), env as Env));
      if (content === text) return false;
      token.type = filled;
      token.content = content;
      return true;
    }
  });
  return md;
}

/** A paragraph that holds a card or a chart cannot stay a `p`: the first block inside would close it. */
function asDivision(token: Token | undefined): void {
  if (token?.type === "paragraph_open" || token?.type === "paragraph_close") token.tag = "div";
}

const newlines = (text: string) => text.split("\n").length - 1;
