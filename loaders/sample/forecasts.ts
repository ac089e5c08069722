// What the owners, and the head of sales above them, said each Monday that a month would end with.

import type {World} from "./block.js";
import {csvTable} from "./csvTable.js";
import {inEuro} from "./currencies.js";
import {dateText, dayOfSecond, firstDay, lastDay, monthOf, monthsBetween, monthStart} from "./days.js";
import {counts, isWon, lastChange, type Opportunity} from "./opportunities.js";
import {closing} from "./plan.js";
import {createRandom} from "./random.js";
import {overstatement} from "./story.js";
import {isAtWork} from "./users.js";

export interface Forecast {
  readonly statedOn: number;
  /** First day of the month that it is for. */
  readonly month: number;
  readonly level: "company" | "owner";
  readonly ownerId: string;
  readonly category: "Commit" | "Best Case";
  /** In EUR, what is already won included. */
  readonly amount: number;
}

/** What each owner won in each month, in EUR: the rest of an opportunity need not be kept. */
export interface WonLog {
  add(opportunities: readonly Opportunity[]): void;
  of(ownerId: string, month: number): number;
}

export function createWonLog(): WonLog {
  const won = new Map<string, number>();
  const key = (ownerId: string, month: number) => `${ownerId} ${month}`;
  return {
    add(opportunities) {
      for (const opportunity of opportunities) {
        const {at, amount} = lastChange(opportunity);
        if (!isWon(opportunity) || !counts(opportunity) || Number.isNaN(amount)) continue;
        const place = key(opportunity.owner.id, monthStart(dayOfSecond(at)));
        won.set(place, (won.get(place) ?? 0) + inEuro(amount, opportunity.currency));
      }
    },
    of: (ownerId, month) => won.get(key(ownerId, month)) ?? 0
  };
}

/**
 * Forecasts of every month, stated on the last Monday before it, or on its first day, and on each Monday in it. They begin
 * between what an owner wins in such a month and what will be won, and come nearer to that as the month passes.
 */
export function* makeForecasts({seed, staff: {owners}}: World, won: WonLog): Generator<Forecast> {
  const random = createRandom(seed, "forecast");
  const months = monthsBetween(firstDay, lastDay);
  const closed = months.filter((month) => monthStart(month, 1) <= lastDay);
  for (const month of months) {
    const end = monthStart(month, 1);
    const season = closing[monthOf(month) - 1]!;
    const mondays = mondaysFrom(month, Math.min(end, lastDay + 1));
    const present = owners.filter((owner) => isAtWork(owner, month)).map((owner) => {
      const known = closed.filter((of) => isAtWork(owner, of));
      const usual = (season * known.reduce((sum, of) => sum + won.of(owner.id, of), 0)) / Math.max(1, known.length);
      const outcome = end <= lastDay ? won.of(owner.id, month) : usual;
      return {owner, usual, outcome, mood: random.logNormal(1, 0.2), reach: random.between(1.15, 1.5)};
    });
    for (const statedOn of mondays) {
      const passed = Math.max(0, (statedOn - month) / (end - month));
      let commit = 0;
      let best = 0;
      for (const {owner, usual, outcome, mood, reach} of present) {
        const sight = 0.65 + 0.35 * passed;
        const habit = 1 + overstatement(owner.team, month) * (1 - passed);
        const amount = rounded((sight * outcome + (1 - sight) * usual) * habit * (1 + (mood - 1) * (1 - passed)));
        const hoped = rounded(amount * (1 + (reach - 1) * (1 - passed)));
        commit += amount;
        best += hoped;
        yield {statedOn, month, level: "owner", ownerId: owner.id, category: "Commit", amount};
        yield {statedOn, month, level: "owner", ownerId: owner.id, category: "Best Case", amount: hoped};
      }
      const caution = 1 - 0.05 * (1 - passed) * random.between(0.4, 1.6);
      yield {statedOn, month, level: "company", ownerId: "", category: "Commit", amount: rounded(commit * caution)};
      yield {statedOn, month, level: "company", ownerId: "", category: "Best Case", amount: rounded(best * caution)};
    }
  }
}

const rounded = (value: number): number => Math.round(value / 100) * 100;

/** The last Monday up to a day, and those after it up to an end that is left out. */
function mondaysFrom(from: number, end: number): number[] {
  const first = from - ((from + 3) % 7);
  const mondays: number[] = [];
  for (let monday = first; monday < end; monday += 7) mondays.push(monday);
  return mondays;
}

export const forecastTable = csvTable<Forecast>("other/forecasts.csv", {
  stated_on: (row) => dateText(row.statedOn),
  period: (row) => dateText(row.month).slice(0, 7),
  level: (row) => row.level,
  owner_id: (row) => row.ownerId,
  category: (row) => row.category,
  amount: (row) => row.amount,
  currency: () => "EUR"
});
