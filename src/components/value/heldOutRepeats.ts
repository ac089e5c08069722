// Whether the model tells customers apart: mean purchases after the part that is fitted, by repeats in it.

import type {ValueTold} from "../../query/value/question.js";
import {chart, type KeyEntry} from "../chart.js";
import {countText} from "../countText.js";
import {element, svgElement} from "../element.js";
import {emptyState} from "../emptyState.js";
import {swatch} from "../funnel/patterns.js";
import {finishPlot, plots} from "../plot.js";
import {rankPlot, type RankBar} from "../product/rankPlot.js";
import {makeSortable, table, type TableCell} from "../table.js";
import {heldOutNotes, noHoldOutWords, purchasesText, type ValueViewOptions} from "./frame.js";
import {offCell} from "./heldOutMonths.js";

type Group = ValueTold["heldOut"]["byRepeats"][number];

/** Returns the figure; words in its place where nothing is held out. */
export function heldOutRepeats(told: ValueTold, options: ValueViewOptions): HTMLElement {
  const {format, document, heading = "h3", interactive = false, room} = options;
  const {reason, until, byRepeats, months} = told.heldOut;
  if (reason !== null) return element(document, "div", {class: "qd-empty", "data-why": reason}, element(document, "p", {}, noHoldOutWords(reason, told, options)));
  if (byRepeats.length === 0) return emptyState({why: "no_rows", format, document});
  const finding = repeatsFinding(told, options);
  const subtitle = format.message("value.repeats.subtitle", {until: format.date(until), last: format.date(months.at(-1)?.day ?? told.asOf)});
  const bars = byRepeats.map((group): RankBar => ({
    name: nameOf(group, byRepeats, options), said: saidOf(group, options), value: group.observed, usual: group.expected, small: group.customers < told.limits.group,
    tip: [nameOf(group, byRepeats, options), saidOf(group, options), format.message("n", {n: countText(group.customers, {format})})].join("\n")
  }));
  const words = {label: finding, description: bars.map(({name, said}) => `${name}: ${said}`).join("; ")};
  const drawings = plots((size) => finishPlot(rankPlot(bars, size, document), size, words), {document, live: interactive, ...(room && {room})});
  const tick = svgElement(document, "svg", {class: "qd-square", viewBox: "0 0 12 12", "aria-hidden": "true"}, svgElement(document, "path", {d: "M6,0V12", stroke: "var(--qd-signal)", "stroke-width": 2.5}));
  const keys: KeyEntry[] = [
    {swatch: swatch("var(--qd-actual)", document), text: format.message("value.repeats.observed")},
    {swatch: tick, text: format.message("value.repeats.expected")},
    ...(bars.some(({small}) => small) ? [{swatch: swatch("var(--qd-small)", document), text: format.message("mark.small")}] : [])
  ];
  return chart({finding, subtitle, drawings, marks: [], keys, notes: heldOutNotes(told, options), twin: () => twinOf(told, subtitle, options), interactive, heading, format, document});
}

/** "3 repeats"; of the last group "7 repeats or more". */
const nameOf = ({repeats}: Group, groups: readonly Group[], {format}: ValueViewOptions): string =>
  format.message("value.repeats.name", {repeats, more: repeats === groups.at(-1)?.repeats ? "yes" : "no"});

const saidOf = ({expected, observed}: Group, options: ValueViewOptions): string =>
  options.format.message("value.repeats.said", {observed: purchasesText(observed, options, true), expected: purchasesText(expected, options, true)});

/** Where the model is furthest off, of the groups that are large enough. */
function repeatsFinding({heldOut: {byRepeats: groups}, limits}: ValueTold, options: ValueViewOptions): string {
  const {format} = options;
  const [worst] = groups.filter(({customers}) => customers >= limits.group).sort((a, b) => Math.abs(b.expected - b.observed) - Math.abs(a.expected - a.observed));
  if (!worst) return format.message("value.repeats.finding.none");
  return format.message("value.repeats.finding", {
    name: nameOf(worst, groups, options), expected: purchasesText(worst.expected, options, true), observed: purchasesText(worst.observed, options, true)
  });
}

function twinOf({heldOut: {byRepeats: groups}, limits}: ValueTold, caption: string, options: ValueViewOptions): HTMLElement {
  const {format, document, interactive = false} = options;
  const say = (key: string) => format.message(`value.repeats.column.${key}`);
  const number = (value: number, muted: boolean): TableCell => ({text: purchasesText(value, options, true), sort: value, muted});
  const made = table(
    {
      caption,
      columns: [
        {label: say("name")}, {label: say("customers"), numeric: true}, {label: say("observed"), numeric: true}, {label: say("expected"), numeric: true}, {label: say("off"), unit: format.unit("percent"), numeric: true}
      ],
      rows: groups.map((group): TableCell[] => {
        const small = group.customers < limits.group;
        return [
          {text: nameOf(group, groups, options), sort: group.repeats}, {text: countText(group.customers, {format}), sort: group.customers}, number(group.observed, small), number(group.expected, small),
          {...offCell(group, options), muted: small, ...(small && {note: format.message("mark.small")})}
        ];
      })
    },
    {format, document}
  );
  if (interactive) makeSortable(made, {format, document});
  return made;
}
