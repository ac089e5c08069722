// Two groups of cohorts beside one another: by how much they differ, and whether chance explains it. The groups are chosen
// by their first and last cohort.

import type {CohortAnswer} from "../../query/cohort/answer.js";
import type {CohortComparison, CohortGroup} from "../../query/cohort/reading.js";
import type {CohortRange, CohortView} from "../../query/cohort/view.js";
import {element} from "../element.js";
import {type TableCell, table} from "../table.js";
import {ageName, cohortSubtitle, countText, lineName, noCohort, noteOf, type CohortViewOptions} from "./frame.js";

export interface CohortCompareOptions extends CohortViewOptions {
  readonly comparison: CohortComparison | null;
  /** Ages that can be chosen. */
  readonly ages: readonly number[];
  /** Why there is none: a measure of money, lines by a dimension, too few cohorts. */
  readonly why: "money" | "members" | "few";
  /** Told of a choice; without it (at build) the controls are there, but disabled. */
  readonly onChange?: (view: Pick<CohortView, "a" | "b" | "age">) => void;
}

/** Returns the figure; a note in its place where there are no two groups. */
export function cohortCompare(answer: CohortAnswer, options: CohortCompareOptions): HTMLElement {
  const {format, document, heading = "h3", comparison} = options;
  const empty = noCohort(answer, options);
  if (empty) return empty;
  if (!comparison) return noteOf(format.message(`cohorts.compare.why.${options.why}`), document);
  const names = [groupName(answer, comparison.a, options), groupName(answer, comparison.b, options)] as const;
  return element(
    document,
    "figure",
    {class: "qd-chart qd-beside"},
    element(document, "figcaption", {}, element(document, heading, {class: "qd-finding"}, compareFinding(answer, comparison, names, options)), element(document, "p", {class: "qd-subtitle"}, cohortSubtitle(answer, {format}))),
    controls(answer, comparison, options),
    groupTable(answer, comparison, names, options),
    element(document, "p", {class: "qd-caveats"}, [format.message("cohorts.compare.note"), ...(answer.choices.base === "previous" ? [format.message("cohorts.compare.of_cohort")] : [])].join(" · "))
  );
}

function groupName(answer: CohortAnswer, {range: [from, to]}: Pick<CohortGroup, "range">, options: CohortViewOptions): string {
  const name = (key: string) => lineName(answer, {key, member: null}, options);
  return from === to ? name(from) : `${name(from)} – ${name(to)}`;
}

const points = (difference: number, {format}: Pick<CohortViewOptions, "format">): string => format.change({value: difference}, {value: 0}, {unit: "percent", direction: "up"}).absolute;

function compareFinding(answer: CohortAnswer, {a, b, age, difference, overlap}: CohortComparison, [first, second]: readonly [string, string], {format}: CohortViewOptions): string {
  const cell = answer.average.find(({period}) => period === age) ?? {period: age};
  return format.message("cohorts.compare.finding", {
    verdict: overlap ? "overlap" : !difference ? "none" : difference.differs === null ? "small" : difference.differs ? "differs" : "same",
    a: first, b: second, one: format.value(a.value, "percent"), other: format.value(b.value, "percent"), age: ageName(answer, cell, {format}),
    difference: difference ? points(difference.difference, {format}) : ""
  });
}

function groupTable(answer: CohortAnswer, {a, b, difference}: CohortComparison, names: readonly [string, string], {format, document}: CohortViewOptions): HTMLElement {
  const share = (value: number | undefined): TableCell => ({text: value === undefined ? "–" : format.value(value, "percent", {precise: true, bare: true}), sort: value ?? null});
  const row = (name: string, group: CohortGroup): TableCell[] => [
    {text: name}, {text: countText(group.cohorts, {format})}, {text: countText(group.observed, {format})}, {text: countText(group.active, {format})},
    share(group.value ?? undefined), share(group.interval?.[0]), share(group.interval?.[1])
  ];
  const known = difference !== null && difference.differs !== null;
  const blank: TableCell = {text: ""};
  return table(
    {
      caption: cohortSubtitle(answer, {format}),
      columns: [
        {label: format.message("cohorts.compare.group")}, ...["cohorts", "customers", "active"].map((key) => ({label: format.message(`cohorts.compare.${key}`), numeric: true})),
        ...["share", "from", "to"].map((key) => ({label: format.message(`cohorts.compare.${key}`), unit: format.unit("percent"), numeric: true}))
      ],
      rows: [row(names[0], a), row(names[1], b)],
      total: [{text: format.message("cohorts.compare.difference")}, blank, blank, blank, ...[known ? difference.difference : undefined, known ? difference.interval[0] : undefined, known ? difference.interval[1] : undefined].map((value): TableCell => ({text: value === undefined ? "–" : points(value, {format})}))]
    },
    {format, document}
  );
}

function controls(answer: CohortAnswer, {a, b, age}: CohortComparison, options: CohortCompareOptions): HTMLElement {
  const {format, document, ages, onChange} = options;
  const disabled = onChange === undefined;
  const lines = answer.lines.filter(({isTruncated}) => !isTruncated);
  const select = (name: string, label: string, chosen: string, list: readonly {readonly value: string; readonly text: string}[]) => {
    const control = element(document, "select", {name: `cohort-${name}`, disabled, autocomplete: "off"}, list.map(({value, text}) => element(document, "option", {value, selected: value === chosen}, text)));
    return {control, label: element(document, "label", {}, element(document, "span", {}, format.message(`cohorts.compare.choose.${label}`)), control)};
  };
  const starts = lines.map((line) => ({value: line.key, text: lineName(answer, line, options)}));
  const [fromA, toA, fromB, toB] = [select("a-from", "a_from", a.range[0], starts), select("a-to", "a_to", a.range[1], starts), select("b-from", "b_from", b.range[0], starts), select("b-to", "b_to", b.range[1], starts)];
  const old = select("age", "age", String(age), ages.map((one) => ({value: String(one), text: ageName(answer, answer.average.find(({period}) => period === one) ?? {period: one}, {format})})));
  const ordered = (from: HTMLSelectElement, to: HTMLSelectElement): CohortRange => (from.value <= to.value ? [from.value, to.value] : [to.value, from.value]);
  const all = [fromA, toA, fromB, toB, old];
  for (const {control} of all) control.addEventListener("change", () => onChange?.({a: ordered(fromA.control, toA.control), b: ordered(fromB.control, toB.control), age: Number(old.control.value)}));
  const form = element(document, "form", {class: "qd-filters qd-switches", "aria-label": format.message("cohorts.compare.choices")}, element(document, "div", {class: "qd-controls"}, all.map(({label}) => label)));
  form.addEventListener("submit", (event) => event.preventDefault());
  return form;
}
