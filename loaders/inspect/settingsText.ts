// The first report.yaml: what was found as settings, what is doubtful as comments that begin with CHECK or QUESTION.

import {stringify} from "yaml";
import {canonicalTables, type CanonicalColumn} from "../canonical/schema.js";
import {entityWords} from "./lexicon/tables.js";
import type {Draft, DraftRule, LeftOut} from "./draft.js";
import type {Question} from "./dialect.js";
import type {Inspection, SourceDraft} from "./inspect.js";

/** Cells and headers in a comment: on one line, not too long. */
export const plainText = (text: string, longest = 200): string => {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};

/** A value on one line of YAML. */
const flow = (value: unknown): string =>
  typeof value === "string" && /[\p{Cc}\p{Zl}\p{Zp}]/u.test(value) ? JSON.stringify(value) : stringify(value, {collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false}).trim();

const beside = (text: string, comment: string): string => (comment === "" ? text : `${text.padEnd(44)}  # ${plainText(comment)}`);

/** Returns the settings; `folder` is where the files stand, seen from the settings. They end with a line feed. */
export function settingsText(found: Inspection, folder: string): string {
  const lines = [
    `# A first mapping of ${plainText(found.files.map(({file}) => file).join(", "), 300)}.`,
    "# It is a guess by words and values: look at every CHECK, answer every QUESTION, then build with",
    "#   npm run report -- --config THIS-FILE --out DIR",
    ...head(found),
    "",
    "sources:",
    ...found.sources.flatMap((source) => sourceLines(source, found, folder)),
    ...(found.sources.length === 0 ? ["  []  # no file could be taken for a table; below is why"] : []),
    ...leftLines(found.left),
    ...kpiLines(found)
  ];
  return `${lines.join("\n")}\n`;
}

function head({currency, newestDay, sources}: Inspection): string[] {
  const drafts = sources.flatMap((source) => source.drafts);
  const stamped = drafts.some(({rules}) => rules["updated_at"]);
  const converts = drafts.some(({table, rules}) => table === "lead" && rules["converted_at"] && rules["created_at"]);
  return [
    beside("title: Sales report", "what readers see on every page"),
    beside("time_zone: UTC", "CHECK: the zone in which your days begin, such as Europe/Budapest"),
    currency ? beside(`currency: ${currency.code}`, `CHECK: ${currency.why}`) : beside("currency: EUR", "QUESTION: which currency are the amounts in? No file says; EUR only holds the place"),
    stamped ? beside("as_of: newest", "the day of the newest modification stamp") : newestDay ? beside(`as_of: ${newestDay}`, "CHECK: the newest day in the files, since none holds a modification stamp; the day of the export is better") : beside("as_of: newest", "QUESTION: which day was the export made? The files hold no modification stamp: write that day as YYYY-MM-DD"),
    ...(converts ? [beside("# metrics: {lead_conversion_rate: {window: none}}", "leads count as converted within 90 days; with this line, whenever they were")] : [])
  ];
}

/** A folder of a day is one of a source that keeps its exports. */
function folderLines(folder: string): string[] {
  const [whole, dated = "."] = /^(?:(.*)\/)?\d{4}-\d{2}-\d{2}$/.exec(folder) ?? [];
  return whole === undefined ? [`    folder: ${flow(folder)}`] : [`    folder: ${flow(dated)}`, beside("    dated: true", "it holds a folder a day; the newest is the present")];
}

function sourceLines({type, crm, drafts, dialect}: SourceDraft, {given}: Inspection, folder: string): string[] {
  const key = (name: string, value: unknown): string => `    ${name}: ${flow(value)}`;
  const usual = crm?.defaults ?? {decimal: ".", group: ""};
  return [
    `  - id: ${crm ? type : "exports"}`,
    beside(`    type: ${type}`, crm ? `CHECK: ${crm.known} of ${crm.headers} headers are those of its exports; src/guide/sources/${type.replaceAll("_", "-")}.md` : ""),
    ...folderLines(folder),
    ...(given.encoding ? [key("encoding", given.encoding)] : []),
    ...(given.delimiter ? [key("delimiter", given.delimiter)] : []),
    ...(given.sheet ? [key("sheet", given.sheet)] : []),
    ...dialect.questions.flatMap((question) => questionLines(question, "    ")),
    ...(dialect.dates.length ? [key("dates", dialect.dates)] : []),
    ...monthLines(dialect.months),
    ...(dialect.decimal !== usual.decimal ? [`    decimal: "${dialect.decimal}"`] : []),
    ...(dialect.group !== usual.group && dialect.group !== "" ? [`    group: "${dialect.group}"`] : []),
    ...(dialect.nulls.length ? [key("nulls", dialect.nulls)] : []),
    ...(crm ? crmLines(crm.files, crm.only, drafts) : ["    tables:", ...tableLines(drafts)])
  ];
}

/** The language of the months' names; others that read these cells alike may not the next export's. */
const monthLines = ([language, ...alike]: readonly string[]): string[] =>
  language === undefined ? [] : [beside(`    months: ${language}`, alike.length ? `CHECK: ${alike.slice(0, 3).join(", ")} ${alike.length > 1 ? "read" : "reads"} these months alike` : "")];

/** Both choices, ready to be uncommented. */
function questionLines({about, choices}: Question, indent: string): string[] {
  return [`${indent}# QUESTION: ${plainText(about, 400)}${choices.length ? " … Uncomment one:" : "."}`, ...choices.map(({setting, means}) => beside(`${indent}# ${setting}`, means))];
}

function crmLines(files: Readonly<Record<string, string>>, only: boolean, drafts: readonly Draft[]): string[] {
  const stages = drafts.find((draft) => draft.stages)?.stages;
  return [
    ...(Object.keys(files).length ? [beside(`    files: ${flow(files)}`, "named, since they are not called as usual")] : []),
    ...(only ? ["    # QUESTION: which rows are leads, which opportunities? One list holds all; say it with `only`, as the guide's page shows."] : []),
    ...(stages ? ["    # Your stages are not the product's own.", ...stageLines(stages, "    ")] : [])
  ];
}

function tableLines(drafts: readonly Draft[]): string[] {
  const tables = [...new Set(drafts.map(({table}) => table))];
  return tables.flatMap((table) => {
    const same = drafts.filter((draft) => draft.table === table);
    const many = same.length > 1;
    return [`      ${table}:`, ...same.flatMap((draft) => mappingLines(draft).map((line, at) => (many ? (at === 0 ? `        - ${line}` : `          ${line}`) : `        ${line}`)))];
  });
}

function mappingLines(draft: Draft): string[] {
  const {table, file, joined, rules, stages, unused} = draft;
  const order = Object.keys(canonicalTables[table].columns);
  const names = Object.keys(rules).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return [
    beside(`file: ${flow(file.file)}`, `${file.rows} rows${file.malformed ? `; ${file.malformed} lines do not have the header's cells` : ""}`),
    ...joined.map((join) => beside(`join: ${flow([{file: join.file.file, on: join.left.header === join.right.header ? join.left.header : {left: join.left.header, right: join.right.header}}])}`, `CHECK: ${join.right.header} stands at most once in either file`)),
    "columns:",
    ...names.map((name) => beside(`  ${name}: ${ruleText(rules[name]!, draft)}`, noteOf(name, rules[name]!, draft))),
    ...(stages ? stageLines(stages, "") : []),
    ...(unused.length ? [`# Not used: ${plainText(unused.map(({header}) => header).join(", "), 600)}.`, ...customHint(draft)] : [])
  ];
}

/** How to keep one of the columns that feed nothing. */
function customHint({unused}: Draft): string[] {
  const one = unused.find(({kind, personal, distinct}) => !personal && kind === "text" && distinct > 1 && distinct <= 20);
  return one ? [`# Keep one as a filter with:  custom: {${nameFor(one.header)}: {column: ${plainText(flow(one.header))}, label: ${plainText(flow(one.header))}}}`] : [];
}

const nameFor = (header: string): string => header.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "") || "field";

function ruleText({from, map, otherwise, divide}: DraftRule, {file, joined}: Draft): string {
  const other = joined.find((join) => join.file.columns.includes(from));
  const elsewhere = other && file.header.some((header) => header.toLowerCase() === from.header.toLowerCase()) ? other.file.file : undefined;
  if (!map && otherwise === undefined && divide === undefined && elsewhere === undefined) return flow(from.header);
  return flow({column: from.header, ...(elsewhere && {file: elsewhere}), ...(map && {map}), ...(otherwise !== undefined && {else: otherwise}), ...(divide !== undefined && {divide})});
}

function noteOf(name: string, {note = "", check, from}: DraftRule, {table, file}: Draft): string {
  const {key} = (canonicalTables[table].columns as Readonly<Record<string, CanonicalColumn>>)[name]!;
  const repeated = key && !from.unique && file.columns.includes(from) && from.filled > from.distinct ? `${from.filled - from.distinct} rows repeat a key` : "";
  return [check || repeated ? "CHECK" : "", [note, repeated].filter(Boolean).join("; ") || (check ? "guessed" : "")].filter(Boolean).join(": ");
}

function stageLines({open, won, lost, unsure}: NonNullable<Draft["stages"]>, indent: string): string[] {
  return [
    `${indent}stages:`,
    beside(`${indent}  open: ${flow(open)}`, "CHECK: every stage that is still open, in the order of your process"),
    beside(`${indent}  won: ${flow(won)}`, won.length ? "CHECK" : "QUESTION: which stages mean won?"),
    beside(`${indent}  lost: ${flow(lost)}`, lost.length ? "CHECK" : "QUESTION: which stages mean lost? None may be right"),
    ...(unsure.length ? [`${indent}  # QUESTION: closed, but won or lost? Add each to one of the lists: ${plainText(flow(unsure))}`] : [])
  ];
}

function leftLines(left: readonly LeftOut[]): string[] {
  return left.flatMap(({file, guess, missing, rival}) => {
    const named = guess ? `looks like ${guess} (${entityWords[guess]?.[0] ?? guess})` : "resembles no table";
    const why = rival ? `${named}, which ${rival} feeds already` : missing.length ? `${named}, but nothing in it is ${missing.map((name) => `${guess}.${name}`).join(", ")}` : named;
    return [`# Left out: ${plainText(file.file)} ${why}.`];
  });
}

function kpiLines({feeds}: Inspection): string[] {
  const wants = new Map<string, string[]>();
  for (const {metric, missing} of feeds.cannot) wants.set(missing.join(", "), [...(wants.get(missing.join(", ")) ?? []), metric.id]);
  return [
    "",
    `# KPIs that this can feed: ${feeds.can.map(({id}) => id).join(", ") || "none"}.`,
    ...[...wants].map(([missing, ids]) => `# Not ${ids.join(", ")}: for want of ${missing.replaceAll("|", " or ")}.`)
  ];
}
