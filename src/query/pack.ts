// Answers folded into small columns for one JSON file a page, and unfolded again. Periods, members, rows and numbers
// that several answers share are stored once: thirteen months of cards overlap in nearly all of their trends.

import {indexer} from "./indexer.js";
import {packCells, unpackCell, type PackedFields} from "./packCells.js";
import type {PackedFunnels} from "./funnel/packFunnels.js";
import {tidyFilters} from "./state.js";
import type {PackedStudies} from "./studies.js";
import type {Answer, AnswerRow, Cell, Period, Question, Role} from "./question.js";

type Members = readonly (string | null)[];

/** The numbers of one metric, breakdown and filter choice over some periods: period by period, row by row. */
interface Block {
  readonly metric: number;
  readonly list: number;
  readonly periods: number;
  readonly cells: PackedFields;
}

/** A block for every moment of a metric, or the one block that holds all of them. */
type Blocks = number | readonly number[];

/** Question, current period, moments, blocks by metric in the order asked, notes. */
type PackedAnswer = readonly [question: readonly unknown[], period: number, moments: number, blocks: readonly Blocks[], notes: number];

export interface PackedAnswers {
  readonly version: 2;
  readonly asOf: string;
  readonly texts: readonly string[];
  readonly filters: readonly unknown[];
  /** Key, grain, start, end, part, census, working days of a part period. */
  readonly periods: readonly (readonly [string, Period["grain"], string, string, 0 | 1, string, Period["workdays"]?])[];
  readonly periodLists: readonly (readonly number[])[];
  /** Role and period of each moment of an answer. */
  readonly moments: readonly (readonly (readonly [role: number, period: number])[])[];
  /** Members of each row of a moment; the total row is null. */
  readonly lists: readonly (readonly (Members | null)[])[];
  /** What applies to a whole answer: [notApplied, missing, unrated]. */
  readonly notes: readonly (readonly [Answer["notApplied"], Answer["missing"], Answer["unrated"]?])[];
  readonly blocks: readonly Block[];
  readonly answers: readonly PackedAnswer[];
  /** Of a page with funnels. */
  readonly funnels?: PackedFunnels;
  /** Of a page with studies. */
  readonly studies?: PackedStudies;
}

/** Answers to single choices, by the control that they are made in. */
export interface PackedChoices extends Pick<PackedAnswers, "funnels" | "studies"> {
  readonly metrics?: PackedAnswers;
}

const roles: readonly Role[] = ["current", "previous", "last_year", "trend"];

/** A page asks for the key of a question at every turn. */
const keys = new WeakMap<Question, string>();

/** Returns a text that is equal for questions with the same answer: filters in one order, absent parts left out. */
export function questionKey(question: Question): string {
  const known = keys.get(question);
  if (known !== undefined) return known;
  const {metrics, period, by, filters, compare, trend} = question;
  const key = JSON.stringify([metrics, period, by ?? [], tidyFilters(filters ?? []).map((filter) => [filter.dimension, filter.values]), [...(compare ?? [])].sort(), trend ? [trend.grain, trend.count] : 0]);
  keys.set(question, key);
  return key;
}

/** Returns the answers as one small object for JSON. Unpacking gives back equal answers; the same answers give the same bytes. */
export function packAnswers(answers: readonly Answer[]): PackedAnswers {
  const texts = indexer<string>();
  const filters = indexer<unknown>();
  const periods = indexer<ReturnType<typeof packPeriod>>();
  const moments = indexer<(readonly [number, number])[]>();
  const lists = indexer<(Members | null)[]>();
  const notes = indexer<PackedAnswers["notes"][number]>();
  const layers = new Map<string, OpenBlock[]>();
  const blocks: OpenBlock[] = [];

  function place(run: readonly AnswerRow[], scope: string): number {
    const metric = texts.add(run[0]!.metric);
    const list = lists.add(run.map((row) => (row.total ? null : row.members)));
    const period = periods.add(packPeriod(run[0]!.period));
    const key = `${metric} ${list} ${scope}`;
    const content = JSON.stringify(run.map(({metric, role, period, members, total, ...cell}) => cell));
    const open = layers.get(key) ?? [];
    layers.set(key, open);
    let block = open.find((one) => (one.content.get(period) ?? content) === content);
    if (!block) {
      block = {index: blocks.length, metric, list, content: new Map(), cells: new Map()};
      open.push(block);
      blocks.push(block);
    }
    block.content.set(period, content);
    block.cells.set(period, run);
    return block.index;
  }

  const packed = answers.map((answer): PackedAnswer => {
    const {metrics, period, by, filters: chosen, compare, trend} = answer.question;
    const filter = filters.add(tidyFilters(chosen ?? []).map(({dimension, values}) => [dimension, values]));
    const scope = `${by?.join() ?? ""} ${filter}`;
    const byMetric = new Map<string, AnswerRow[][]>();
    for (const run of runsOf(answer.rows)) byMetric.set(run[0]!.metric, [...(byMetric.get(run[0]!.metric) ?? []), run]);
    const momentsOf = [...byMetric.values()].map((runs) => moments.add(runs.map(([first]) => [roles.indexOf(first!.role), periods.add(packPeriod(first!.period))])));
    if (new Set(momentsOf).size > 1) throw new Error(`pack: the metrics of one answer differ in their periods: ${metrics.join(", ")}`);
    return [
      [metrics.map((metric) => texts.add(metric)), texts.add(period), (by ?? []).map((id) => texts.add(id)), filter, compare ?? [], trend ? [trend.grain, trend.count] : 0],
      periods.add(packPeriod(answer.period)),
      momentsOf[0] ?? moments.add([]),
      [...byMetric.values()].map((runs) => shortest(runs.map((run) => place(run, scope)))),
      notes.add(answer.unrated ? [answer.notApplied, answer.missing, answer.unrated] : [answer.notApplied, answer.missing])
    ];
  });

  const periodLists = indexer<number[]>();
  const closed = blocks.map(({metric, list, cells}): Block => {
    const order = [...cells.keys()].sort((a, b) => a - b);
    return {metric, list, periods: periodLists.add(order), cells: packCells(order.flatMap((period): readonly Cell[] => cells.get(period)!))};
  });
  return {
    version: 2,
    asOf: answers[0]?.asOf ?? "",
    texts: texts.all,
    filters: filters.all,
    periods: periods.all,
    periodLists: periodLists.all,
    moments: moments.all,
    lists: lists.all,
    notes: notes.all,
    blocks: closed,
    answers: packed
  };
}

interface OpenBlock {
  readonly index: number;
  readonly metric: number;
  readonly list: number;
  readonly content: Map<number, string>;
  readonly cells: Map<number, readonly AnswerRow[]>;
}

/** Returns a look-up of the packed answers by question: undefined for a question that was not packed. Rows are unpacked when they are read. */
export function unpackAnswers(packed: PackedAnswers): (question: Question) => Answer | undefined {
  const byKey = new Map(packed.answers.map((answer) => [keyOf(answer, packed), answer]));
  const periods = packed.periods.map(([key, grain, start, end, part, census, workdays]): Period => ({key, grain, start, end, part: part === 1, census, ...(workdays && {workdays})}));
  return (question) => {
    const answer = byKey.get(questionKey(question));
    if (!answer) return undefined;
    const [, period, moments, blocks, notes] = answer;
    let rows: AnswerRow[] | undefined;
    const unpackRows = () => blocks.flatMap((of) => packed.moments[moments]!.flatMap(([role, at], i) => rowsOf(packed, typeof of === "number" ? of : of[i]!, roles[role]!, at, periods[at]!)));
    const [notApplied, missing, unrated] = packed.notes[notes]!;
    return {
      asOf: packed.asOf, question, period: periods[period]!,
      get rows() {
        return (rows ??= unpackRows());
      },
      notApplied, missing, ...(unrated && {unrated})
    };
  };
}

function rowsOf(packed: PackedAnswers, index: number, role: Role, at: number, period: Period): AnswerRow[] {
  const block = packed.blocks[index]!;
  const list = packed.lists[block.list]!;
  const start = packed.periodLists[block.periods]!.indexOf(at) * list.length;
  return list.map((members, i) => ({metric: packed.texts[block.metric]!, role, period, members: members ?? [], total: members === null, ...unpackCell(block.cells, start + i)}));
}

function keyOf([question]: PackedAnswer, {texts, filters}: PackedAnswers): string {
  const [metrics, period, by, filter, compare, trend] = question as [number[], number, number[], number, string[], unknown];
  return JSON.stringify([metrics.map((i) => texts[i]), texts[period], by.map((i) => texts[i]), filters[filter], [...compare].sort(), trend]);
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

const shortest = (blocks: readonly number[]): Blocks => (new Set(blocks).size === 1 ? blocks[0]! : blocks);

const packPeriod = ({key, grain, start, end, part, census, workdays}: Period): PackedAnswers["periods"][number] =>
  workdays ? [key, grain, start, end, part ? 1 : 0, census, workdays] : [key, grain, start, end, part ? 1 : 0, census];
