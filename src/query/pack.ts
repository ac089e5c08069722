// Answers folded into small columns for one JSON file a page, and unfolded again. Periods, members and numbers that
// several answers share are stored once: thirteen months of cards overlap in nearly all of their trends.

import {tidyFilters} from "./state.js";
import type {Answer, AnswerRow, Cell, Period, Question, Role} from "./question.js";

type Member = string | null;
type Members = readonly Member[];

/** The numbers of one metric, breakdown, filter choice and list of rows, over several periods. */
interface Block {
  readonly metric: number;
  readonly by: number;
  readonly filters: number;
  readonly list: number;
  readonly periods: readonly number[];
  /** One array per cell field, period by period, row by row; or the name of the rule that gives it. */
  readonly fields: Readonly<Record<string, readonly unknown[] | string>>;
}

interface PackedAnswer {
  readonly question: Question;
  readonly period: number;
  /** Role, period and block of each run of rows, in the order of the answer. */
  readonly runs: readonly (readonly [role: number, period: number, block: number])[];
  readonly notApplied: Answer["notApplied"];
  readonly missing: Answer["missing"];
}

export interface PackedAnswers {
  readonly version: 1;
  readonly asOf: string;
  readonly texts: readonly string[];
  readonly periods: readonly (readonly [string, Period["grain"], string, string, 0 | 1, string])[];
  /** Lists of rows: each row its members; the total row is null. */
  readonly lists: readonly (readonly (Members | null)[])[];
  readonly blocks: readonly Block[];
  readonly answers: readonly PackedAnswer[];
}

const roles: readonly Role[] = ["current", "previous", "last_year", "trend"];
const cellFields = ["n", "numerator", "denominator", "value", "coverage", "undated", "inProgress", "interval", "reason", "target"] as const;
type CellField = (typeof cellFields)[number];

/** Marks a field that a cell does not have, where others of its block do. */
const absent = "";

/** Fields that often follow from others; used where they hold for every cell of a block, to the last bit. */
const rules: Partial<Record<CellField, Readonly<Record<string, (cell: Partial<Cell>) => unknown>>>> = {
  denominator: {n: ({n}) => n},
  value: {
    n: ({n}) => n,
    numerator: ({numerator}) => numerator,
    ratio: ({numerator, denominator}) => (denominator ? (numerator ?? 0) / denominator : null)
  },
  reason: {zero: ({denominator}) => (denominator ? undefined : "zero_denominator")}
};

/** Returns a text that is equal for questions with the same answer: filters in one order, absent parts left out. */
export function questionKey({metrics, period, by, filters, compare, trend}: Question): string {
  return JSON.stringify([metrics, period, by ?? [], tidyFilters(filters ?? []).map((f) => [f.dimension, f.values]), [...(compare ?? [])].sort(), trend ? [trend.grain, trend.count] : 0]);
}

/** Returns the answers as one small object for JSON. Unpacking gives back equal answers; the same answers give the same bytes. */
export function packAnswers(answers: readonly Answer[]): PackedAnswers {
  const texts = indexer<string>((text) => text);
  const periods = indexer<Period>((period) => JSON.stringify(packPeriod(period)));
  const lists = indexer<readonly (Members | null)[]>((list) => JSON.stringify(list));
  const blocks = new Map<string, Open[]>();
  const order: Open[] = [];

  const packed = answers.map((answer): PackedAnswer => {
    const by = texts.add((answer.question.by ?? []).join(","));
    const filters = texts.add(JSON.stringify(tidyFilters(answer.question.filters ?? [])));
    const runs = runsOf(answer.rows).map((run): [number, number, number] => {
      const first = run[0]!;
      const list = lists.add(run.map((row) => (row.total ? null : row.members)));
      const period = periods.add(first.period);
      const key = [texts.add(first.metric), by, filters, list].join();
      const cells = run.map(cellOf);
      const layers = blocks.get(key) ?? [];
      blocks.set(key, layers);
      const content = JSON.stringify(cells);
      let open = layers.find((layer) => (layer.content.get(period) ?? content) === content);
      if (!open) {
        open = {index: order.length, metric: texts.add(first.metric), by, filters, list, content: new Map(), cells: new Map()};
        layers.push(open);
        order.push(open);
      }
      open.content.set(period, content);
      open.cells.set(period, cells);
      return [roles.indexOf(first.role), period, open.index];
    });
    return {question: answer.question, period: periods.add(answer.period), runs, notApplied: answer.notApplied, missing: answer.missing};
  });
  return {
    version: 1,
    asOf: answers[0]?.asOf ?? "",
    texts: texts.all,
    periods: periods.all.map(packPeriod),
    lists: lists.all,
    blocks: order.map(closeBlock),
    answers: packed
  };
}

interface Open {
  readonly index: number;
  readonly metric: number;
  readonly by: number;
  readonly filters: number;
  readonly list: number;
  readonly content: Map<number, string>;
  readonly cells: Map<number, readonly Cell[]>;
}

/** Returns a look-up of the packed answers by question: undefined for a question that was not packed. */
export function unpackAnswers(packed: PackedAnswers): (question: Question) => Answer | undefined {
  const byKey = new Map(packed.answers.map((answer) => [questionKey(answer.question), answer]));
  const periods = packed.periods.map(([key, grain, start, end, part, census]): Period => ({key, grain, start, end, part: part === 1, census}));
  return (question) => {
    const answer = byKey.get(questionKey(question));
    if (!answer) return undefined;
    const rows = answer.runs.flatMap(([role, period, index]): AnswerRow[] => {
      const block = packed.blocks[index]!;
      const list = packed.lists[block.list]!;
      const start = block.periods.indexOf(period) * list.length;
      return list.map((members, i) => ({
        metric: packed.texts[block.metric]!,
        role: roles[role]!,
        period: periods[period]!,
        members: members ?? [],
        total: members === null,
        ...openCell(block.fields, start + i)
      }));
    });
    return {asOf: packed.asOf, question, period: periods[answer.period]!, rows, notApplied: answer.notApplied, missing: answer.missing};
  };
}

function closeBlock({metric, by, filters, list, cells}: Open): Block {
  const periods = [...cells.keys()].sort((a, b) => a - b);
  const all = periods.flatMap((period) => cells.get(period)!);
  const fields: Record<string, readonly unknown[] | string> = {};
  for (const field of cellFields) {
    if (all.every((cell) => cell[field] === undefined)) continue;
    const rule = Object.entries(rules[field] ?? {}).find(([, give]) => all.every((cell) => Object.is(give(cell), cell[field])));
    fields[field] = rule ? rule[0] : all.map((cell) => (cell[field] === undefined ? absent : cell[field]));
  }
  return {metric, by, filters, list, periods, fields};
}

function openCell(fields: Block["fields"], i: number): Cell {
  const cell: Partial<Record<CellField, unknown>> = {};
  for (const field of cellFields) {
    const stored = fields[field];
    if (stored === undefined) continue;
    const value = typeof stored === "string" ? rules[field]![stored]!(cell as Partial<Cell>) : stored[i];
    if (value !== absent && value !== undefined) cell[field] = value;
  }
  return cell as unknown as Cell;
}

/** Consecutive rows of one metric, role and period. */
function runsOf(rows: readonly AnswerRow[]): AnswerRow[][] {
  const runs: AnswerRow[][] = [];
  for (const row of rows) {
    const last = runs.at(-1)?.[0];
    if (last && last.metric === row.metric && last.role === row.role && last.period.key === row.period.key) runs.at(-1)!.push(row);
    else runs.push([row]);
  }
  return runs;
}

function cellOf(row: AnswerRow): Cell {
  const cell: Partial<Record<CellField, unknown>> = {};
  for (const field of cellFields) if (row[field] !== undefined) cell[field] = row[field];
  return cell as unknown as Cell;
}

const packPeriod = ({key, grain, start, end, part, census}: Period) => [key, grain, start, end, part ? 1 : 0, census] as const;

function indexer<T>(keyOf: (item: T) => string) {
  const all: T[] = [];
  const index = new Map<string, number>();
  return {
    all,
    add(item: T): number {
      const key = keyOf(item);
      const known = index.get(key);
      if (known !== undefined) return known;
      index.set(key, all.length);
      return all.push(item) - 1;
    }
  };
}
