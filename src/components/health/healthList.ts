// Who is at risk, or whose score fell: what is at stake, what changed, what to do; the first of them, the file of all.

import {csvText, type CsvValue} from "../../format/csv.js";
import {plainText} from "../../format/text.js";
import type {HealthList, HealthMember, HealthTold} from "../../query/health/question.js";
import {countText} from "../countText.js";
import {element} from "../element.js";
import type {ComponentOptions} from "../options.js";
import {saveButton} from "../saveButton.js";
import {type TableCell, type TableColumn, table} from "../table.js";
import {bandName, healthNotes, moneyText, noHealth, type HealthOptions} from "./healthBands.js";
import {scoreLine} from "./scoreLine.js";

export interface HealthListOptions extends HealthOptions {
  /** What the playbook says to do with those in the red band, and with those whose term ends in silence. */
  readonly actions: Readonly<Record<NonNullable<HealthMember["why"]>, string>>;
  /** Hands the reader all of the list as a file; absent where no script runs. */
  readonly save?: () => void;
}

/** Returns the list; a note in its place where customers may not be listed. */
export function healthList(told: HealthTold, list: HealthList | null, options: HealthListOptions): HTMLElement {
  const {format, document, heading = "h3", save, limits} = options;
  if (!list) return noHealth(told, options);
  return element(
    document,
    "figure",
    {class: "qd-chart qd-dropped"},
    element(
      document,
      "figcaption",
      {},
      element(document, heading, {class: "qd-finding"}, findingOf(list, options)),
      element(document, "p", {class: "qd-subtitle"}, format.message(list.id === "at_risk" ? "health.list.subtitle.at_risk" : "health.list.subtitle.fell", {since: format.date(list.since), as_of: format.date(told.asOf)}))
    ),
    list.entries.length > 0 && listTable(list, options),
    element(document, "p", {class: "qd-caveats"}, [
      ...(list.id === "at_risk" ? [format.message("health.list.note.stake"), format.message("health.list.note.days", {days: limits.far})] : []), format.message("health.list.note.line"), ...healthNotes(told, options)
    ].join(" · ")),
    // Before a script runs its room is kept.
    list.entries.length > 0 && element(document, "div", {class: "qd-room", "data-count": list.count}, save && saveHealth(list.count, save, options))
  );
}

/** Returns the button that hands the reader all of the list. */
export const saveHealth = (count: number, save: () => void, {format, document}: ComponentOptions): HTMLElement => saveButton(format.message("rfm.members.save", {count}), save, document);

const isRisk = ({id}: Pick<HealthList, "id">): boolean => id === "at_risk";
const beforeOf = ({id}: Pick<HealthList, "id">, {before}: HealthMember): number | null => (id === "fell_1" ? before.month : before.quarter);
const fallOf = (list: Pick<HealthList, "id">, one: HealthMember): number | null => {
  const before = beforeOf(list, one);
  return before === null || one.score === null ? null : one.score - before;
};

function findingOf(list: HealthList, {format}: HealthListOptions): string {
  const [first] = list.entries;
  const fall = first && !isRisk(list) ? fallOf(list, first) : null;
  return format.message(isRisk(list) ? "health.list.finding.at_risk" : "health.list.finding.fell", {
    count: list.count, mrr: moneyText(list.mrr, {format}), year: moneyText(12 * list.mrr, {format}), months: list.id === "fell_1" ? 1 : 3, points: fall === null ? "–" : scoreText(Math.abs(fall), {format})
  });
}

const scoreText = (score: number | null, {format}: Pick<HealthListOptions, "format">): string => format.value(score, "score", {digits: 0});
const signed = (points: number | null, options: Pick<HealthListOptions, "format">): string => (points === null ? "–" : Math.abs(points) < 0.5 ? scoreText(0, options) : `${points < 0 ? "−" : "+"}${scoreText(Math.abs(points), options)}`);
const headingOf = ({entries}: HealthList, {format}: Pick<HealthListOptions, "format">): string => format.message(entries.some(({record}) => record !== null) ? "rfm.members.record" : "rfm.members.customer");
const daysText = (days: number | null, {format, limits: {far}}: Pick<HealthListOptions, "format" | "limits">): string => (days === null ? "–" : days >= far ? format.message("health.list.far", {days: far}) : countText(days, {format}));

/** "relation 100 → 14, renewal 80 → 27" */
function changesText({fell}: HealthMember, {format}: Pick<HealthListOptions, "format">, most = Infinity): string {
  return fell.slice(0, most).map(({input, from, to}) => {
    const name = format.message(`health.input.${input}`);
    return from === null ? format.message("health.list.new", {input: name, to: scoreText(to, {format})}) : format.message("health.list.change", {input: name, from: scoreText(from, {format}), to: scoreText(to, {format})});
  }).join(", ");
}

/** Inputs that a row names; the file names all. */
const named = 3;

function listTable(list: HealthList, options: HealthListOptions): HTMLElement {
  const {format, document, actions} = options;
  const risk = isRisk(list);
  const column = (key: string, more: Partial<TableColumn> = {}): TableColumn => ({label: format.message(`health.list.${key}`), ...more});
  const money = (value: number | null): TableCell => ({text: format.value(value, "currency", {precise: true, bare: true}), sort: value});
  const score = (value: number | null): TableCell => ({text: scoreText(value, {format}), sort: value});
  const currency = {numeric: true, unit: format.unit("currency")};
  const made = table(
    {
      caption: format.message(risk ? "health.list.caption.at_risk" : "health.list.caption.fell", {shown: list.entries.length, count: list.count}),
      columns: [
        {label: headingOf(list, {format})}, ...(list.hasOwner ? [column("owner")] : []), column("mrr", currency), ...(risk ? [column("year", currency), column("days", {numeric: true})] : []),
        column("band"), column("score", {numeric: true}), column("fall", {numeric: true}), column("line"), column("changed"), ...(risk ? [column("do")] : [])
      ],
      rows: list.entries.map((one): TableCell[] => {
        const line = scoreLine(one.scores, {format, document});
        const fall = fallOf(list, one);
        return [
          one.record === null ? {text: countText(one.customer, {format}), sort: one.customer} : {text: plainText(one.record)},
          ...(list.hasOwner ? [{text: format.member("owner", one.owner)}] : []), money(one.mrr),
          ...(risk ? [money(one.mrr === null ? null : 12 * one.mrr), {text: daysText(one.daysLeft, options), sort: one.daysLeft}] : []),
          {text: bandName(one.band, {format})}, score(one.score), {text: signed(fall, {format}), sort: fall, ...(fall !== null && fall <= -0.5 && {tone: "bad" as const})},
          {text: line ? "" : "–", sort: one.score, ...(line && {drawing: line})}, {text: changesText(one, {format}, named) || format.message("health.list.nothing")},
          ...(risk ? [{text: one.why ? actions[one.why] : "–"}] : [])
        ];
      })
    },
    {format, document}
  );
  made.classList.add("qd-health-list");
  return made;
}

/** Returns the list as CSV, numbers unrounded; nothing that a spreadsheet would run. */
export function healthCsv(list: HealthList, {format, actions}: Pick<HealthListOptions, "format" | "actions">): string {
  const keys = [...(list.hasOwner ? ["owner"] : []), "mrr", "year", "days", "band", "score", "known", "month_ago", "quarter_ago", "changed", "do"];
  return csvText([headingOf(list, {format}), ...keys.map((key) => format.message(`health.list.${key}`))], list.entries.map((one): CsvValue[] => [
    one.record ?? one.customer, ...(list.hasOwner ? [one.owner] : []), one.mrr, one.mrr === null ? null : 12 * one.mrr, one.daysLeft, bandName(one.band, {format}), one.score, one.confidence,
    one.before.month, one.before.quarter, changesText(one, {format}), one.why ? actions[one.why] : null
  ]));
}
