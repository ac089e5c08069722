// What the bands said of who left: the share that was gone within the horizon after each scoring, with interval and count.

import type {HealthOutcome, HealthTold} from "../../query/health/question.js";
import {chart} from "../chart.js";
import {countText} from "../countText.js";
import {svgElement} from "../element.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import {finishPlot, plots} from "../plot.js";
import {rankPlot, type RankBar} from "../product/rankPlot.js";
import {type TableCell, table} from "../table.js";
import {bandName, healthNotes, type HealthOptions} from "./healthBands.js";

/** Returns the figure; a note in its place where no scoring is old enough. */
export function healthReplay(told: HealthTold, options: HealthOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room, limits} = options;
  const {replay} = told;
  const shown = replay.bands.filter(({suppressed}) => !suppressed);
  if (shown.length === 0) return emptyState({why: replay.bands.length > 0 ? "no_rows" : "immature", ...(replay.bands.length > 0 && {detail: format.reason("suppressed")}), format, document});
  const finding = findingOf(shown, options);
  const subtitle = format.message("health.replay.subtitle", {days: limits.horizon, count: replay.days, from: format.date(replay.from!), to: format.date(replay.to!), as_of: format.date(told.asOf)});
  const bars = shown.map((one): RankBar => ({
    name: bandName(one.band, {format}), said: saidOf(one, options), value: one.rate!, interval: one.interval!, small: one.band === "none" || one.verdict === "few",
    tip: [bandName(one.band, {format}), saidOf(one, options), intervalText(one, options), verdictText(one, options)].filter(Boolean).join("\n")
  }));
  const words = {label: finding, description: bars.map(({name, said}) => `${name}: ${said}`).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const line = svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, svgElement(document, "path", {d: "M0,6H12", stroke: "currentColor", "stroke-width": 1.5}));
  const keys = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("health.replay.key.rate", {days: limits.horizon})},
    {swatch: line, text: format.message("health.replay.key.interval")},
    ...(bars.some(({small}) => small) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("health.replay.key.unjudged")}] : [])
  ];
  const hidden = replay.bands.length - shown.length;
  const notes = [
    format.message("health.replay.note.known", {days: limits.horizon}), format.message("health.replay.note.overlap", {overlapping: limits.overlapping}),
    ...(hidden > 0 ? [format.message("rfm.note.suppressed", {count: hidden})] : []), ...healthNotes(told, options)
  ];
  const figure = chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(shown, subtitle, options), interactive, heading, format, document});
  figure.querySelector(".qd-twin")!.before(verdictTable(shown, options));
  return figure;
}

const rateText = (rate: number | null, {format}: Pick<HealthOptions, "format">): string => (rate === null ? "–" : format.percent(rate, rate > 0 && rate < 0.1 ? 1 : 0));
const saidOf = ({rate, lost, scorings}: HealthOutcome, {format}: Pick<HealthOptions, "format">): string => format.message("health.replay.said", {rate: rateText(rate, {format}), lost: countText(lost, {format}), n: countText(scorings, {format})});
const intervalText = ({interval}: HealthOutcome, {format}: Pick<HealthOptions, "format">): string =>
  interval ? format.message("caveat.interval", {low: rateText(interval[0], {format}), high: rateText(interval[1], {format})}) : "";
const verdictText = ({verdict}: HealthOutcome, {format, limits}: Pick<HealthOptions, "format" | "limits">): string =>
  format.message(`health.verdict.${verdict ?? "none"}`, {least: limits.scorings});

/** "Red 100%, amber 37%, green 3% left within 90 days: each worse band loses more" */
function findingOf(shown: readonly HealthOutcome[], {format, limits}: HealthOptions): string {
  const banded = shown.filter(({band}) => band !== "none");
  const judged = banded.filter(({verdict}) => verdict !== "best");
  const flagged = judged.filter(({verdict}) => verdict !== "predicts");
  const names = (of: readonly HealthOutcome[]) => format.list(of.map(({band}) => bandName(band, {format})));
  return format.message("health.replay.finding", {
    days: limits.horizon, rates: format.list(banded.map((one) => `${bandName(one.band, {format})} ${rateText(one.rate, {format})}`)),
    verdict: judged.length === 0 ? "none" : flagged.length === 0 ? "all" : "flagged", count: flagged.length, bands: names(flagged)
  });
}

/** Whether a band tells who leaves stands open, in words. */
function verdictTable(shown: readonly HealthOutcome[], options: HealthOptions): HTMLElement {
  const {format, document, limits} = options;
  const made = table(
    {
      caption: format.message("health.verdicts"),
      columns: [{label: format.message("health.column.band")}, {label: format.message("health.column.rate", {days: limits.horizon})}, {label: format.message("health.column.verdict")}],
      rows: shown.map((one): TableCell[] => [
        {text: bandName(one.band, options)},
        {text: `${saidOf(one, options)}; ${intervalText(one, options)}`},
        {text: verdictText(one, options), ...(one.verdict === "fails" && {tone: "bad" as const})}
      ])
    },
    {format, document}
  );
  made.classList.add("qd-sentences");
  return made;
}

function twinOf(shown: readonly HealthOutcome[], caption: string, {format, document, limits}: HealthOptions): HTMLElement {
  const share = (value: number | undefined | null): TableCell => ({text: value === null || value === undefined ? "–" : format.value(value, "percent", {bare: true, digits: 1}), sort: value ?? null});
  const count = (value: number): TableCell => ({text: countText(value, {format}), sort: value});
  const column = (key: string, unit?: string) => ({label: format.message(`health.column.${key}`, {days: limits.horizon}), numeric: true, ...(unit && {unit})});
  return table(
    {
      caption,
      columns: [{label: format.message("health.column.band")}, column("scorings"), column("accounts"), column("lost"), column("rate", "%"), column("low", "%"), column("high", "%")],
      rows: shown.map(({band, scorings, customers, lost, rate, interval}): TableCell[] => [{text: bandName(band, {format})}, count(scorings), count(customers), count(lost), share(rate), share(interval?.[0]), share(interval?.[1])])
    },
    {format, document}
  );
}
