// What the company set out to reach, what it spent, and what happened on which day. The goals were "set" a year
// ahead: they know season and growth, nothing of the story.

import {amountText, csvTable} from "./csvTable.js";
import type {World} from "./block.js";
import {dateText, day, firstDay, lastDay, monthOf, monthStart, monthsBetween} from "./days.js";
import {createRandom} from "./random.js";
import {actions, eventNotes, hiringWave, priceRise, regions, sources, type Region} from "./story.js";
import {fullName, teams} from "./users.js";

export interface Target {
  readonly metric: string;
  readonly period: string;
  readonly level: "company" | "region" | "team" | "owner";
  readonly member: string;
  readonly value: number;
}

interface Plan {
  /** An average month of 2024 at scale 1. */
  readonly base: number;
  /** Growth from year to year. */
  readonly growth: number;
  /** Months against an average one. */
  readonly season: readonly number[];
}

/** Months by what is closed in them, against an average one. */
export const closing = [0.78, 0.9, 1.22, 0.92, 0.96, 1.2, 0.76, 0.72, 1.24, 0.9, 1, 1.4];
const asking = [0.86, 0.92, 1.35, 1, 1, 0.95, 0.8, 0.68, 1.12, 1.58, 1.15, 0.59];
const plans: Readonly<Record<"revenue_won" | "opportunities_won" | "new_leads", Plan>> = {
  revenue_won: {base: 545000, growth: 1.24, season: closing},
  opportunities_won: {base: 28.5, growth: 1.13, season: closing},
  new_leads: {base: 310, growth: 1.12, season: asking}
};
const winRateGoal = 0.3;
const regionPlan: Readonly<Record<Region, number>> = {DACH: 0.34, CEE: 0.25, Nordics: 0.18, West: 0.23};

/** Goals by month, quarter and year for the company, its regions and teams, and for eight owners of long standing. */
export function* makeTargets(world: World): Generator<Target> {
  const lastPlanned = day("2026-12-31");
  const months = monthsBetween(firstDay, lastPlanned);
  const periods = new Map<string, number[]>();
  for (const month of months) {
    const [year, quarter] = [dateText(month).slice(0, 4), Math.ceil(monthOf(month) / 3)];
    periods.set(dateText(month).slice(0, 7), [month]);
    if (month < day("2024-01-01")) continue;
    for (const key of [`${year}-Q${quarter}`, year]) periods.set(key, [...(periods.get(key) ?? []), month]);
  }
  const owners = world.staff.owners.filter(({left, hired}) => left === undefined && hired < firstDay).slice(0, 8);
  const members = [
    {level: "company" as const, member: "", share: 1, winRate: winRateGoal},
    ...regions.map((region) => ({level: "region" as const, member: region as string, share: regionPlan[region], winRate: region === "West" ? 0.28 : winRateGoal})),
    ...teams.map(({name, planShare}) => ({level: "team" as const, member: name, share: planShare, winRate: winRateGoal})),
    ...owners.map((owner) => ({level: "owner" as const, member: fullName(owner), share: 1.8 / world.staff.owners.length, winRate: 0.32}))
  ];
  for (const [period, of] of [...periods].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const {level, member, share, winRate} of members) {
      for (const [metric, plan] of Object.entries(plans)) {
        const value = of.reduce((sum, month) => sum + share * world.scale * planned(plan, month), 0);
        yield {metric, period, level, member, value: metric === "revenue_won" ? Math.round(value / 100) * 100 : Math.max(1, Math.round(value))};
      }
      yield {metric: "win_rate", period, level, member, value: winRate};
    }
  }
}

/** A month's goal: growth by whole years, so that a year is planned as one. */
function planned({base, growth, season}: Plan, month: number): number {
  const years = +dateText(month).slice(0, 4) - 2024;
  return base * season[monthOf(month) - 1]! * (years < 0 ? 1 / growth : years < 1 ? 1 : years < 2 ? growth : growth * growth);
}

export const targetTable = csvTable<Target>("other/targets.csv", {
  metric: (row) => row.metric,
  period: (row) => row.period,
  level: (row) => row.level,
  member: (row) => row.member,
  value: (row) => row.value,
  currency: (row) => (row.metric === "revenue_won" ? "EUR" : "")
});

export interface Cost {
  readonly id: string;
  readonly scope: "selling" | "marketing" | "retention" | "crm";
  readonly kind: string;
  readonly team: string;
  readonly source: string;
  readonly from: number;
  /** Last day, inclusive. */
  readonly last: number;
  readonly amount: number;
}

/** Costs by month besides those of campaigns: what selling, marketing, keeping customers and the CRM cost. */
export function* makeCosts(world: World): Generator<Cost> {
  const random = createRandom(world.seed, "cost");
  for (const from of monthsBetween(firstDay, lastDay)) {
    const last = Math.min(lastDay, monthStart(from, 1) - 1);
    const part = (last + 1 - from) / (monthStart(from, 1) - from);
    const cost = (scope: Cost["scope"], kind: string, base: number, rest: Partial<Cost> = {}): Cost => ({
      id: `CO-${String(world.serial("cost")).padStart(6, "0")}`, scope, kind, team: "", source: "", from, last,
      amount: Math.round(base * part * random.between(0.94, 1.06) * 100) / 100, ...rest
    });
    for (const {name: team} of teams) {
      const people = world.staff.owners.filter((owner) => owner.team === team && owner.hired <= last && (owner.left ?? lastDay + 1) > from).length;
      yield cost("selling", "pay", people * 5200, {team});
      yield cost("selling", "commission", people * 780 * closing[monthOf(from) - 1]!, {team});
      yield cost("selling", "travel", people * 410 * closing[monthOf(from) - 1]!, {team});
      yield cost("selling", "tools", people * 130, {team});
    }
    if (from >= day("2025-01-01") && from <= hiringWave.on) yield cost("selling", "recruiting", 46000);
    yield cost("marketing", "pay", 21000);
    for (const {name, cost: lead} of sources) yield cost("marketing", "tools", lead * 9, {source: name});
    yield cost("retention", "customer success", 18500 * Math.sqrt(world.scale));
    yield cost("retention", "support", 31000 * Math.sqrt(world.scale));
    yield cost("retention", "loyalty", from >= priceRise.at ? 9200 : 4200);
    yield cost("crm", "licences", world.staff.users.length * 95);
    yield cost("crm", "administration", 5600);
  }
}

export const costTable = csvTable<Cost>("other/costs.csv", {
  cost_id: (row) => row.id,
  scope: (row) => row.scope,
  kind: (row) => row.kind,
  team: (row) => row.team,
  source: (row) => row.source,
  start_date: (row) => dateText(row.from),
  end_date: (row) => dateText(row.last),
  amount: (row) => amountText(row.amount),
  currency: () => "EUR"
});

export const eventNoteTable = csvTable<(typeof eventNotes)[number]>("other/event_notes.csv", {
  note_id: (row) => `N-${row.date}`,
  date: (row) => row.date,
  label: (row) => row.label,
  kind: (row) => row.kind
});

export const actionTable = csvTable<(typeof actions)[number]>("other/actions.csv", {
  metric: (row) => row.metric,
  segment: (row) => row.segment,
  start: (row) => row.from,
  action: (row) => row.action,
  owner_role: (row) => row.role,
  expected: (row) => row.expected
});
