// Elements made from plain data. Text only ever enters a page as a text node, so nothing in it can become markup.

export type Child = Node | string | number | null | undefined | false | readonly Child[];
export type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;

const svgNamespace = "http://www.w3.org/2000/svg";

/** Returns an HTML element. An attribute that is null, undefined or false is left out; true is "". */
export function element<K extends keyof HTMLElementTagNameMap>(document: Document, name: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  return fill(document, document.createElement(name), attributes, children);
}

/** Returns an SVG element, with the same rules. */
export function svgElement<K extends keyof SVGElementTagNameMap>(document: Document, name: K, attributes: Attributes = {}, ...children: Child[]): SVGElementTagNameMap[K] {
  return fill(document, document.createElementNS(svgNamespace, name) as SVGElementTagNameMap[K], attributes, children);
}

function fill<E extends Element>(document: Document, target: E, attributes: Attributes, children: readonly Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "style" || name.startsWith("on")) throw new Error(`attribute ${name} is not allowed: the pages' Content-Security-Policy blocks it`);
    target.setAttribute(name, value === true ? "" : String(value));
  }
  append(document, target, children);
  return target;
}

function append(document: Document, target: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(document, target, child);
    else target.append(typeof child === "object" ? (child as Node) : document.createTextNode(String(child)));
  }
}
