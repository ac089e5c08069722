// What a source is: plain data that says which files feed which canonical table, and which column which.
// A CRM is one file beside this one; reading, casting and rejecting are shared (loaders/canonical).

import type {ColumnType, PrivacyClass, TableName} from "../canonical/schema.js";

/** Where the value of one canonical column comes from. */
export interface ColumnRule {
  /** Header name, or alternatives of which the first present counts. */
  readonly column?: string | readonly string[];
  /** Which file has the column, where the main file and a joined one both do. */
  readonly file?: string;
  /** The same value in every row. */
  readonly value?: string;
  /** The name of the file and the number of the record in it, from 1: an id where the export has none. */
  readonly row?: boolean;
  /** Several header names whose non-empty texts are joined by one blank. */
  readonly columns?: readonly string[];
  /** Rules of which the first non-empty value counts. */
  readonly first?: readonly ColumnRule[];
  /** Values replaced before casting, compared without case; null empties the cell. */
  readonly map?: Readonly<Record<string, string | null>>;
  /** What values outside the map become; without it they stay as they are. */
  readonly else?: string | null;
  /** Only values that start so count (a reference to several kinds of record). */
  readonly prefix?: string;
  /** The part of the value that counts: what the one group of this regular expression holds; other values are empty. */
  readonly extract?: string;
  /** Values that start so do not count: they refer to another kind of record. */
  readonly without?: string;
  /** The column holds calendar days, whatever time of day is written beside them. */
  readonly day?: boolean;
  /** What a number is divided by: 100 for a percentage, 60 for seconds that feed minutes. */
  readonly divide?: number;
  /** The cell lists several, as in [a, b]: the first of them counts. */
  readonly single?: boolean;
  /** Counts only in rows in which another column of the export has one of the values, compared without case. */
  readonly where?: {readonly column: string | readonly string[]; readonly values: readonly string[]};
  /** Counts only in rows in which another canonical column of the table has one of the values. */
  readonly when?: {readonly column: string; readonly values: readonly string[]};
  /** The export may lack the column. */
  readonly optional?: boolean;
  /** Line in the settings file. */
  readonly line?: number;
}

/** Whether a rule makes an id of the record's place in its file. */
export const countsRows = ({row, first = []}: ColumnRule): boolean => row === true || first.some(countsRows);

export interface CustomColumn {
  readonly rule: ColumnRule;
  readonly type: ColumnType;
  /** Filters and breaks down, or is summed and averaged. */
  readonly role: "dimension" | "measure";
  readonly label: string;
  readonly unit?: "count" | "currency" | "percent" | "days" | "ratio" | "score";
  readonly privacy: PrivacyClass;
}

/** Rows that are left out and counted under `why`. Of a list, as in [a, b], each entry is compared too. */
export interface ExcludeRule {
  /** Header name, or alternatives of which the first present counts. */
  readonly column: string | readonly string[];
  /** Leave out rows with one of these values (compared without case) … */
  readonly values?: readonly string[];
  /** … or every row without one of these. */
  readonly except?: readonly string[];
  readonly why: string;
  readonly optional?: boolean;
  readonly line?: number;
}

/** Left join by text key; the key is unique on the right. */
export interface JoinRule {
  readonly file: string;
  readonly left: string;
  readonly right: string;
  /** What rules call the file, where settings may name another. */
  readonly name?: string;
  /** Sheet of a workbook; the source's where absent. */
  readonly sheet?: string;
  /** Without the file the join is left out. */
  readonly optional?: boolean;
  /** The list in the file that holds its records. */
  readonly each?: string;
  /** A key that stands several times on the right matches nothing, where otherwise it stops the build. */
  readonly lenient?: boolean;
  readonly line?: number;
}

/** Which rows are of one kind, in files that hold records of several kinds. */
export interface OnlyRule {
  /** What settings call the kind, in `only`. */
  readonly kind: "account" | "contact" | "lead" | "opportunity" | "ticket";
  /** Header names and values where settings say nothing; without them they must, or name the file of the record. */
  readonly column?: readonly string[];
  readonly values?: readonly string[];
}

/** Which stages mean open, in pipeline order, and which won and lost. */
export interface StageRules {
  readonly open: readonly string[];
  readonly won: readonly string[];
  readonly lost: readonly string[];
}

/** Columns turned into rows: headers that match `match`, whose one group becomes `name` and whose cell becomes `value`. */
export interface UnpivotRule {
  /** Regular expression with one group, compared without case. */
  readonly match: string;
  readonly name: string;
  readonly value: string;
}

export interface TableMapping {
  readonly table: TableName;
  /** The CRM's own name of the record, by which settings may name its file. */
  readonly object?: string;
  /** File names or globs; of several the first that matches a file counts. Compared without case. */
  readonly files: readonly string[];
  /** Whether a missing file is an error. */
  readonly optional: boolean;
  /** Only files in whose header each of these regular expressions finds a name hold such records; another kind stands in the others. */
  readonly needs?: readonly string[];
  /** A list within each record, `journals` or `issues.journals`: one row an element, whose fields are journals.<field>. */
  /** Of several names the first that the file has, where "" is the record itself; a file without any of them is passed over. */
  readonly each?: string | readonly string[];
  readonly unpivot?: UnpivotRule;
  /** Sheet of a workbook; the source's where absent. */
  readonly sheet?: string;
  /** The files hold other records too. */
  readonly only?: OnlyRule;
  readonly join: readonly JoinRule[];
  readonly columns: Readonly<Record<string, ColumnRule>>;
  readonly exclude: readonly ExcludeRule[];
  readonly custom: Readonly<Record<string, CustomColumn>>;
  /** Stages of this mapping; the source's where absent. */
  readonly stages?: StageRules;
  readonly line?: number;
}

/** `deleted`: removed from the CRM. `out_of_view`: the export shows only some records, and it is no longer one of them. */
export type Vanished = "deleted" | "out_of_view";

export interface SourceDeclaration {
  readonly id: string;
  readonly type: string;
  /** Absolute path. */
  readonly folder: string;
  /** The folder holds one folder a day; what it means that a record stands in none after some day. */
  readonly dated?: {readonly vanished: Vanished};
  /** A name that TextDecoder knows; without it UTF-8, or UTF-16 with a byte order mark. */
  readonly encoding?: string;
  /** Sheet of a workbook; only needed where it has several. */
  readonly sheet?: string;
  /** IANA zone of stamps without offset. */
  readonly zone: string;
  /** Declared formats of dates and stamps besides ISO. */
  readonly dates: readonly string[];
  /** Language in which these name months; English where absent. */
  readonly months?: string;
  readonly decimal: "." | ",";
  readonly group: string;
  /** Cells that mean empty, compared without case. */
  readonly nulls: readonly string[];
  /** What stands in a reference that refers to nothing. */
  readonly emptyIds: readonly string[];
  readonly delimiter?: string;
  /** How lines begin that stand below the last record and are none: "Copyright (c) 2000-". */
  readonly footer?: readonly string[];
  /** Headers match without case, blanks and punctuation: StageName, STAGENAME, "Stage Name", stage_name. */
  readonly looseNames: boolean;
  /** Names are also looked for below these: with the root issues, id finds issues.id. */
  readonly roots?: readonly string[];
  readonly mappings: readonly TableMapping[];
  readonly stages: StageRules;
  /** Chance to win of a stage, 0–1. */
  readonly probability: Readonly<Record<string, number>>;
  readonly line?: number;
}

export type SourceDefaults = Omit<SourceDeclaration, "id" | "folder" | "dated" | "line">;

/** What a CRM's own file declares; settings add the folder and may replace the rest. */
export interface CrmDefaults extends Omit<SourceDefaults, "zone"> {
  /** IANA zone of stamps without offset; the report's where exports are in the user's. */
  readonly zone?: string;
  /** Other names of a header in `only`: in JSON, in other languages. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
}

/** How most CRMs write their exports, in an English setting; a declaration changes what differs. */
export const usualExport = {dates: [], decimal: ".", group: ",", nulls: [""], emptyIds: [], looseNames: true} as const satisfies Partial<SourceDefaults>;

type Extra = Omit<ColumnRule, "column" | "columns" | "value" | "first">;

/** A column the export may lack, under any of the names. */
export const from = (column: string | readonly string[], extra: Extra = {}): ColumnRule => ({column, optional: true, ...extra});

/** A calendar day: a time of day written beside it means nothing. */
export const day = (column: string | readonly string[], extra: Extra = {}): ColumnRule => from(column, {day: true, ...extra});

/** A percentage, kept as a share 0–1. */
export const percentage = (column: string | readonly string[]): ColumnRule => from(column, {divide: 100});

/** The same value in every row. */
export const constant = (value: string): ColumnRule => ({value});

/** Several columns joined by a blank: first and last name. */
export const joined = (...columns: string[]): ColumnRule => ({columns, optional: true});

/** The first rule that gives a value. */
export const first = (...rules: ColumnRule[]): ColumnRule => ({first: rules, optional: true});

/** A mapping of one kind of record; its file may be absent. */
export function record(table: TableName, object: string, files: readonly string[], columns: Readonly<Record<string, ColumnRule>>, extra: Partial<TableMapping> = {}): TableMapping {
  return {table, object, files, columns, optional: true, join: [], exclude: [], custom: {}, ...extra};
}
