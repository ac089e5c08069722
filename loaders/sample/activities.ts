// E-mails, calls, meetings and tasks around leads, opportunities and customers: about 60,000 at scale 1.

import {isSound, type Account} from "./accounts.js";
import {countFor, type Block} from "./block.js";
import {dayDraw, dayOfSecond, firstDay, lastDay, lastSecond, officeSecond, secondsPerDay} from "./days.js";
import type {Lead} from "./leads.js";
import {currentOwner, isWon, lastChange, type Opportunity} from "./opportunities.js";
import type {Random} from "./random.js";
import {emptyReference, type RecordKind} from "./recordId.js";
import {demand} from "./story.js";
import {isAtWork} from "./users.js";

export type ActivityKind = "Email" | "Call" | "Meeting" | "Task";

export interface Activity {
  readonly id: string;
  readonly kind: ActivityKind;
  readonly inbound: boolean;
  /** A contact or a lead. */
  readonly whoId: string;
  /** An opportunity or an account. */
  readonly whatId: string;
  readonly accountId: string;
  readonly ownerId: string;
  readonly created: number;
  /** When it was planned for. */
  readonly due: number;
  /** When it was done; undefined if planned, or cancelled. */
  readonly done: number | undefined;
  readonly minutes: number;
  readonly outcome: string;
  readonly automated: boolean;
}

const mix: readonly ActivityKind[] = ["Email", "Call", "Meeting", "Task"];
const shares: Readonly<Record<ActivityKind, number>> = {Email: 0.44, Call: 0.26, Meeting: 0.16, Task: 0.14};
const callOutcomes = ["Connected", "No answer", "Left message", "Connected"] as const;
const careDay = dayDraw(firstDay, lastDay, demand);

interface About {
  readonly whoId: string;
  readonly whatId: string;
  readonly accountId: string;
  readonly ownerId: string;
}

/** The activities of a block, as they are made; tasks and meetings go to different files. */
export function* makeActivities(block: Block, leads: readonly Lead[], opportunities: readonly Opportunity[], accounts: readonly Account[]): Generator<Activity> {
  const random = block.random("activity");
  for (const lead of leads) yield* leadActivities(block, lead, random);
  for (const opportunity of opportunities) yield* opportunityActivities(block, opportunity, random);
  yield* careActivities(block, accounts, random);
}

function* leadActivities(block: Block, lead: Lead, random: Random): Generator<Activity> {
  const {integration} = block.world.staff;
  const about = {whoId: lead.id, whatId: emptyReference, accountId: emptyReference, ownerId: lead.ownerId};
  if (random.chance(0.3) && !lead.imported) {
    yield activity(block, "Email", {...about, ownerId: integration.id}, Math.min(lastSecond, lead.created + random.int(20, 90)), random, {automated: true, outcome: "Sent"});
  }
  if (lead.contacted === undefined) return;
  yield activity(block, random.chance(0.55) ? "Call" : "Email", about, lead.contacted, random, {});
  const end = lead.converted ?? lead.lost ?? Math.min(lastSecond, lead.contacted + 20 * secondsPerDay);
  const more = lead.qualified ? random.int(1, 3) : random.chance(0.25) ? 1 : 0;
  for (let i = 0; i < more; ++i) {
    const at = officeSecond(dayOfSecond(lead.contacted + Math.round(random.next() * (end - lead.contacted))), random);
    if (at > lead.contacted) yield activity(block, drawKind(random), about, at, random, {});
  }
}

function* opportunityActivities(block: Block, opportunity: Opportunity, random: Random): Generator<Activity> {
  const last = lastChange(opportunity);
  const isClosed = last.stage.startsWith("Closed");
  const from = Math.max(opportunity.created, firstDay * secondsPerDay);
  const to = isClosed ? last.at : Math.min(lastSecond, opportunity.created + 150 * secondsPerDay);
  if (to <= from) return;
  const count = Math.round(random.logNormal(isWon(opportunity) ? 8.6 : 5.4, 0.45));
  for (let i = 0; i < count; ++i) {
    const at = officeSecond(dayOfSecond(from + Math.round(random.next() * (to - from))), random);
    const owner = opportunity.heir && at > opportunity.heirSince ? currentOwner(opportunity) : opportunity.owner;
    const about = {whoId: opportunity.contactId, whatId: opportunity.id, accountId: opportunity.accountId, ownerId: owner.id};
    yield activity(block, drawKind(random), about, Math.max(at, opportunity.created), random, {});
  }
  if (!isClosed && random.chance(0.5)) {
    const about = {whoId: opportunity.contactId, whatId: opportunity.id, accountId: opportunity.accountId, ownerId: currentOwner(opportunity).id};
    const due = officeSecond(lastDay, random) + random.int(1, 20) * secondsPerDay;
    yield activity(block, random.chance(0.6) ? "Task" : "Meeting", about, due, random, {planned: true});
  }
}

/** Calls and visits to customers without a deal on hand; they thin out for accounts that buy little. */
function* careActivities(block: Block, accounts: readonly Account[], random: Random): Generator<Activity> {
  const {staff} = block.world;
  const owners = new Map(staff.owners.map((owner) => [owner.id, owner]));
  const sound = accounts.filter(isSound);
  const sums: number[] = [];
  let total = 0;
  for (const {appetite} of sound) sums.push((total += appetite));
  for (let left = countFor(block, 12600); left > 0; --left) {
    const on = careDay(random);
    const account = sound[findSum(sums, random.next() * total)]!;
    if (dayOfSecond(account.created) >= on) continue;
    const keeper = owners.get(account.ownerId);
    const owner = keeper && isAtWork(keeper, on) ? keeper : staff.ownerFor(account.region, false, on, random);
    const about = {whoId: random.pick(account.contacts).id, whatId: account.id, accountId: account.id, ownerId: owner.id};
    yield activity(block, drawKind(random), about, officeSecond(on, random), random, {});
  }
}

function activity(block: Block, kind: ActivityKind, about: About, at: number, random: Random, how: {planned?: boolean; automated?: boolean; outcome?: string}): Activity {
  const id: RecordKind = kind === "Meeting" ? "event" : "task";
  const missed = kind === "Meeting" && random.chance(0.06);
  const cancelled = how.planned !== true && kind === "Task" && random.chance(0.08);
  const created = how.planned ? Math.min(lastSecond, at - 30 * secondsPerDay) : kind === "Email" || kind === "Call" ? at : Math.max(at - random.int(0, 9) * secondsPerDay, 0);
  return {
    id: block.world.id(id), kind, ...about, created, due: at, automated: how.automated ?? false,
    inbound: !how.automated && (kind === "Email" ? random.chance(0.3) : kind === "Call" && random.chance(0.22)),
    done: how.planned || missed || cancelled ? undefined : at,
    minutes: kind === "Call" ? Math.max(1, Math.round(random.logNormal(6, 0.8))) : kind === "Meeting" ? random.pick([30, 30, 45, 60, 60, 90]) : 0,
    outcome: how.outcome ?? (how.planned ? "" : outcomeOf(kind, missed, cancelled, random))
  };
}

function outcomeOf(kind: ActivityKind, missed: boolean, cancelled: boolean, random: Random): string {
  if (kind === "Call") return random.pick(callOutcomes);
  if (kind === "Meeting") return missed ? "No-show" : "Held";
  if (kind === "Email") return "Sent";
  return cancelled ? "Cancelled" : "Done";
}

function drawKind(random: Random): ActivityKind {
  return random.weighted(mix, (kind) => shares[kind]);
}

/** The first index whose running sum lies above a goal. */
function findSum(sums: readonly number[], goal: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sums[middle]! > goal) high = middle;
    else low = middle + 1;
  }
  return low;
}
