// What a year would bring if fewer customers left: a number to choose, the sentence, and a table of some.

import type {ChurnNow, WhatIf} from "../../query/whatIf.js";
import {element} from "../element.js";
import type {ComponentOptions} from "../options.js";
import {type TableCell, table} from "../table.js";

export interface WhatIfOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  readonly asOf: string;
  readonly project: (now: ChurnNow, share: number) => WhatIf;
  /** Whether a script runs. */
  readonly interactive?: boolean;
}

/** Points that the table has; the first is what the page shows before a reader chooses. */
const points: readonly number[] = [1, 2, 3, 5, 10];

/** Returns the figure. */
export function whatIfFigure(now: ChurnNow, options: WhatIfOptions): HTMLElement {
  const {format, document, heading = "h3", asOf, interactive = false} = options;
  const most = Math.floor(now.churn * 1000) / 10;
  const input = element(document, "input", {type: "number", min: 0, max: most, step: 0.1, value: Math.min(points[0]!, most), inputmode: "decimal", autocomplete: "off", disabled: !interactive});
  const figure = element(
    document, "figure", {class: "qd-chart qd-what-if", "data-churn": now.churn, "data-nrr": now.nrr, "data-mrr": now.mrr},
    element(document, "figcaption", {},
      element(document, heading, {class: "qd-finding", "aria-live": "polite"}, sentence(now, Math.min(points[0]!, most), options)),
      element(document, "p", {class: "qd-subtitle"}, format.message("what_if.subtitle", {churn: share(now.churn, options), nrr: share(now.nrr, options), mrr: format.value(now.mrr, "currency"), as_of: format.date(asOf)}))),
    element(document, "p", {}, element(document, "label", {}, format.message("what_if.points"), " ", input), " ", element(document, "span", {class: "qd-small", role: "status"})),
    whatIfTable(now, most, options),
    element(document, "p", {class: "qd-caveats"}, format.message("what_if.assumption"))
  );
  if (interactive) enlivenWhatIf(figure, options);
  return figure;
}

/** Lets a reader choose the number of points in a figure made here. */
export function enlivenWhatIf(figure: Element, options: WhatIfOptions): void {
  const input = figure.querySelector("input")!;
  const [churn, nrr, mrr] = ["churn", "nrr", "mrr"].map((name) => Number(figure.getAttribute(`data-${name}`))) as [number, number, number];
  input.disabled = false;
  input.addEventListener("input", () => {
    const [chosen, most] = [Number(input.value), Number(input.max)];
    const fits = input.value !== "" && chosen >= 0 && chosen <= most;
    input.setAttribute("aria-invalid", String(!fits));
    figure.querySelector("[role=status]")!.textContent = fits ? "" : options.format.message("what_if.range", {most: options.format.value(most, "ratio", {digits: 1})});
    if (fits) figure.querySelector(".qd-finding")!.textContent = sentence({churn, nrr, mrr}, chosen, options);
  });
}

const share = (value: number, {format}: Pick<WhatIfOptions, "format">): string => format.percent(value, 1);

function sentence(now: ChurnNow, chosen: number, {format, project}: WhatIfOptions): string {
  const [as, then] = [project(now, 0), project(now, chosen / 100)];
  return format.message("what_if.finding", {
    points: format.value(chosen, "ratio", {digits: chosen % 1 === 0 ? 0 : 1}), count: chosen, nrr: share(then.nrr, {format}), was: share(as.nrr, {format}), mrr: format.value(then.mrr, "currency"), revenue: format.value(then.revenue, "currency"), more: format.value(then.revenue - as.revenue, "currency")
  });
}

function whatIfTable(now: ChurnNow, most: number, {format, document, project}: WhatIfOptions): HTMLElement {
  const percent = (value: number): TableCell => ({text: format.value(value, "percent", {bare: true, digits: 1}), sort: value});
  const money = (value: number): TableCell => ({text: format.value(value, "currency", {precise: true, bare: true}), sort: value});
  const column = (key: string, unit: string) => ({label: format.message(`what_if.column.${key}`), numeric: true, unit});
  const currency = format.unit("currency");
  return table({
    caption: format.message("what_if.caption"),
    columns: [{label: format.message("what_if.column.points")}, column("churn", "%"), column("nrr", "%"), column("mrr", currency), column("revenue", currency), column("more", currency)],
    rows: [0, ...points.filter((one) => one <= most)].map((one): TableCell[] => {
      const then = project(now, one / 100);
      return [{text: format.value(one, "ratio", {digits: 0}), sort: one}, percent(then.churn), percent(then.nrr), money(then.mrr), money(then.revenue), money(then.revenue - project(now, 0).revenue)];
    })
  }, {format, document});
}
