// What all charts share: the sizes they are drawn in, and making a Plot fit for a page with a strict policy.

import {compactMark} from "./compactPlot.js";
import {element} from "./element.js";
import {findLast} from "./last.js";
import {makeLater} from "./later.js";

/** One drawing of a chart; the stylesheet shows the one that fits the room the chart has. */
export interface PlotSize {
  readonly name: "narrow" | "medium" | "wide" | "full";
  readonly width: number;
  /** Narrowest room, in pixels, in which the stylesheet (chart.css) shows it. */
  readonly from: number;
  /** Of a chart over time. */
  readonly height: number;
  readonly fontSize: number;
  /** Drawn for the window alone: nothing is made smaller for a file. */
  readonly passing?: true;
}

export const plotSizes: readonly PlotSize[] = [
  {name: "narrow", width: 330, from: 0, height: 200, fontSize: 11},
  {name: "medium", width: 560, from: 460, height: 230, fontSize: 12},
  {name: "wide", width: 880, from: 720, height: 250, fontSize: 12},
  {name: "full", width: 1240, from: 1060, height: 270, fontSize: 12}
];

const passingSizes: readonly PlotSize[] = plotSizes.map((size) => ({...size, passing: true}));

export interface PlotsOptions {
  readonly document: Document;
  readonly live: boolean;
  /** Pixels across, where they are known before the chart stands in the page: it is then drawn without waiting for a layout. */
  readonly room?: number;
}

/**
 * Returns the drawings of a chart. A page without script gets every size and its stylesheet chooses; a live page draws
 * the size that fits the room, another when the room changes, and all before it is printed; none while it is hidden.
 */
export function plots(draw: (size: PlotSize) => Element, {document, live, room: width}: PlotsOptions): HTMLElement {
  const view = document.defaultView;
  if (!live || !view?.ResizeObserver) return element(document, "div", {class: "qd-plots"}, plotSizes.map(draw));
  const room = element(document, "div", {class: "qd-plots"});
  const drawn = new Set<PlotSize>();
  const show = (size: PlotSize) => {
    if (drawn.has(size)) return;
    drawn.add(size);
    room.append(draw(size));
  };
  const fit = (width: number) => width > 0 && show(findLast(passingSizes, ({from}) => width >= from)!);
  if (width !== undefined) fit(width);
  makeLater(room, () => passingSizes.forEach(show));
  new view.ResizeObserver(() => fit(room.clientWidth)).observe(room);
  return room;
}

export interface PlotWords {
  readonly label: string;
  readonly description: string;
}

/** Attributes that hold pixels: a tenth is enough, and half of the page's weight is saved. */
const places = new Set(["d", "transform", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "cx", "cy"]);

/**
 * Returns the Plot ready for a page: scaled by its viewBox, named for assistive tools, and without the style element
 * and attributes that a Content-Security-Policy would block (chart.css holds those rules).
 */
export function finishPlot(plot: SVGSVGElement | HTMLElement, size: PlotSize, {label, description}: PlotWords): SVGSVGElement {
  const svg = plot as SVGSVGElement;
  for (const style of [...svg.querySelectorAll("style")]) style.remove();
  for (const name of ["width", "height", "class", "font-family", "style"]) svg.removeAttribute(name);
  if (size.passing) for (const part of svg.querySelectorAll("[style], [aria-label]")) bare(part);
  else for (const mark of svg.children) finishMark(mark);
  svg.setAttribute("class", "qd-plot");
  svg.setAttribute("data-size", size.name);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("aria-description", description);
  return svg;
}

/**
 * Says of each place of a finished plot what a reader chooses with it (printPick); the places are those of the last
 * mark, which holds the tips. A page brings the choosing (elements/picks.ts).
 */
export function pickable(plot: SVGSVGElement, picks: readonly string[]): SVGSVGElement {
  const places = [...(plot.lastElementChild?.children ?? [])];
  if (places.length !== picks.length) throw new Error(`pickable: ${picks.length} choices for ${places.length} places`);
  places.forEach((place, i) => place.setAttribute("data-pick", picks[i]!));
  return plot;
}

function bare(part: Element): void {
  part.removeAttribute("style");
  part.removeAttribute("aria-label");
}

function finishMark(mark: Element): void {
  bare(mark);
  for (const {name, value} of [...mark.attributes]) {
    if (places.has(name) && value.includes(".")) mark.setAttribute(name, value.replace(/-?\d+\.\d\d+/g, (number) => String(Math.round(+number * 10) / 10)));
  }
  for (const part of mark.children) finishMark(part);
  compactMark(mark);
}

/** Returns the pixels left of an upright axis whose four or so levels are written by `text`. */
export function axisRoom([low, high]: readonly [number, number], {fontSize, name}: Pick<PlotSize, "fontSize" | "name">, text: (value: number) => string): number {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  // As Plot steps: to the nearest of 1, 2, 5 and 10, by ratio.
  const step = power * ([[10, 50], [5, 10], [2, 2]].find(([, square]) => (rough / power) ** 2 >= square!)?.[0] ?? 1);
  const levels = Array.from({length: Math.floor(high / step) - Math.ceil(low / step) + 1}, (_, k) => (Math.ceil(low / step) + k) * step);
  return Math.max(name === "narrow" ? 36 : 48, Math.ceil(Math.max(0, ...levels.map((level) => text(level).length)) * fontSize * 0.62) + 6);
}

/**
 * Returns where labels go so that none lies on another: each as near as may be to its place, in pixels from the top,
 * at least `gap` apart, between `top` and `bottom`. The order of the places is kept.
 */
export function spread(places: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = places.map((place, i) => ({place, i})).sort((a, b) => a.place - b.place);
  const fit = Math.min(gap, order.length > 1 ? (bottom - top) / (order.length - 1) : gap);
  let floor = top;
  for (const item of order) floor = (item.place = Math.max(item.place, floor)) + fit;
  let ceiling = bottom;
  for (const item of [...order].reverse()) ceiling = (item.place = Math.min(item.place, ceiling)) - fit;
  const result: number[] = [];
  for (const {place, i} of order) result[i] = place;
  return result;
}
