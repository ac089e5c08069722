// What was found, for people: columns of each file, keys, relations, questions. Values of people are never among it.

import {canonicalTables, type CanonicalColumn, type TableName} from "../canonical/schema.js";
import type {Draft} from "./draft.js";
import type {Inspection} from "./inspect.js";
import type {Column} from "./profile.js";
import type {Inspected} from "./relations.js";
import {plainText} from "./settingsText.js";

const shown = 3;
const most = 20;

/** Returns the description, ending with a line feed. */
export function describeExports(found: Inspection): string {
  const drafts = found.sources.flatMap(({drafts}) => drafts);
  const parts = [
    ...found.files.map((file) => describeFile(file, drafts)),
    ...relationLines(found),
    ...questionLines(found),
    `KPIs: ${found.feeds.can.length} can be fed, ${found.feeds.cannot.length} cannot; which and why stands at the end of the settings.`
  ];
  return `${parts.join("\n")}\n`;
}

function describeFile(file: Inspected, drafts: readonly Draft[]): string {
  const rows = file.columns.map((column) => {
    const roles = rolesOf(column, drafts);
    return [plainText(column.header, 40), typeText(column), `${file.rows ? Math.round((100 * column.empty) / file.rows) : 0} %`, String(column.distinct), roles.map(({table, name}) => `${table}.${name}`).join(", ") || "–", exampleText(column, roles)];
  });
  const keys = file.columns.filter(({unique, kind}) => unique && (kind === "text" || kind === "integer")).map(({header}) => plainText(header, 40));
  const table = grid([["column", "type", "empty", "distinct", "likely role", "values"], ...rows]);
  return `${plainText(file.file)}: ${file.format}, ${file.encoding}, ${file.rows} rows${file.malformed ? `, ${file.malformed} malformed lines` : ""}\n${table}\n  candidate keys: ${keys.join(", ") || "none"}\n`;
}

const rolesOf = (column: Column, drafts: readonly Draft[]): {table: TableName; name: string}[] =>
  drafts.flatMap(({table, rules}) => Object.entries(rules).flatMap(([name, {from}]) => (from === column ? [{table, name}] : [])));

function typeText({kind, readings, marks, marked, percent}: Column): string {
  if (kind === "date" || kind === "stamp") {
    const formats = [...new Set(readings.map((reading) => reading.formats.join(" + ") || "ISO"))];
    return `${kind === "date" ? "day" : "time"} ${formats.join(" or ")}`;
  }
  const decimals = new Set(marked ? marks.map(({decimal}) => decimal) : []);
  return kind === "number" ? `number${percent ? " %" : ""}${decimals.size > 1 ? ", decimal . or ," : decimals.has(",") ? ", decimal comma" : ""}` : kind;
}

/** Few enough values that name no one, or the range of numbers. */
function exampleText(column: Column, roles: readonly {table: TableName; name: string}[]): string {
  const {range, values, personal, kind, distinct} = column;
  const rule = roles.map(({table, name}) => ({name, table, column: (canonicalTables[table].columns as Readonly<Record<string, CanonicalColumn>>)[name]!}));
  const person = personal || rule.some(({column: {privacy, references}, table, name}) => privacy === "personal" || ["account", "crm_user", "contact", "lead"].includes(references ?? "") || (["crm_user", "contact", "lead"].includes(table) && (name === "name" || name.endsWith("_id"))));
  if (range && !person && !rule.some(({column}) => column.key)) return `${range[0]} … ${range[1]}`;
  if (kind !== "text" && kind !== "boolean") return "";
  if (person || distinct > most || rule.some(({name, column}) => name === "name" || column.key)) return distinct ? "(not shown)" : "";
  const list = values.slice(0, shown).map(({value, n}) => `${plainText(value, 24)} (${n})`);
  return `${list.join(", ")}${distinct > shown ? ", …" : ""}`;
}

function grid(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => [...(row[at] ?? "")].length)));
  return rows.map((row) => `  ${row.map((cell, at) => (at === row.length - 1 ? cell : cell + " ".repeat(widths[at]! - [...cell].length))).join("  ")}`.trimEnd()).join("\n");
}

function relationLines({relations}: Inspection): string[] {
  if (relations.length === 0) return [];
  const lines = relations.map(({from, column, to, key, values, found, single}) => `  ${plainText(from.file)} ${plainText(column.header, 40)} → ${plainText(to.file)} ${plainText(key.header, 40)}: ${found} of ${values} values${single ? ", at most one row each" : ""}`);
  return [`Join keys, by text:\n${lines.join("\n")}\n`];
}

function questionLines({sources}: Inspection): string[] {
  const questions = sources.flatMap(({dialect}) => dialect.questions);
  return questions.map(({about, choices}) => `QUESTION: ${plainText(about, 400)}${choices.map(({setting, means}) => `\n  ${plainText(means)}  →  ${setting}`).join("")}\n`);
}
