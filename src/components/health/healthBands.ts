// How the customers' health stands: how many are in each band and what they pay, and what the score is made of.

import type {healthLimits, HealthRules} from "../../metrics/health.js";
import type {HealthBand, HealthGroup, HealthTold} from "../../query/health/question.js";
import {chart} from "../chart.js";
import {countText} from "../countText.js";
import {emptyState} from "../emptyState.js";
import type {ComponentOptions} from "../options.js";
import {finishPlot, plots} from "../plot.js";
import {rankPlot, type RankBar} from "../product/rankPlot.js";
import {type TableCell, table} from "../table.js";

export interface HealthOptions extends ComponentOptions {
  readonly heading?: "h2" | "h3" | "h4";
  readonly interactive?: boolean;
  /** Of `plots`. */
  readonly room?: number;
  /** Weights and bands of the report. */
  readonly rules: HealthRules;
  /** How far a replay looks, and from where on numbers say something. */
  readonly limits: typeof healthLimits;
  /** Whether the reader chose a period, which health does not follow. */
  readonly hasPeriod?: boolean;
}

/** Returns "Amber". */
export const bandName = (band: HealthGroup, {format}: Pick<ComponentOptions, "format">): string => format.message(`health.band.${band}`);

/** Returns "40 to under 70". */
export function bandScale(band: HealthGroup, {format, rules: {bands}}: Pick<HealthOptions, "format" | "rules">): string {
  const number = (value: number) => format.value(value, "ratio", {digits: Number.isInteger(value) ? 0 : 1});
  return format.message(`health.band.${band}.scale`, {amber: number(bands.amber), green: number(bands.green)});
}

/** Returns what qualifies the numbers of every view of health. */
export function healthNotes({notApplied}: Pick<HealthTold, "notApplied">, {format, hasPeriod = false}: Pick<HealthOptions, "format" | "hasPeriod">): string[] {
  const missed = [...(hasPeriod ? [format.message("rfm.period")] : []), ...notApplied.map((id) => format.dimension(id))];
  return missed.length > 0 ? [format.message("caveat.not_applied", {dimensions: format.list(missed, "or")})] : [];
}

/** Returns the note in place of a view whose numbers are too few, or that has no customers. */
export const noHealth = ({bands}: Pick<HealthTold, "bands">, {format, document}: ComponentOptions): HTMLElement =>
  emptyState({why: "no_rows", ...(bands.length > 0 && {detail: format.reason("suppressed")}), format, document});

export const moneyText = (value: number | null, {format}: Pick<ComponentOptions, "format">): string => format.value(value, "currency");

/** Returns the figure; a note in its place where nobody pays, or too few do. */
export function healthBands(told: HealthTold, options: HealthOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room} = options;
  const shown = told.bands.filter(({suppressed}) => !suppressed);
  if (shown.length === 0 || told.customers === 0) return noHealth(told, options);
  const finding = findingOf(told, shown, options);
  const subtitle = format.message("health.subtitle", {count: told.customers, mrr: moneyText(told.mrr, {format}), confidence: percentText(told.confidence, {format}), as_of: format.date(told.asOf)});
  const bars = shown.map((one): RankBar => ({
    name: `${bandName(one.band, {format})} (${bandScale(one.band, options)})`, said: saidOf(one, {format}), value: one.customers, small: one.band === "none",
    tip: [bandName(one.band, {format}), saidOf(one, {format}), format.message("health.tip.known", {share: percentText(one.confidence, {format})})].join("\n")
  }));
  const words = {label: finding, description: bars.map(({name, said}) => `${name}: ${said}`).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const hidden = told.bands.length - shown.length;
  const notes = [
    format.message("health.note.score"),
    ...(told.unrated > 0 ? [format.message("health.note.unrated", {count: told.unrated})] : []),
    ...(hidden > 0 ? [format.message("rfm.note.suppressed", {count: hidden})] : []),
    ...healthNotes(told, options)
  ];
  const figure = chart({finding, subtitle, drawings, marks: [], notes, twin: () => twinOf(told, shown, subtitle, options), interactive, heading, format, document});
  figure.querySelector(".qd-twin")!.before(inputTable(told, options));
  return figure;
}

const percentText = (share: number | null, {format}: Pick<ComponentOptions, "format">): string => (share === null ? "–" : format.percent(share, 0));
const saidOf = ({customers, mrr}: HealthBand, {format}: Pick<ComponentOptions, "format">): string => format.message("health.said", {count: customers, mrr: moneyText(mrr, {format})});

/** "15 of 318 customers are in the red or the amber band and pay €12.3K a month; of 5 too little is known" */
function findingOf({customers}: HealthTold, shown: readonly HealthBand[], {format}: HealthOptions): string {
  const bad = shown.filter(({band}) => band === "red" || band === "amber");
  const sum = (of: "customers" | "mrr") => bad.reduce((all, one) => all + one[of], 0);
  return format.message("health.finding", {bad: sum("customers"), count: customers, mrr: moneyText(sum("mrr"), {format}), unknown: shown.find(({band}) => band === "none")?.customers ?? 0});
}

/** What the score is made of stands open: nobody has to trust a number whose parts are not told. */
function inputTable({inputs, customers}: HealthTold, {format, document}: HealthOptions): HTMLElement {
  const all = inputs.reduce((sum, {weight}) => sum + weight, 0);
  const made = table(
    {
      caption: format.message("health.inputs"),
      columns: [{label: format.message("health.column.input")}, {label: format.message("health.column.scale")}, {label: format.message("health.column.state")}],
      rows: inputs.map(({input, weight, known, mean}): TableCell[] => [
        {text: format.message("health.input.weighted", {input: format.message(`health.input.${input}`), weight: format.percent(weight / all, 0)})},
        {text: format.message(`health.input.${input}.scale`)},
        {text: mean === null ? format.message("health.input.unknown") : format.message("health.input.state", {known: format.percent(known / customers, 0), mean: format.value(mean, "score", {digits: 0})})}
      ])
    },
    {format, document}
  );
  made.classList.add("qd-sentences");
  return made;
}

function twinOf(told: HealthTold, shown: readonly HealthBand[], caption: string, options: HealthOptions): HTMLElement {
  const {format, document} = options;
  const share = (value: number | null): TableCell => ({text: value === null ? "–" : format.value(value, "percent", {bare: true, digits: 0}), sort: value});
  const money = (value: number): TableCell => ({text: format.value(value, "currency", {precise: true, bare: true}), sort: value});
  const count = (value: number): TableCell => ({text: countText(value, {format}), sort: value});
  const column = (key: string, unit?: string) => ({label: format.message(`health.column.${key}`), numeric: true, ...(unit && {unit})});
  return table(
    {
      caption,
      columns: [{label: format.message("health.column.band")}, {label: format.message("health.column.score")}, column("customers"), column("mrr", format.unit("currency")), column("confidence", "%")],
      rows: shown.map((one): TableCell[] => [{text: bandName(one.band, {format})}, {text: bandScale(one.band, options)}, count(one.customers), money(one.mrr), share(one.confidence)]),
      total: [{text: format.message("rfm.all")}, {text: ""}, count(told.customers), money(told.mrr), share(told.confidence)]
    },
    {format, document}
  );
}
