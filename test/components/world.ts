// Answers worked up by rule, so that a picture of them only changes when the picture does.

import {JSDOM} from "jsdom";
import {createFormatter, type Formatter} from "../../src/format/formatter.js";
import {loadMessages} from "../../src/format/messages.js";
import type {MetricFace} from "../../src/components/options.js";
import type {Answer, AnswerRow, Cell, Period, Role} from "../../src/query/question.js";

export const blank = (url?: string): Document => new JSDOM("<!doctype html><html><body></body></html>", url === undefined ? {} : {url}).window.document;

export const formatterOf = async (locale: string): Promise<Formatter> => createFormatter({locale, currency: "EUR", messages: await loadMessages(locale)});

export const faces = {
  new_leads: {id: "new_leads", unit: "count", direction: "up", type: "simple", additivity: "full"},
  revenue_won: {id: "revenue_won", unit: "currency", direction: "up", type: "simple", additivity: "full"},
  win_rate: {id: "win_rate", unit: "percent", direction: "up", type: "ratio"},
  sales_cycle_days: {id: "sales_cycle_days", unit: "days", direction: "down", type: "simple", additivity: "none"},
  open_pipeline: {id: "open_pipeline", unit: "currency", direction: "context", type: "balance", additivity: "dimensions"}
} as const satisfies Record<string, MetricFace>;

const scale: Record<string, [base: number, n: number]> = {new_leads: [340, 340], revenue_won: [1.2e6, 62], win_rate: [0.31, 190], sales_cycle_days: [57, 62], open_pipeline: [8.4e6, 410]};

const iso = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

function weekdays(start: string, end: string): number {
  const days = Array.from({length: (Date.parse(end) - Date.parse(start)) / 86_400_000}, (_, k) => new Date(Date.parse(start) + k * 86_400_000).getUTCDay());
  return days.filter((day) => day > 0 && day < 6).length;
}

/** A month; `elapsed` days make it a part one. */
export function month(year: number, number: number, elapsed?: number): Period {
  const start = iso(year, number, 1);
  const end = elapsed === undefined ? iso(year, number + 1, 1) : iso(year, number, elapsed + 1);
  const workdays = [weekdays(start, end), weekdays(start, iso(year, number + 1, 1))] as const;
  return {key: start.slice(0, 7), grain: "month", start, end, part: elapsed !== undefined, ...(elapsed !== undefined && {workdays}), census: iso(+end.slice(0, 4), +end.slice(5, 7), +end.slice(8) - 1)};
}

export interface WorldOptions {
  readonly metrics: readonly (keyof typeof faces)[];
  readonly part?: boolean;
  readonly by?: string;
  readonly members?: readonly (string | null)[];
  readonly periods?: number;
  readonly targets?: boolean;
  /** Changes each cell before it is used. */
  readonly cell?: (cell: Cell, row: {role: Role; member?: string | null; i: number}) => Cell;
}

/** An answer with comparisons, a trend of 13 months and, where asked, members: a slow wave, each member smaller than the last. */
export function answerOf({metrics, part = false, by, members = [], periods = 13, targets = false, cell: change = (cell) => cell}: WorldOptions): Answer {
  const current = part ? month(2026, 11, 22) : month(2026, 10);
  const whole = ({workdays: _, ...period}: Period): Period => ({...period, part: false});
  const previous = part ? whole(month(2026, 10, 22)) : month(2026, 9);
  const lastYear = part ? whole(month(2025, 11, 22)) : month(2025, 10);
  const rows: AnswerRow[] = [];
  for (const metric of metrics) {
    const [base, count] = scale[metric]!;
    const {unit} = faces[metric];
    const push = (role: Role, period: Period, i: number, size: number) => {
      const share = unit === "percent" || unit === "days" ? 1 : size * (period.start === current.start && part ? 0.7 : 1);
      const make = (share: number, lift: number): Cell => {
        const raw = base * share * (1 + 0.16 * Math.sin(i * 1.3 + lift));
        const value = unit === "count" ? Math.round(raw) : raw;
        const n = unit === "count" ? value : Math.max(1, Math.round(count * size * (lift ? 1 / lift : 1)));
        return {value, n, ...(unit === "percent" && {interval: [value - 0.05, value + 0.05] as const}), ...(targets && {target: base * share * 1.04})};
      };
      const at = {metric, role, period};
      rows.push({...at, ...change(make(share, 0), {role, i}), members: [], total: true});
      members.forEach((member, k) => rows.push({...at, ...change(make(unit === "percent" || unit === "days" ? 1 : share / (k + 2), k + 1), {role, member, i}), members: [member], total: false}));
    };
    push("current", current, periods, 1);
    push("previous", previous, periods - 1, 1);
    push("last_year", lastYear, periods - 12, 1);
    for (let i = 1; i <= periods; i++) push("trend", i === periods ? current : month(2026, +current.start.slice(5, 7) - periods + i), i, 1);
  }
  return {
    asOf: "2026-11-22",
    question: {metrics, period: current.key, compare: ["previous", "last_year"], ...(by !== undefined && {by: [by]}), trend: {grain: "month", count: periods}},
    period: current,
    rows,
    notApplied: [],
    missing: []
  };
}
