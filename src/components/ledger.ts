// Every row of every file: used, rejected, excluded, superseded, with reasons and examples.

import {plainText} from "../format/text.js";
import type {FileLedger, Quality, RejectSample} from "../query/manifest.js";
import {element} from "./element.js";
import {emptyState} from "./emptyState.js";
import type {ComponentOptions} from "./options.js";
import {table} from "./table.js";

const counts = ["rows", "kept", "rejected", "excluded", "superseded", "rejectedCells"] as const;
const labels: Readonly<Record<(typeof counts)[number], string>> = {rows: "note.rows", kept: "note.kept", rejected: "note.rejected", excluded: "note.excluded", superseded: "note.superseded", rejectedCells: "quality.cells"};

/** Returns the ledger of files, those with losses first, and the rejected cells below it. */
export function ledger(files: readonly FileLedger[], {rejects = []}: Pick<Quality, "rejects">, {format, document}: ComponentOptions): HTMLElement {
  if (files.length === 0) return emptyState({why: "no_rows", format, document});
  const number = (value: number) => format.value(value, "count", {precise: true});
  const lost = ({rows, kept, rejectedCells}: FileLedger) => rows - kept + rejectedCells;
  const sum = (field: (typeof counts)[number]) => files.reduce((total, file) => total + file[field], 0);
  const rows = [...files].sort((a, b) => lost(b) - lost(a)).map((file) => [{text: plainText(file.file)}, {text: file.table}, ...counts.map((field) => ({text: number(file[field]), sort: file[field], muted: file[field] === 0})), {text: whyWords(file, {format})}]);
  return element(
    document,
    "div",
    {},
    table(
      {
        caption: format.message("quality.rows"),
        columns: [{label: format.message("note.file")}, {label: format.message("note.table")}, ...counts.map((field) => ({label: format.message(labels[field]), numeric: true})), {label: format.message("quality.why")}],
        rows,
        total: [{text: format.message("table.total")}, {text: ""}, ...counts.map((field) => ({text: number(sum(field))})), {text: ""}],
        max: 10
      },
      {format, document}
    ),
    element(document, "p", {class: "qd-caveats"}, format.message("quality.rows_words")),
    rejects.length > 0 && rejectTable(rejects, {format, document})
  );
}

function whyWords({excludedWhy, superseded, footer = 0}: FileLedger, {format}: Pick<ComponentOptions, "format">): string {
  const reasons = Object.entries(excludedWhy).map(([why, count]) => [format.has(`quality.why.${why}`) ? format.message(`quality.why.${why}`) : plainText(why), count] as const);
  return [...reasons, ...(superseded > 0 ? [[format.message("quality.why.superseded"), superseded] as const] : []), ...(footer > 0 ? [[format.message("quality.why.footer"), footer] as const] : [])].map(([why, count]) => `${why} ${format.value(count, "count", {precise: true})}`).join(", ");
}

function rejectTable(rejects: readonly RejectSample[], {format, document}: ComponentOptions): HTMLElement {
  const example = ({row, value, masked}: RejectSample["examples"][number]) =>
    format.message(value === null ? "quality.reject_empty" : masked && value === "" ? "quality.reject_hidden" : "quality.reject_value", {row, value: value === null ? "" : plainText(value)});
  return table(
    {
      caption: format.message("quality.rejects"),
      columns: [{label: format.message("note.file")}, {label: format.message("quality.column")}, {label: format.message("quality.reason")}, {label: format.message("quality.count"), numeric: true}, {label: format.message("quality.examples")}],
      rows: rejects.map(({file, column, rule, count, examples}) => [
        {text: plainText(file)},
        {text: column === null ? "–" : plainText(column)},
        {text: format.has(`quality.rule.${rule}`) ? format.message(`quality.rule.${rule}`) : rule},
        {text: format.value(count, "count", {precise: true}), sort: count},
        {text: examples.map(example).join(", ")}
      ]),
      max: 10
    },
    {format, document}
  );
}
