// Which product follows which, at what rate, after how long: the likeliest pairs as bars, all of them in the table.

import {plainText} from "../../format/text.js";
import type {NextPair, NextProducts} from "../../query/products/question.js";
import {chart, type KeyEntry} from "../chart.js";
import {countText} from "../countText.js";
import {svgElement} from "../element.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import type {ComponentOptions} from "../options.js";
import {finishPlot, plots} from "../plot.js";
import {makeSortable, table, type TableCell} from "../table.js";
import {rankPlot, type RankBar} from "./rankPlot.js";

export interface ProductViewOptions extends ComponentOptions {
  /** Bars drawn; the table holds all. Default 8. */
  readonly rows?: number;
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
}

/** Returns the figure; a note in its place where nothing followed yet. */
export function nextProducts(answer: NextProducts, options: ProductViewOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room, rows = 8} = options;
  const {pairs, window, level, asOf, mature, customers, count, hidden, notApplied} = answer;
  const followed = pairs.filter((pair) => pair.followed > 0);
  if (followed.length === 0) return emptyState({why: customers > 0 && mature === 0 ? "immature" : "no_rows", format, document});
  const shown = followed.slice(0, rows);
  const finding = nextFinding(answer, options);
  const subtitle = format.message("products.next.subtitle", {level, window, as_of: format.date(asOf)});
  const bars = shown.map((pair): RankBar => ({
    name: pairName(pair), said: saidOf(pair, options), value: pair.rate, interval: [pair.low, pair.high], usual: pair.base, small: pair.small, tip: tipOf(pair, window, options)
  }));
  const words = {label: finding, description: shown.map((pair) => `${pairName(pair)}: ${saidOf(pair, options)}`).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const tick = (drawn: SVGElement): SVGSVGElement => svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, drawn);
  const keys: KeyEntry[] = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("products.next.key.rate")},
    {swatch: tick(svgElement(document, "path", {d: "M0,6H12", stroke: "currentColor", "stroke-width": 1.5})), text: format.message("products.next.key.interval")},
    {swatch: tick(svgElement(document, "path", {d: "M6,0V12", stroke: "var(--qd-signal)", "stroke-width": 2.5})), text: format.message("products.next.key.base")},
    ...(shown.some(({small}) => small) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("mark.small")}] : [])
  ];
  const notes = [
    format.message("products.next.note", {window}),
    ...(shown.length < count ? [format.message("chart.first_of", {shown: shown.length, count})] : []),
    ...(hidden > 0 ? [format.message("products.hidden", {count: hidden})] : []),
    ...(notApplied.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(notApplied.map((id) => format.dimension(id)), "or")})] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(answer, subtitle, options), interactive, heading, format, document});
}

const pairName = ({from, to}: NextPair): string => `${plainText(from)} → ${plainText(to)}`;

const daysText = (days: number | null, {format}: Pick<ComponentOptions, "format">): string => format.value(days === null ? null : Math.round(days), "days");

const saidOf = ({rate, days}: NextPair, {format}: Pick<ComponentOptions, "format">): string => `${format.percent(rate)} · ${daysText(days, {format})}`;

/** The pair that leads on most clearly: the highest rate of those whose whole interval lies above what is usual; else the highest rate. */
export function leadPair({pairs}: NextProducts): {readonly pair: NextPair; readonly sure: boolean} | null {
  const sound = pairs.filter(({small, followed}) => !small && followed > 0);
  const sure = sound.filter(({low, base}) => low > base).sort((a, b) => b.rate - a.rate)[0];
  const pair = sure ?? sound[0];
  return pair ? {pair, sure: sure !== undefined} : null;
}

function nextFinding(answer: NextProducts, {format}: ComponentOptions): string {
  const lead = leadPair(answer);
  if (!lead) return format.message("products.next.finding.none", {level: answer.level});
  const {from, to, rate, days, base} = lead.pair;
  return format.message("products.next.finding", {
    sure: lead.sure ? "yes" : "no", from: plainText(from), to: plainText(to), rate: format.percent(rate), days: daysText(days, {format}), base: format.percent(base), window: answer.window
  });
}

function tipOf(pair: NextPair, window: number, {format}: ComponentOptions): string {
  const count = (value: number) => countText(value, {format});
  return [
    pairName(pair),
    format.message("products.next.tip.rate", {rate: format.percent(pair.rate, 1), followed: count(pair.followed), n: count(pair.n), window}),
    format.message("products.next.tip.interval", {low: format.percent(pair.low, 1), high: format.percent(pair.high, 1), base: format.percent(pair.base, 1)}),
    format.message("products.next.tip.others", {together: count(pair.together), before: count(pair.before)})
  ].join("\n");
}

function twinOf({pairs}: NextProducts, caption: string, {format, document, interactive = false}: ProductViewOptions): HTMLElement {
  const say = (key: string) => format.message(`products.next.column.${key}`);
  const unit = format.unit("percent");
  const share = (value: number, small: boolean): TableCell => ({text: format.value(value, "percent", {precise: true, bare: true}), sort: value, muted: small});
  const count = (value: number): TableCell => ({text: countText(value, {format}), sort: value});
  const made = table(
    {
      caption,
      columns: [
        {label: say("from")}, {label: say("to")}, {label: say("n"), numeric: true}, {label: say("followed"), numeric: true}, {label: say("rate"), unit, numeric: true},
        {label: say("low"), unit, numeric: true}, {label: say("high"), unit, numeric: true}, {label: say("days"), numeric: true}, {label: say("base"), unit, numeric: true},
        {label: say("lift"), numeric: true}, {label: say("together"), numeric: true}, {label: say("before"), numeric: true}
      ],
      rows: pairs.map((pair): TableCell[] => [
        {text: plainText(pair.from)}, {text: plainText(pair.to)}, count(pair.n), count(pair.followed), share(pair.rate, pair.small), share(pair.low, pair.small), share(pair.high, pair.small),
        {text: format.value(pair.days, "days", {bare: true}), sort: pair.days}, share(pair.base, false),
        {text: pair.small ? "–" : format.value(pair.lift, "ratio", {digits: 1}), sort: pair.small ? null : pair.lift, ...(pair.small && {note: format.message("mark.small")})},
        count(pair.together), count(pair.before)
      ]),
      max: 12
    },
    {format, document}
  );
  if (interactive) makeSortable(made, {format, document});
  return made;
}
