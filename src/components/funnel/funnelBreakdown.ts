// One small funnel for each member, all on one scale: the share that reached each step, with its interval.

import * as Plot from "@observablehq/plot";
import {shorten} from "../../format/text.js";
import type {FunnelCounts, FunnelRow, StepResult} from "../../query/funnel/answer.js";
import {chart} from "../chart.js";
import {emptyState} from "../emptyState.js";
import {printPick} from "../pick.js";
import {type PlotSize, finishPlot, pickable, plots} from "../plot.js";
import {type TableCell, makeSortable, table} from "../table.js";
import {countText, funnelSubtitle, noFunnel, stepName, totalOf, type FunnelViewOptions} from "./frame.js";
import {swatch} from "./patterns.js";

export interface FunnelBreakdownOptions extends FunnelViewOptions {
  /** Panels drawn; the table holds all members. Default 8. */
  readonly max?: number;
  /** Members that a reader has chosen: drawn, however far down they stand. */
  readonly chosen?: readonly (string | null)[];
}

/** Entries below which a rate is grey and not ranked. */
const floor = 10;

const mature = ({entered, inProgress}: FunnelRow): number => entered - inProgress;
const overall = ({steps}: FunnelRow): StepResult["overall"] => steps.at(-1)!.overall;

/** Returns the figure; a note in its place where it is not broken down or nothing is left to compare. */
export function funnelBreakdown(told: FunnelCounts, options: FunnelBreakdownOptions): HTMLElement {
  const {format, document, heading, interactive = false, room, max = 8, chosen = []} = options;
  const empty = noFunnel(told, options);
  if (empty) return empty;
  const {by} = told;
  const members = told.rows.filter(({total, suppressed}) => !total && !suppressed);
  if (by === null || members.length === 0 || !options.reading.chain) return emptyState({why: "no_rows", format, document});
  const beyond = members.slice(max).filter(({member}) => chosen.includes(member)).slice(0, max);
  const shown = [...members.slice(0, max - beyond.length), ...beyond];
  const finding = breakdownFinding(told, members, options);
  const name = ({member}: FunnelRow) => format.member(by, member);
  const words = {label: finding, description: shown.map((row) => `${name(row)}: ${format.value(overall(row).value, "percent")}`).join("; ")};
  const drawings = plots((size) => pickable(finishPlot(panels(told, shown, size, options), size, words), shown.map(({member}) => printPick(by, member))), {document, live: interactive, ...(room && {room})});
  const subtitle = funnelSubtitle(told, {format, by: true});
  const hidden = told.rows.filter(({suppressed}) => suppressed).length;
  const notes = [
    ...(members.length > shown.length ? [format.message("chart.first_of", {shown: shown.length, count: members.length})] : []),
    ...(told.funnel.credit === "all" ? [format.message("funnels.note.credit_all")] : []),
    ...(hidden > 0 ? [format.message("funnels.note.suppressed", {count: hidden})] : [])
  ];
  const keys = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("funnels.breakdown.share")},
    {swatch: swatch("var(--qd-signal)", document), text: format.message("funnels.breakdown.all")},
    ...(shown.some((row) => mature(row) < floor) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("mark.small")}] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes, twin: () => twinOf(told, members, subtitle, options), interactive, format, document, ...(heading && {heading})});
}

function breakdownFinding(told: FunnelCounts, members: readonly FunnelRow[], {format, reading}: FunnelViewOptions): string {
  const by = told.by!;
  const sound = members.filter((row) => mature(row) >= floor && overall(row).value !== null).sort((a, b) => overall(b).value! - overall(a).value!);
  const [best, worst] = [sound[0], sound.at(-1)];
  const difference = best && worst && best !== worst ? reading.difference(overall(best), overall(worst)) : null;
  return format.message("funnels.breakdown.finding", {
    differs: difference?.differs ? "yes" : best && best === worst ? "one" : sound.length === 0 ? "none" : "no",
    best: best ? format.member(by, best.member) : "", worst: worst ? format.member(by, worst.member) : "",
    high: format.value(best ? overall(best).value : null, "percent"), low: format.value(worst ? overall(worst).value : null, "percent"),
    dimension: format.dimension(by, "sentence"),
    last: stepName(told, told.funnel.steps.length - 1, {format})
  });
}

function panels(told: FunnelCounts, shown: readonly FunnelRow[], {width, fontSize, name: size}: PlotSize, {format, document}: FunnelViewOptions): SVGSVGElement | HTMLElement {
  const columns = Math.min(shown.length, {narrow: 1, medium: 2, wide: 3, full: 4}[size]);
  const gap = 28;
  const wide = (width - gap * (columns - 1)) / columns;
  const band = 17;
  // Of the first step every share is 1.
  const positions = told.funnel.steps.map((_, k) => k).slice(1);
  const tall = 22 + positions.length * band + 16;
  const letters = Math.min(20, Math.floor((wide * 0.42) / (fontSize * 0.58)));
  const left = Math.min(letters, Math.max(...positions.map((k) => [...stepName(told, k, {format})].length))) * fontSize * 0.58 + 8;
  const total = totalOf(told)!;
  // One scale for all panels; what runs over it is an interval of few entries.
  const most = Math.max(0.01, ...[total, ...shown].flatMap((row) => positions.map((k) => row.steps[k]!.overall.value ?? 0)));
  const span = (wide - left - 46) / 1.06;
  const corner = (i: number) => ({x: (i % columns) * (wide + gap), y: Math.floor(i / columns) * tall});
  const cells = shown.flatMap((row, i) => positions.map((k, j) => ({row, i, k, j, cell: row.steps[k]!.overall, small: mature(row) < floor})));
  type PanelCell = (typeof cells)[number];
  const x = (cell: Pick<PanelCell, "i">, share: number) => corner(cell.i).x + left + Math.min(1.05, share / most) * span;
  const y = ({i, j}: PanelCell) => corner(i).y + 22 + j * band;
  const middle = (cell: PanelCell) => y(cell) + band / 2;
  const known = cells.filter(({cell}) => cell.value !== null);
  const ranged = known.filter(({cell}) => cell.interval);
  const over = cells.filter(({k}) => total.steps[k]!.overall.value !== null);
  const name = ({member}: FunnelRow) => format.member(told.by!, member);
  const places = shown.map((row, i) => ({row, i}));
  return Plot.plot({
    document, width, height: Math.ceil(shown.length / columns) * tall - 8, margin: 0,
    x: {type: "identity", axis: null}, y: {type: "identity", axis: null},
    marks: [
      Plot.rect(known, {x1: (cell: PanelCell) => x(cell, 0), x2: (cell: PanelCell) => x(cell, cell.cell.value!), y1: (cell: PanelCell) => y(cell) + 3, y2: (cell: PanelCell) => y(cell) + band - 3, fill: (cell: PanelCell) => (cell.small ? "var(--qd-small)" : "var(--qd-actual)")}),
      Plot.link(ranged, {x1: (cell: PanelCell) => x(cell, cell.cell.interval![0]), x2: (cell: PanelCell) => x(cell, cell.cell.interval![1]), y1: middle, y2: middle, stroke: "var(--qd-ground)", strokeWidth: 3.5}),
      Plot.link(ranged, {x1: (cell: PanelCell) => x(cell, cell.cell.interval![0]), x2: (cell: PanelCell) => x(cell, cell.cell.interval![1]), y1: middle, y2: middle, stroke: "var(--qd-quiet)", strokeWidth: 1.5}),
      Plot.link(over, {x1: (cell: PanelCell) => x(cell, total.steps[cell.k]!.overall.value!), x2: (cell: PanelCell) => x(cell, total.steps[cell.k]!.overall.value!), y1: (cell: PanelCell) => y(cell) + 1, y2: (cell: PanelCell) => y(cell) + band - 1, stroke: "var(--qd-signal)", strokeWidth: 2}),
      Plot.link(places, {x1: (cell) => x(cell, 0), x2: (cell) => x(cell, 0), y1: ({i}) => corner(i).y + 21, y2: ({i}) => corner(i).y + 23 + positions.length * band, stroke: "var(--qd-baseline)", strokeWidth: 1}),
      Plot.text(places, {x: ({i}) => corner(i).x, y: ({i}) => corner(i).y + 10, text: ({row}) => shorten(name(row), size === "narrow" ? 32 : 26), textAnchor: "start", fontSize, fontWeight: 600, fill: "currentColor"}),
      Plot.text(places, {x: ({i}) => corner(i).x + wide, y: ({i}) => corner(i).y + 10, text: ({row}) => format.message("n", {n: countText(mature(row), {format})}), textAnchor: "end", fontSize: fontSize - 1, fontVariant: "tabular-nums", fill: "var(--qd-quiet)"}),
      Plot.text(cells, {x: (cell: PanelCell) => x(cell, 0) - 6, y: middle, text: ({k}: PanelCell) => shorten(stepName(told, k, {format}), letters), textAnchor: "end", fontSize: fontSize - 1, fill: "var(--qd-quiet)"}),
      Plot.text(cells, {x: ({i}: PanelCell) => corner(i).x + wide, y: middle, text: ({cell}: PanelCell) => format.value(cell.value, "percent"), textAnchor: "end", fontSize: fontSize - 1, fontVariant: "tabular-nums", fill: "currentColor"}),
      Plot.rect(places, {x1: ({i}) => corner(i).x, x2: ({i}) => corner(i).x + wide, y1: ({i}) => corner(i).y, y2: ({i}) => corner(i).y + tall - 8, fill: "currentColor", fillOpacity: 0, title: ({row}) => tipOf(told, row, name(row), {format})})
    ]
  });
}

function tipOf(told: FunnelCounts, row: FunnelRow, name: string, {format}: Pick<FunnelViewOptions, "format">): string {
  const steps = row.steps.slice(1).map(({position, overall: cell, reached}) => {
    const range = cell.interval ? ` (${format.percent(cell.interval[0], 1)}–${format.percent(cell.interval[1], 1)})` : "";
    return `${stepName(told, position, {format})}: ${countText(reached, {format})}, ${format.value(cell.value, "percent")}${range}`;
  });
  return [`${shorten(name, 80)}: ${countText(row.entered, {format})}`, ...steps].join("\n");
}

function twinOf(told: FunnelCounts, members: readonly FunnelRow[], caption: string, {format, document, interactive}: FunnelViewOptions): HTMLElement {
  const line = (row: FunnelRow, heading: TableCell): TableCell[] => {
    const lost = row.steps.reduce((all, step) => all + (step.lostValue ?? 0), 0);
    return [
      heading,
      {text: countText(row.entered, {format}), sort: row.entered},
      {text: countText(row.inProgress, {format}), sort: row.inProgress, muted: true},
      ...row.steps.slice(1).map(({overall: {value, interval}}): TableCell => ({
        text: format.value(value, "percent", {precise: true, bare: true}), sort: value, muted: mature(row) < floor,
        ...(interval && {note: format.message("caveat.interval", {low: format.percent(interval[0], 1), high: format.percent(interval[1], 1)})})
      })),
      {text: format.value(lost || null, "currency", {precise: true, bare: true}), sort: lost || null}
    ];
  };
  const made = table(
    {
      caption,
      columns: [
        {label: format.dimension(told.by!)}, {label: format.message("funnels.column.entered"), numeric: true}, {label: format.message("funnels.column.in_progress"), numeric: true},
        ...told.funnel.steps.slice(1).map((_, k) => ({label: stepName(told, k + 1, {format}), unit: format.unit("percent"), numeric: true})),
        {label: format.message("funnels.column.lost_value"), unit: format.unit("currency"), numeric: true}
      ],
      rows: members.map((row) => line(row, {text: format.member(told.by!, row.member), pick: printPick(told.by!, row.member)})),
      ...(told.funnel.credit !== "all" && {total: line(totalOf(told)!, {text: format.message("table.total")})})
    },
    {format, document}
  );
  if (interactive) makeSortable(made, {format, document});
  return made;
}
