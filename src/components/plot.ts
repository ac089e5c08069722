// What all charts share: the sizes they are drawn in, and making a Plot fit for a page with a strict policy.

/** One drawing of a chart; the stylesheet shows the one that fits the room the chart has. */
export interface PlotSize {
  readonly name: "narrow" | "medium" | "wide" | "full";
  readonly width: number;
  /** Of a chart over time. */
  readonly height: number;
  readonly fontSize: number;
}

export const plotSizes: readonly PlotSize[] = [
  {name: "narrow", width: 330, height: 200, fontSize: 11},
  {name: "medium", width: 560, height: 230, fontSize: 11.5},
  {name: "wide", width: 880, height: 250, fontSize: 12},
  {name: "full", width: 1240, height: 270, fontSize: 12}
];

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
  for (const node of [svg, ...svg.querySelectorAll("[style]")]) node.removeAttribute("style");
  for (const name of ["width", "height", "class", "font-family"]) svg.removeAttribute(name);
  for (const node of svg.querySelectorAll("[aria-label]")) node.removeAttribute("aria-label");
  for (const node of svg.querySelectorAll("*")) {
    for (const attribute of node.attributes) if (places.has(attribute.name)) attribute.value = attribute.value.replace(/-?\d+\.\d\d+/g, (number) => String(Math.round(+number * 10) / 10));
  }
  svg.setAttribute("class", "qd-plot");
  svg.setAttribute("data-size", size.name);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  svg.setAttribute("aria-description", description);
  return svg;
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
