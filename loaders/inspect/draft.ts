// A first mapping: which file feeds which table, joins, references and what the user has to look at.

import {canonicalTables, type CanonicalColumn, type TableName} from "../canonical/schema.js";
import type {Native} from "../native.js";
import type {Column} from "./profile.js";
import {assign, guessTables, type Role, type TableGuess} from "./roles.js";
import {findRelations, type Inspected, type Relation} from "./relations.js";
import {completeDraft} from "./complete.js";
import type {StageGuess} from "./stages.js";
import {folded} from "./words.js";

/** A canonical column of a mapping, and what is said beside it. */
export interface DraftRule {
  readonly from: Column;
  readonly map?: Readonly<Record<string, string | null>>;
  readonly otherwise?: string;
  readonly divide?: number;
  /** Said behind the line: where it comes from. */
  readonly note?: string;
  /** The guess is to be looked at. */
  readonly check?: boolean;
}

export interface Draft {
  readonly table: TableName;
  readonly file: Inspected;
  /** What the CRM calls the record, where the file is a CRM's own. */
  readonly object?: string;
  readonly joined: readonly {readonly file: Inspected; readonly left: Column; readonly right: Column}[];
  readonly rules: Readonly<Record<string, DraftRule>>;
  readonly stages?: StageGuess;
  /** Columns that feed nothing. */
  readonly unused: readonly Column[];
}

/** A file that feeds nothing, and why. */
export interface LeftOut {
  readonly file: Inspected;
  readonly guess?: TableName;
  readonly missing: readonly string[];
  /** Another file that feeds the same table better. */
  readonly rival?: string;
}

export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly left: readonly LeftOut[];
  readonly relations: readonly Relation[];
}

/** Drafts mappings for files of no known CRM. */
export async function draftMappings(native: Native, files: readonly Inspected[]): Promise<Drafts> {
  const relations = await findRelations(native, files);
  const guesses = new Map(files.map((file) => [file, guessTables(file.columns, file.files[0]!)]));
  const joins = findJoins(files, guesses, relations);
  const left: LeftOut[] = [];
  const chosen: {file: Inspected; guess: TableGuess}[] = [];
  const ranked = files.filter((file) => !joins.has(file)).sort((a, b) => (guesses.get(b)![0]?.score ?? 0) - (guesses.get(a)![0]?.score ?? 0) || files.indexOf(a) - files.indexOf(b));
  for (const file of ranked) {
    const options = guesses.get(file)!;
    const [first] = options;
    const whole = options.filter(({missing, ownKey, score}, at) => missing.length === 0 && (at === 0 || ownKey) && score >= (at === 0 ? 2.5 : 4));
    const free = whole.find(({table, ownKey}) => !chosen.some(({guess}) => guess.table === table && !(ownKey && guess.ownKey)));
    if (free) chosen.push({file, guess: free});
    else left.push({file, missing: whole.length ? [] : (first?.missing ?? []), ...(first && {guess: first.table}), ...(whole[0] && {rival: chosen.find(({guess}) => guess.table === whole[0]!.table)!.file.file})});
  }
  chosen.sort((a, b) => order(a.guess.table) - order(b.guess.table) || files.indexOf(a.file) - files.indexOf(b.file));
  const drafts: Draft[] = [];
  const plain = chosen.map(({file, guess}) => plainDraft(file, guess, [...joins.values()].filter(({to}) => to === file)));
  for (const draft of plain) drafts.push(await completeDraft(native, draft, plain, relations));
  return {drafts, left, relations};
}

const tableOrder = Object.keys(canonicalTables);
const order = (table: TableName): number => tableOrder.indexOf(table);

/** Files that only say more about the records of another: their key is the other's, at most one row each. */
function findJoins(files: readonly Inspected[], guesses: ReadonlyMap<Inspected, readonly TableGuess[]>, relations: readonly Relation[]): Map<Inspected, Relation> {
  const joins = new Map<Inspected, Relation>();
  for (const file of files) {
    const own = guesses.get(file)![0];
    if ([...joins.values()].some(({to}) => to === file)) continue;
    const relation = relations.find(({from, column, to, key, single, values, found}) => {
      const other = guesses.get(to)![0];
      const isKey = other?.ownKey && other.roles.some((role) => role.from === key && (canonicalTables[other.table].columns as Readonly<Record<string, CanonicalColumn>>)[role.column]?.key);
      const apart = own?.ownKey && own.missing.length === 0 && own.table !== other?.table;
      return from === file && !apart && single && isKey && from.rows <= to.rows && found >= values * 0.95 && folded(column.header) === folded(key.header) && !joins.has(to);
    });
    if (relation) joins.set(file, relation);
  }
  return joins;
}

function plainDraft(file: Inspected, guess: TableGuess, joins: readonly Relation[]): Draft {
  const columns = [...file.columns, ...joins.flatMap(({from, column}) => from.columns.filter((one) => one !== column))];
  const roles = joins.length ? assign(columns, guess.table) : guess.roles;
  const rules = Object.fromEntries(roles.map((role) => [role.column, ruleOf(role)]));
  return {table: guess.table, file, joined: joins.map(({from, column, key}) => ({file: from, left: key, right: column})), rules, unused: columns.filter((column) => !roles.some(({from}) => from === column))};
}

const sure = 0.8;
const ruleOf = ({from, score, why}: Role): DraftRule => ({from, ...(why && {note: why}), ...(score < sure && {check: true})});
