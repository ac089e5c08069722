// Reads a funnel: how many entities reached each step, and the share of the first and of the step before.

import type {View} from "../../metrics/define.js";
import type {Answer, AnswerRow, Cell, Period, Role} from "../question.js";
import {wilson} from "../wilson.js";

/** One step of a funnel for one period and member. */
export interface FunnelRow {
  readonly step: string;
  /** 0 for the first step that the data holds. */
  readonly position: number;
  readonly role: Role;
  readonly period: Period;
  readonly members: readonly (string | null)[];
  readonly total: boolean;
  /** Entities that reached the step; null with a reason when it cannot be known. */
  readonly reached: Cell;
  /** Share of the first step's entities. */
  readonly overall: Cell;
  /** Share of the step before; 1 − it is the drop-off. The first step's is of itself. */
  readonly fromPrevious: Cell;
}

function shareOf(part: Cell, whole: Cell): Cell {
  const rest = {n: whole.n, numerator: part.value, denominator: whole.value};
  if (part.value === null || whole.value === null) return {value: null, reason: part.reason ?? whole.reason ?? "undefined", ...rest};
  if (whole.value === 0) return {value: null, reason: "zero_denominator", ...rest};
  return {value: part.value / whole.value, interval: wilson(part.value, whole.value), ...rest};
}

const placeOf = ({role, period, members, total}: AnswerRow) => JSON.stringify([role, period.key, total, members]);

function cellOf({metric: _metric, role: _role, period: _period, members: _members, total: _total, ...cell}: AnswerRow): Cell {
  return cell;
}

/**
 * Returns the rows of a funnel from the answer to its steps' metrics: by role, period, total first, then members, each
 * with all steps in order. A step whose columns no source feeds is left out, and the next is measured against the one
 * before it.
 */
export function funnelRows(view: View, answer: Answer): FunnelRow[] {
  const absent = new Set(answer.missing.map(({metric}) => metric));
  const steps = view.steps.filter(({reached}) => !absent.has(reached.id));
  const rows = new Map(answer.rows.map((row) => [`${row.metric} ${placeOf(row)}`, row]));
  const [first] = steps;
  if (!first) return [];
  // A dimension that some step does not have breaks none of them down: only totals can be compared.
  const whole = (place: AnswerRow) => steps.every(({reached}) => rows.has(`${reached.id} ${placeOf(place)}`));
  return answer.rows.filter((row) => row.metric === first.reached.id && whole(row)).flatMap((place) => {
    const cells = steps.map(({reached}) => cellOf(rows.get(`${reached.id} ${placeOf(place)}`)!));
    const {role, period, members, total} = place;
    return steps.map(({id}, position): FunnelRow => ({
      step: id, position, role, period, members, total, reached: cells[position]!,
      overall: shareOf(cells[position]!, cells[0]!),
      fromPrevious: shareOf(cells[position]!, cells[Math.max(0, position - 1)]!)
    }));
  });
}
