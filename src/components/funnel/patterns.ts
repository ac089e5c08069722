// What became of those who dropped out, told apart by pattern as well as by colour.

import {svgElement} from "../element.js";

export type Fate = "lost" | "passed" | "open";
export const fates: readonly Fate[] = ["lost", "passed", "open"];

/** Returns the fill of a fate inside a drawing that has the patterns of `scope`. */
export const fateFill = (fate: Fate, scope: string): string => `url(#qd-${scope}-${fate})`;

/** Returns the definitions; `scope` is part of their ids and one of its own for each drawing of a page. */
export function fatePatterns(scope: string, document: Document): SVGDefsElement {
  const pattern = (fate: Fate, size: number, turned: boolean, ...content: SVGElement[]) =>
    svgElement(document, "pattern", {id: `qd-${scope}-${fate}`, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: turned ? "rotate(45)" : null}, content);
  const rect = (attributes: Readonly<Record<string, string | number>>) => svgElement(document, "rect", attributes);
  return svgElement(
    document,
    "defs",
    {},
    pattern("lost", 6, true, rect({width: 6, height: 6, fill: "var(--qd-bad)", "fill-opacity": 0.3}), rect({width: 3.5, height: 6, fill: "var(--qd-bad)"})),
    pattern("passed", 5, false, rect({width: 5, height: 5, fill: "var(--qd-context)", "fill-opacity": 0.55}), svgElement(document, "circle", {cx: 2.5, cy: 2.5, r: 1.2, fill: "var(--qd-actual)"})),
    pattern("open", 5, true, rect({width: 5, height: 5, fill: "var(--qd-ground)"}), rect({width: 1, height: 5, fill: "var(--qd-small)"}))
  );
}

/** Returns a square of the key, with definitions of its own. */
export function fateSwatch(fate: Fate, scope: string, document: Document): SVGSVGElement {
  const own = `${scope}-key-${fate}`;
  return swatch(fateFill(fate, own), document, fatePatterns(own, document));
}

/** Returns a square of the key in a plain fill. */
export const swatch = (fill: string, document: Document, defs?: SVGDefsElement): SVGSVGElement =>
  svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, defs, svgElement(document, "rect", {x: 1, y: 1, width: 10, height: 10, fill, stroke: "var(--qd-baseline)", "stroke-width": 0.75}));
