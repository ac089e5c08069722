// Cohort answers folded for a page's JSON file, and unfolded again. What follows from other numbers is left out.

import type {Cohort} from "../../metrics/cohort.js";
import {indexer} from "../indexer.js";
import {wilson} from "../wilson.js";
import type {CellState, CohortAnswer, CohortCell, CohortLine, CohortSegment} from "./answer.js";
import type {ResolvedChoices} from "./plan.js";
import {cohortQuestionKey, type CohortQuestion, type CohortSpotList, type CohortTold} from "./question.js";

type Column = Pick<CohortCell, "period" | "to">;
type Columns = readonly (number | readonly [period: number, to: number])[];
/** 0 where nobody is that old. Of three numbers, a share of those observed, with its interval. The state counts on by 3 where there are too few. */
type PackedCell = 0 | readonly [state: number, active: number | null, observed: number] | readonly [state: number, active: number | null, observed: number, value: number | null, ...interval: number[]];

interface PackedLine {
  readonly line: Omit<CohortLine, "cells">;
  readonly cells: readonly PackedCell[];
}

interface PackedSegment {
  readonly segment: Omit<CohortSegment, "average" | "lines">;
  readonly average: readonly PackedCell[];
}

/** Numbers are positions in the lists of the pack: answers that differ in their segments alone share their lines. */
interface PackedTriangle {
  readonly key: string;
  readonly cohort: number;
  readonly choices: number;
  readonly columns: number;
  readonly body: number;
  readonly segments?: readonly PackedSegment[];
  readonly rest: Pick<CohortAnswer, "unit" | "asOf" | "notApplied" | "source">;
}

interface PackedBody {
  readonly lines: readonly PackedLine[];
  readonly average: readonly PackedCell[];
}

/** Answers of a page to cohorts, by the keys of their questions. A list stands beside the triangle that it is of, which stands once. */
export interface PackedCohorts {
  readonly cohorts: readonly Cohort[];
  readonly choices: readonly ResolvedChoices[];
  readonly columns: readonly Columns[];
  readonly bodies: readonly PackedBody[];
  readonly triangles: readonly PackedTriangle[];
  readonly lists: readonly (readonly [key: string, triangle: string, members: CohortSpotList | null])[];
}

/** Returns the answers as they are stored; of segments their averages alone. Unpacking gives equal answers back. */
export function packCohorts(told: readonly (readonly [CohortQuestion, CohortTold])[]): PackedCohorts {
  const [cohorts, choices, columns, bodies] = [indexer<Cohort>(), indexer<ResolvedChoices>(), indexer<Columns>(), indexer<PackedBody>()];
  const triangles = new Map<string, PackedTriangle>();
  const lists = new Map<string, readonly [string, CohortSpotList | null]>();
  for (const [question, {members, lines, average, segments, cohort, choices: chosen, ...rest}] of told) {
    const key = cohortQuestionKey({id: question.id, choices: question.choices});
    if (!triangles.has(key)) {
      triangles.set(key, {
        key, cohort: cohorts.add(cohort), choices: choices.add(chosen), columns: columns.add(columnsOf([...lines.map(({cells}) => cells), average, ...(segments ?? []).map((one) => one.average)])),
        body: bodies.add({lines: lines.map(({cells, ...line}) => ({line, cells: cells.map(packCell)})), average: average.map(packCell)}), rest,
        ...(segments && {segments: segments.map(({average: own, lines: _, ...segment}) => ({segment, average: own.map(packCell)}))})
      });
    }
    if (question.members) lists.set(cohortQuestionKey(question), [key, members ?? null]);
  }
  return {cohorts: cohorts.all, choices: choices.all, columns: columns.all, bodies: bodies.all, triangles: [...triangles.values()], lists: [...lists].map(([key, [own, members]]) => [key, own, members])};
}

/** Returns the stored answers by the keys of their questions. */
export function unpackCohorts({cohorts, choices, columns, bodies, triangles, lists}: PackedCohorts): Map<string, CohortTold> {
  const told = new Map(triangles.map(({key, cohort, choices: chosen, columns: places, body, segments, rest}): [string, CohortTold] => {
    const cellsOf = (cells: readonly PackedCell[]) => cells.map((cell, place) => unpackCell(cell, columnOf(columns[places]![place]!)));
    const {lines, average} = bodies[body]!;
    return [key, {
      ...rest, cohort: cohorts[cohort]!, choices: choices[chosen]!, lines: lines.map(({line, cells}) => ({...line, cells: cellsOf(cells)})), average: cellsOf(average),
      ...(segments && {segments: segments.map(({segment, average: own}) => ({...segment, average: cellsOf(own), lines: []}))})
    }];
  }));
  for (const [key, own, members] of lists) told.set(key, {...told.get(own)!, members});
  return told;
}

/** Ages are those of the longest line: others end before. */
function columnsOf(lists: readonly (readonly CohortCell[])[]): Columns {
  const longest = lists.reduce((most, cells) => (cells.length > most.length ? cells : most), []);
  return longest.map(({period, to}) => (to === undefined ? period : [period, to]));
}

const columnOf = (column: Columns[number]): Column => (typeof column === "number" ? {period: column} : {period: column[0], to: column[1]});

const states: readonly CellState[] = ["whole", "part", "later"];

function packCell({state, active, observed, value, low, high, suppressed}: CohortCell): PackedCell {
  if (state === "later" && active === null && observed === 0 && value === null && !suppressed) return 0;
  const code = states.indexOf(state) + (suppressed ? states.length : 0);
  if (low === undefined || high === undefined) return [code, active, observed, value];
  const follows = active !== null && observed > 0 && value === active / observed && wilson(active, observed).every((end, k) => end === [low, high][k]);
  return follows ? [code, active, observed] : [code, active, observed, value, low, high];
}

function unpackCell(packed: PackedCell, column: Column): CohortCell {
  if (packed === 0) return {...column, state: "later", active: null, observed: 0, value: null};
  const [code, active, observed, value, low, high] = packed;
  const told = {...column, state: states[code % states.length]!, active, observed, ...(code >= states.length && {suppressed: true as const})};
  if (packed.length > 3) return {...told, value: value ?? null, ...(low !== undefined && {low, high: high!})};
  const [from, to] = wilson(active!, observed);
  return {...told, value: active! / observed, low: from, high: to};
}
