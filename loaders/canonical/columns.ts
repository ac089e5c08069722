// Names to columns: a rule's header names in the files of a mapping, exactly or loosely, below roots, within lists.

import {basename} from "node:path";
import {nearest} from "../settings/problems.js";
import type {SettingsProblem} from "../settings/problems.js";
import type {Head} from "../formats/format.js";
import type {ColumnRule, SourceDeclaration} from "../sources/define.js";

/** One cell of a record: file 0 is the main file, n the n-th joined one. */
export interface Cell {
  readonly file: number;
  readonly index: number;
  readonly header: string;
  /** The cell is a list of names and values: whose value counts. */
  readonly item?: string;
}

/** A column rule whose names are found: `cells` joined by a blank, a constant, or the first of several. */
export interface FoundRule {
  readonly rule: ColumnRule;
  readonly cells: readonly Cell[];
  readonly first?: readonly FoundRule[];
  /** The cell by which rows count. */
  readonly where?: Cell;
}

/** A file of a mapping and what rules may call it. */
export interface Named {
  readonly head: Head;
  readonly names: readonly string[];
}

/** Where a fault is found: key of the settings, the settings file, the list to add to. */
export interface ColumnPlace {
  readonly key: string;
  readonly file: string;
  readonly problems: SettingsProblem[];
}

/** The rule with its names found; undefined where the files lack them, which is a fault unless the rule is optional. */
export function findRule(rule: ColumnRule, heads: readonly Named[], source: SourceDeclaration, place: ColumnPlace): FoundRule | undefined {
  if (!rule.where) return findValue(rule, heads, source, place);
  const where = findCell([rule.where.column].flat(), undefined, heads, source, rule, place);
  const found = where && findValue(rule, heads, source, place);
  return found && {...found, where};
}

function findValue(rule: ColumnRule, heads: readonly Named[], source: SourceDeclaration, place: ColumnPlace): FoundRule | undefined {
  if (rule.value !== undefined || rule.row) return {rule, cells: []};
  if (rule.first) {
    const first = rule.first.flatMap((one) => findRule(one, heads, source, place) ?? []);
    return first.length ? {rule, cells: [], first} : undefined;
  }
  if (rule.columns) {
    const cells = rule.columns.flatMap((column) => findCell([column], rule.file, heads, source, rule, place) ?? []);
    return cells.length ? {rule, cells} : undefined;
  }
  const cell = findCell([rule.column ?? []].flat(), rule.file, heads, source, rule, place);
  return cell ? {rule, cells: [cell]} : undefined;
}

/** The first of the names that a file has, in the order of the names. */
export function findCell(names: readonly string[], inFile: string | undefined, heads: readonly Named[], source: SourceDeclaration, {optional, line}: Pick<ColumnRule, "optional" | "line">, {key, file, problems}: ColumnPlace): Cell | undefined {
  const within = heads.map((named, index) => ({...named, index})).filter(({names}) => inFile === undefined || names.some((name) => sameFile(name, inFile)));
  for (const name of names) {
    for (const {head, index} of within) {
      const matches = columnsCalled(head, name, source);
      const [match] = matches;
      if (match === undefined) continue;
      if (matches.length > 1) problems.push({code: "duplicate_column", file, line, key, value: name, input: basename(head.path)});
      return {file: index, header: head.header[match.index] ?? name, ...match};
    }
  }
  if (!optional) {
    const allowed = within.flatMap(({head}) => head.header);
    const input = within.map(({head}) => basename(head.path)).join(", ");
    problems.push({code: "missing_column", file, line, key, value: names.join(" or "), nearest: nearest(names[0] ?? "", allowed), allowed, input});
  }
  return undefined;
}

/** Columns of a name, or of the name below one of the source's roots; failing that, of the list in which it is one of the names. */
function columnsCalled(head: Head, name: string, {looseNames, roots = []}: SourceDeclaration): Pick<Cell, "index" | "item">[] {
  const called = (wanted: string): number[] => ["", ...roots.map((root) => `${root}.`)].map((root) => matchColumns(head.header, root + wanted, looseNames)).find(({length}) => length > 0) ?? [];
  const whole = called(name);
  const dot = name.indexOf(".");
  if (whole.length || dot < 0 || head.format !== "json") return whole.map((index) => ({index}));
  return called(name.slice(0, dot)).map((index) => ({index, item: name.slice(dot + 1)}));
}

/** Header positions of a name: compared without case and outer blanks; failing that, loosely where the source allows it. */
export function matchColumns(header: readonly string[], name: string, loose: boolean): number[] {
  const positions = (fold: (text: string) => string) => header.flatMap((found, index) => (fold(found) === fold(name) ? [index] : []));
  const exact = positions((text) => text.trim().toLowerCase());
  return exact.length || !loose ? exact : positions((text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
}

const bareName = (file: string): string => file.toLowerCase().replace(/(\.[a-z]+)?(\.(gz|zip))?$/, "");
const sameFile = (one: string, other: string): boolean => bareName(one) === bareName(other);
