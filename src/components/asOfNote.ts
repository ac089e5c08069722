// What the report rests on, small and at the end: as-of, files, rows used and left out.

import {plainText} from "../format/text.js";
import type {FileLedger, Manifest} from "../query/manifest.js";
import {element} from "./element.js";
import {freshnessWords} from "./freshness.js";
import type {ComponentOptions} from "./options.js";
import {table} from "./table.js";

const counts = ["rows", "kept", "rejected", "excluded", "superseded"] as const;

/** Returns the source note of a page; the ledger of files is folded below it. */
export function asOfNote(manifest: Manifest, {format, document}: ComponentOptions): HTMLElement {
  const {files, asOf, asOfRule, calendar, currency, fictional, quality, ownerCredit} = manifest;
  const fresh = freshnessWords(quality?.freshness ?? [], {format});
  const sum = (field: (typeof counts)[number]) => files.reduce((total, file) => total + file[field], 0);
  const number = (value: number) => format.value(value, "count", {precise: true});
  const columns = [
    {label: format.message("note.file")},
    {label: format.message("note.table")},
    ...counts.map((field) => ({label: format.message(`note.${field}`), numeric: true}))
  ];
  const row = (file: FileLedger) => [{text: plainText(file.file)}, {text: file.table}, ...counts.map((field) => ({text: number(file[field]), sort: file[field]}))];
  return element(
    document,
    "aside",
    {class: "qd-note", "aria-label": format.message("note.label")},
    element(
      document,
      "p",
      {},
      format.message("note.as_of", {date: format.date(asOf), rule: asOfRule}),
      " ",
      fresh !== "" && `${fresh} `,
      format.message("note.units", {zone: calendar.timeZone, currency}),
      " ",
      ownerCredit === "current" && `${format.message("note.owner_credit")}. `,
      format.message("note.ledger", {files: files.length, rows: sum("rows"), kept: number(sum("kept")), rejected: number(sum("rejected")), excluded: number(sum("excluded")), superseded: number(sum("superseded"))}),
      " ",
      format.message("note.rounding"),
      fictional && ` ${format.message("note.fictional")}`
    ),
    files.length > 0 &&
      element(
        document,
        "details",
        {class: "qd-twin"},
        element(document, "summary", {}, format.message("note.files")),
        table({caption: format.message("note.files"), columns, rows: files.map(row), total: [{text: format.message("table.total")}, {text: ""}, ...counts.map((field) => ({text: number(sum(field))}))]}, {format, document})
      )
  );
}
