// What a sales manager works from: how many records lack what, what they are worth, the first of them, the file of all.

import {plainText} from "../format/text.js";
import type {Hygiene, HygieneColumn, HygieneList, HygieneOwner, HygieneRecord} from "../query/manifest.js";
import {type Child, element} from "./element.js";
import {emptyState} from "./emptyState.js";
import type {ComponentOptions} from "./options.js";
import {table, type TableCell} from "./table.js";

export interface HygieneOptions extends ComponentOptions {
  /** Address of a list's file. */
  readonly fileHref: (list: string) => string;
  /** Lists to show; all where absent. */
  readonly lists?: readonly string[];
  /** Records shown of each list. */
  readonly rows?: number;
}

/** Returns a table of all lists, the lists with their first records, and a table by owner. */
export function hygieneLists({lists, owners, ownerCount, uncontactedHours: hours}: Hygiene, options: HygieneOptions): HTMLElement {
  const {format, document} = options;
  const chosen = lists.filter(({id}) => !options.lists || options.lists.includes(id));
  const looked = chosen.filter(({lacks}) => lacks.length === 0);
  const found = looked.filter(({count}) => count > 0);
  const absent = chosen.filter(({lacks}) => lacks.length > 0);
  return element(
    document,
    "div",
    {class: "qd-hygiene"},
    looked.length === 0 ? emptyState({why: "not_in_data", format, document}) : element(document, "div", {class: "card"}, overview(looked, options), absent.length > 0 && absentLists(absent, options)),
    looked.length === 0 && absent.length > 0 && absentLists(absent, options),
    found.length > 0 && element(document, "div", {class: "grid grid-cols-2"}, found.map((list) => listCard(list, hours, options))),
    found.length > 0 && element(document, "div", {class: "card"}, byOwner(found, owners, ownerCount, options))
  );
}

const name = ({id}: HygieneList, {format}: ComponentOptions): string => format.message(`hygiene.${id}.label`);

function overview(lists: readonly HygieneList[], options: HygieneOptions): HTMLElement {
  const {format, document} = options;
  const number = (value: number) => format.value(value, "count", {precise: true});
  const row = (list: HygieneList): TableCell[] => [
    {text: name(list, options), ...(list.count > 0 && {link: {href: `#${list.id}`}})},
    {text: number(list.count), sort: list.count, muted: list.count === 0},
    list.value === null ? {text: "–", sort: null, muted: true, note: format.message("hygiene.no_value")} : {text: format.value(list.value, "currency", {precise: true}), sort: list.value, muted: list.count === 0, ...(list.unpriced > 0 && {note: format.message("hygiene.unpriced", {count: list.unpriced})})},
    {text: list.of > 0 ? format.percent(list.count / list.of) : "–", sort: list.of > 0 ? list.count / list.of : null},
    {text: format.message("hygiene.of", {of: list.of, about: list.about}), muted: true},
    list.count > 0 ? {text: format.message("hygiene.csv"), link: {href: options.fileHref(list.id), download: `${list.id}.csv`}} : {text: ""}
  ];
  return table(
    {
      caption: format.message("hygiene.lists"),
      columns: [{label: format.message("hygiene.list")}, {label: format.message("hygiene.records"), numeric: true}, {label: format.message("hygiene.value"), numeric: true}, {label: format.message("hygiene.share"), numeric: true}, {label: format.message("hygiene.among")}, {label: format.message("hygiene.file")}],
      rows: lists.map(row)
    },
    {format, document}
  );
}

function absentLists(lists: readonly HygieneList[], options: HygieneOptions): Child {
  const {format, document} = options;
  const columns = ({lacks}: HygieneList) => format.list(lacks.map((need) => format.list(need.split("|"), "or")));
  return element(document, "ul", {class: "qd-caveats"}, lists.map((list) => element(document, "li", {}, format.message("hygiene.absent", {list: name(list, options), columns: columns(list)}))));
}

/** What the days of a list are counted from. */
const daysOf: Readonly<Record<string, string>> = {past_close_date: "overdue", leads_overdue: "overdue", training_overdue: "overdue", stale_in_stage: "in_stage", closed_on_another_day: "apart"};

/** Those of a card: what counts stands where a phone shows it without scrolling. */
const cardColumns: readonly HygieneColumn[] = ["id", "owner", "amount", "days", "usual_days", "same_as", "stage"];

function listCard(list: HygieneList, hours: number, options: HygieneOptions): Child {
  const {format, document, fileHref, rows = 5} = options;
  const {id, about, count, columns, first, value, unpriced} = list;
  const ordered = cardColumns.filter((column) => columns.includes(column));
  const label = (column: HygieneColumn) => ({label: format.message(column === "days" ? `hygiene.days.${daysOf[id] ?? "age"}` : column === "stage" ? `hygiene.stage.${about}` : `hygiene.column.${column}`), numeric: column === "days" || column === "usual_days" || column === "amount"});
  return element(
    document,
    "section",
    {class: "card", id},
    element(document, "h3", {}, name(list, options)),
    element(document, "p", {class: "qd-total"}, format.message("hygiene.total", {count, about}), value !== null && ` · ${format.value(value, "currency")}`, unpriced > 0 && ` · ${format.message("hygiene.unpriced", {count: unpriced})}`),
    element(document, "p", {class: "qd-small"}, `${format.message(`hygiene.${id}.meaning`, {hours})} ${format.message(`hygiene.${id}.remedy`)}`),
    table({caption: format.message("hygiene.first", {shown: Math.min(rows, count), list: name(list, options)}), columns: ordered.map(label), rows: first.slice(0, rows).map((record) => ordered.map((column) => recordCell(record, column, options)))}, {format, document}),
    element(document, "p", {class: "qd-small"}, element(document, "a", {href: fileHref(id), download: `${id}.csv`}, format.message("hygiene.download", {count})))
  );
}

function recordCell(record: HygieneRecord, column: HygieneColumn, {format}: ComponentOptions): TableCell {
  if (column === "amount") return {text: format.value(record.amount ?? null, "currency", {precise: true, bare: true}), sort: record.amount ?? null};
  if (column === "usual_days") return {text: format.message(record.usual_of === "all" ? "hygiene.usual.all" : "hygiene.usual.stage", {days: format.value(record.usual_days ?? null, "count", {precise: true}), count: format.value(record.usual_n ?? null, "count", {precise: true})}), sort: record.usual_days ?? null, muted: true};
  if (column === "days" || column === "usual_n") return {text: format.value(record[column] ?? null, "count", {precise: true}), sort: record[column] ?? null};
  const text = record[column] ?? null;
  return column === "owner" ? {text: format.member("owner", text)} : column === "stage" ? {text: format.member("stage", text)} : {text: text === null ? "–" : plainText(text)};
}

function byOwner(lists: readonly HygieneList[], owners: readonly HygieneOwner[], ownerCount: number, {format, document}: HygieneOptions): HTMLElement {
  const number = (value: number): TableCell => ({text: format.value(value, "count", {precise: true}), sort: value, muted: value === 0});
  const row = ({owner, team, counts, deals, value}: HygieneOwner): TableCell[] => [
    {text: format.member("owner", owner)},
    {text: team === null ? "" : format.member("team", team)},
    number(deals),
    {text: format.value(value, "currency", {precise: true, bare: true}), sort: value, muted: value === 0},
    ...lists.map(({id}) => number(counts[id] ?? 0))
  ];
  return element(
    document,
    "div",
    {},
    table(
      {
        caption: format.message("hygiene.by_owner"),
        columns: [{label: format.dimension("owner")}, {label: format.dimension("team")}, {label: format.message("hygiene.deals"), numeric: true}, {label: format.message("hygiene.value"), unit: format.unit("currency"), numeric: true}, ...lists.map(({id}) => ({label: format.message(`hygiene.${id}.label`), numeric: true}))],
        rows: owners.map(row),
        max: 12
      },
      {format, document}
    ),
    ownerCount > owners.length && element(document, "p", {class: "qd-caveats"}, format.message("chart.first_of", {shown: owners.length, count: ownerCount}))
  );
}
