// The way of an opportunity through its stages.

import {dayOfSecond, lastDay, lastSecond, secondsPerDay, toWeekday} from "./days.js";
import type {Random} from "./random.js";

export const openStages = ["Prospecting", "Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review"] as const;
export type Stage = (typeof openStages)[number] | "Closed Won" | "Closed Lost";

/** Per cent, as Salesforce writes it. */
export const stageProbability: Readonly<Record<Stage, number>> = {
  Prospecting: 10, Qualification: 20, "Needs Analysis": 35, "Proposal/Price Quote": 60, "Negotiation/Review": 80,
  "Closed Won": 100, "Closed Lost": 0
};

export const forecastCategory: Readonly<Record<Stage, string>> = {
  Prospecting: "Pipeline", Qualification: "Pipeline", "Needs Analysis": "Pipeline", "Proposal/Price Quote": "BestCase",
  "Negotiation/Review": "Forecast", "Closed Won": "Closed", "Closed Lost": "Omitted"
};

export interface Change {
  readonly at: number;
  readonly stage: Stage;
  /** NaN where nobody entered one. */
  readonly amount: number;
  /** Expected, or the day it closed. */
  readonly closeDay: number;
}

export interface PathPlan {
  readonly created: number;
  /** The day on which it closes if it does. */
  readonly closeDay: number;
  readonly wins: boolean;
  /** Never closes: forgotten in a stage. */
  readonly stalls: boolean;
  /** False if the close day lies behind the export. */
  readonly closable: boolean;
  readonly reopens: boolean;
  readonly amount: number;
}

/** Returns the changes in order of time, the first at creation, none after the last second of the sample. */
export function makePath(random: Random, plan: PathPlan): Change[] {
  const {created, closeDay, wins, amount} = plan;
  const end = closeDay * secondsPerDay + random.int(7 * 3600, 16 * 3600);
  const depth = wins ? openStages.length : random.weighted([1, 2, 3, 4, 5], (n) => [0.2, 0.26, 0.24, 0.18, 0.12][n - 1]!);
  const visited = openStages.slice(0, depth).filter((_, i) => i === 0 || i === depth - 1 || !random.chance(0.16));
  if (visited[0] === "Prospecting" && visited.length > 1 && random.chance(0.25)) visited.shift();
  const cuts = visited.slice(1).map(() => random.next()).sort((a, b) => a - b);
  const within = (share: number) => Math.max(created, Math.min(end - 900, workSecond(created + Math.round(share * (end - created)), random)));
  const entries = visited.map((stage, i) => ({stage: stage as Stage, at: i === 0 ? created : within(cuts[i - 1]!)}));
  if (visited.length > 2 && random.chance(0.07)) goBack(entries, end);
  if (!plan.stalls) entries.push({stage: wins ? "Closed Won" : "Closed Lost", at: Math.max(end, created + 3600)});
  let last = 0;
  let expected = dayOfSecond(created) + Math.max(5, Math.round((closeDay - dayOfSecond(created)) * random.between(0.45, 1.15)));
  let value = isNaN(amount) ? NaN : round(amount * (random.chance(0.45) ? random.between(0.7, 1.35) : 1), amount);
  const changes: Change[] = [];
  const add = (at: number, stage: Stage) => changes.push({at: (last = Math.max(last + 60, at)), stage, amount: value, closeDay: expected});
  entries.forEach(({stage, at}, i) => {
    if (i > 0 && random.chance(0.3) && !stage.startsWith("Closed")) value = round(value * random.between(0.85, 1.15), amount);
    if (stage === "Negotiation/Review" || stage === "Closed Won") value = amount;
    const reached = dayOfSecond(Math.max(at, last + 60));
    if (stage.startsWith("Closed")) expected = reached;
    else if (reached + 3 > expected) expected = toWeekday(reached + random.int(10, 45));
    add(at, stage);
    const next = entries[i + 1]?.at;
    if (next && next - last > 25 * secondsPerDay && random.chance(0.4)) {
      expected = toWeekday(Math.max(expected, dayOfSecond(last)) + random.int(7, 40));
      add(workSecond(last + Math.round((next - last) * random.between(0.4, 0.8)), random), stage);
    }
  });
  if (plan.reopens) reopen(changes, random);
  const seen = changes.filter(({at}) => at <= lastSecond);
  return refresh(seen, random);
}

/** From the last stage back to the one before it, and up again. */
function goBack(entries: {stage: Stage; at: number}[], end: number): void {
  const [before, last] = [entries.at(-2)!, entries.at(-1)!];
  const after = (share: number) => last.at + Math.round((end - last.at) * share);
  entries.push({stage: before.stage, at: after(0.25)}, {stage: last.stage, at: after(0.55)});
}

/** A won deal goes back to negotiation within six weeks, then is won again, lost, or still open. */
function reopen(changes: Change[], random: Random): void {
  const won = changes.at(-1)!;
  const back = workSecond(won.at + random.int(4, 42) * secondsPerDay, random);
  const closeDay = toWeekday(dayOfSecond(back) + random.int(10, 50));
  changes.push({at: back, stage: "Negotiation/Review", amount: won.amount, closeDay});
  const ending = random.next();
  if (ending < 0.8) changes.push({at: closeDay * secondsPerDay + 39600, stage: ending < 0.4 ? "Closed Won" : "Closed Lost", amount: won.amount, closeDay});
}

/** Owners of most open deals keep the close date ahead of the export; some leave it in the past. */
function refresh(changes: Change[], random: Random): Change[] {
  const last = changes.at(-1)!;
  if (last.stage.startsWith("Closed") || last.closeDay > lastDay || random.chance(0.3)) return changes;
  const at = workSecond(lastSecond - random.int(2, 25) * secondsPerDay, random);
  if (at <= last.at) return changes;
  return [...changes, {...last, at, closeDay: toWeekday(lastDay + random.int(5, 70))}];
}

function workSecond(second: number, random: Random): number {
  const on = toWeekday(dayOfSecond(second));
  return on * secondsPerDay + 25200 + random.int(0, 32000);
}

function round(value: number, like: number): number {
  const step = like >= 1000000 ? 10000 : like >= 20000 ? 500 : like >= 2000 ? 50 : 10;
  return Math.max(step, Math.round(value / step) * step);
}
