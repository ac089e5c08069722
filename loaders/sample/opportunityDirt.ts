// What goes wrong in every CRM, planted among the opportunities.

import {countFor, type Block} from "./block.js";
import {dateFieldText, dayOfSecond, lastDay, secondsPerDay} from "./days.js";
import type {Random} from "./random.js";
import {counts, isWon, lastChange, type Opportunity} from "./opportunities.js";

/** A cell that is no date; three of them at scale 1. */
export const impossibleDate = "2025-02-30 00:00:00";

/** Plants tests, deleted records, typed close dates that differ from the stage event, and wrong dates. In place. */
export function plantOpportunityDirt(block: Block, opportunities: readonly Opportunity[]): void {
  const random = block.random("opportunity-dirt");
  for (const opportunity of opportunities) {
    const kind = random.next();
    if (kind < 0.005) opportunity.test = true;
    else if (kind < 0.017) opportunity.deleted = true;
    else if (kind < 0.055 && lastChange(opportunity).stage.startsWith("Closed")) opportunity.typedClose = nearby(opportunity, random);
  }
  const won = opportunities.filter((one) => counts(one) && isWon(one) && !one.typedClose);
  for (const opportunity of drawSome(won, countFor(block, 8), random)) {
    opportunity.hasHistory = false;
    opportunity.typedClose = dateFieldText(dayOfSecond(opportunity.created) - random.int(3, 60));
  }
  const open = opportunities.filter((one) => counts(one) && !lastChange(one).stage.startsWith("Closed"));
  for (const opportunity of drawSome(open, countFor(block, 3), random)) opportunity.typedClose = impossibleDate;
}

/** The rows as exported: a few stand twice, first as they were at an earlier stage, with the older stamp. */
export function* withSuperseded(opportunities: readonly Opportunity[], random: Random): Generator<Opportunity> {
  for (const opportunity of opportunities) {
    if (opportunity.changes.length > 2 && random.chance(0.004)) {
      const changes = opportunity.changes.slice(0, -1);
      yield {...opportunity, changes, heir: undefined, modified: changes.at(-1)!.at, typedClose: "", lostReason: "", deleted: false};
    }
    yield opportunity;
  }
}

function nearby(opportunity: Opportunity, random: Random): string {
  const at = Math.floor(lastChange(opportunity).at / secondsPerDay);
  return dateFieldText(Math.min(lastDay, at + random.pick([-12, -7, -3, -1, 1, 2, 5, 9])));
}

function drawSome<T>(list: readonly T[], count: number, random: Random): T[] {
  const rest = [...list];
  return Array.from({length: Math.min(count, list.length)}, () => rest.splice(random.int(0, rest.length - 1), 1)[0]!);
}
