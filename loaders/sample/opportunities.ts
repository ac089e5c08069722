// Possible sales: who would buy what, for how much, and how it ended.

import {isSound, type Account} from "./accounts.js";
import {countFor, type Block} from "./block.js";
import {campaignOn} from "./campaigns.js";
import {day, dayDraw, dayOfSecond, firstDay, lastDay, lastSecond, officeSecond, secondsPerDay, toWeekday} from "./days.js";
import type {Lead} from "./leads.js";
import {inCurrency} from "./currencies.js";
import {drawProduct, type Product} from "./products.js";
import type {Random} from "./random.js";
import {emptyReference} from "./recordId.js";
import {makePath, type Change} from "./stages.js";
import {badQuarter, demand, isBadQuarter, quarterEndPush, ramp, segments, sources, type Segment} from "./story.js";
import {isAtWork, type User} from "./users.js";

export interface Opportunity {
  readonly id: string;
  readonly account: Account;
  accountId: string;
  readonly name: string;
  readonly type: "New Business" | "Existing Business" | "Renewal";
  readonly source: string;
  readonly campaignId: string;
  readonly contactId: string;
  readonly product: Product;
  readonly owner: User;
  /** Whom it belongs to at the export, where that is not the owner who worked on it. */
  heir: User | undefined;
  heirSince: number;
  readonly created: number;
  /** Stage, amount and close date over time; the first is its creation, the last how it stands. */
  readonly changes: Change[];
  /** False for the few that were loaded without their history. */
  hasHistory: boolean;
  currency: string;
  /** The close date as typed, where somebody typed another than the day it closed. */
  typedClose: string;
  nextStep: string;
  lostReason: string;
  competitor: string;
  partner: string;
  test: boolean;
  deleted: boolean;
  modified: number;
}

const medianSize: Readonly<Record<Segment, number>> = {SMB: 7200, "Mid-market": 15500, Enterprise: 43000};
const cycleFactor: Readonly<Record<Segment, number>> = {SMB: 0.82, "Mid-market": 1.05, Enterprise: 1.45};
const lostReasons = ["Price", "No decision", "Competitor", "Missing feature", "Budget cut", "No answer", ""] as const;
const competitors = ["Brightbuoy", "Norrsken Metering", "Altmark Sensorik", "Quintal Systems"] as const;
const partners = ["Lodestar Resellers", "Beacon Integrators", "Mooring Partners"] as const;
const nextSteps = ["Send offer", "Call on Monday", "Site visit", "Wait for budget", "Demo with plant manager", ""] as const;

/** Deals of before the history are there if they were open when it began; until its own leads bear fruit, there are more of them. */
const earliest = day("2023-05-02");
const directDay = dayDraw(earliest, lastDay, (of) => demand(of) * (of < firstDay + 60 ? 1.5 : 1));

/** The opportunities of a block, sorted by creation: those of converted leads, and the rest with known accounts. */
export function makeOpportunities(block: Block, leads: readonly Lead[], accounts: readonly Account[]): Opportunity[] {
  const random = block.random("opportunity");
  const sound = accounts.filter(isSound);
  const byId = new Map(sound.map((account) => [account.id, account]));
  const users = new Map(block.world.staff.users.map((user) => [user.id, user]));
  const opportunities: Opportunity[] = [];
  for (const lead of leads) {
    if (lead.converted === undefined) continue;
    const account = byId.get(lead.accountId)!;
    const owner = users.get(lead.ownerId)!;
    const opportunity = makeOpportunity(block, random, account, lead.converted, lead.source, isAtWork(owner, dayOfSecond(lead.converted)) ? owner : undefined, lead);
    lead.opportunityId = opportunity.id;
    opportunities.push(opportunity);
  }
  const bySegment = new Map(segments.map((segment) => [segment, sound.filter((account) => account.segment === segment)]));
  for (const goal = countFor(block, 4000); opportunities.length < goal; ) {
    const on = directDay(random);
    const account = random.weighted(random.chance(0.12) ? sound.slice(0, 40) : bySegment.get(random.pick(segments))!.slice(0, 400), ({appetite}) => appetite);
    if (dayOfSecond(account.created) >= on || (isBadQuarter(account.region, on) && !random.chance(badQuarter.created))) continue;
    const source = random.weighted(["Customer Referral", "Outbound", "Partner Referral", "Web", ""], (name) => ({"": 0.12, Outbound: 0.3})[name] ?? 0.2);
    const opportunity = makeOpportunity(block, random, account, officeSecond(on, random), source, undefined, undefined);
    if (!lastChange(opportunity).stage.startsWith("Closed") || lastChange(opportunity).at >= firstDay * secondsPerDay) opportunities.push(opportunity);
  }
  return opportunities.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
}

function makeOpportunity(block: Block, random: Random, account: Account, created: number, source: string, leadOwner: User | undefined, lead: Lead | undefined): Opportunity {
  const {staff, products, campaigns} = block.world;
  const on = dayOfSecond(created);
  const owner = leadOwner ?? staff.ownerFor(account.region, account.segment === "Enterprise", Math.max(on, firstDay - 60), random);
  const product = lead && on - dayOfSecond(lead.created) < 200 && random.chance(0.7) ? lead.product : drawProduct(products, on, account.segment, random);
  const isFirst = lead !== undefined && Math.abs(account.created - created) < secondsPerDay;
  const type = isFirst ? "New Business" : product.family === "Cloud" && random.chance(0.4) ? "Renewal" : random.chance(0.35) ? "New Business" : "Existing Business";
  const size = random.logNormal(medianSize[account.segment] * product.sizeFactor, 0.62) * (random.chance(0.012) ? 5 : 1);
  const currency = random.chance(0.0008) ? "CHF" : account.currency;
  const cycle = random.logNormal(57 * cycleFactor[account.segment] * (type === "Renewal" ? 0.7 : 1), 0.52);
  const plannedClose = toQuarterEnd(on + Math.max(2, Math.round(cycle)), random);
  const wins = random.chance(winChance(account, owner, product, source, plannedClose, type));
  const path = makePath(random, {
    created, closeDay: plannedClose, wins, stalls: random.chance(0.03), amount: amountOf(size, currency, random),
    closable: plannedClose <= lastDay, reopens: wins && random.chance(0.022)
  });
  const last = path.at(-1)!;
  const lostIn = isBadQuarter(account.region, plannedClose);
  const lost = last.stage === "Closed Lost";
  const reason = !lost ? "" : lostIn && random.chance(0.7) ? badQuarter.reason : random.pick(lostReasons);
  const opportunity: Opportunity = {
    id: block.world.id("opportunity"), account, accountId: account.alias && random.chance(0.3) ? account.alias : account.id,
    name: `${account.name}: ${product.name}`, type, source, campaignId: lead?.campaignId ?? (source && random.chance(0.3) ? campaignOn(campaigns, source, on)?.id ?? emptyReference : emptyReference),
    contactId: lead?.contactId ?? random.pick(account.contacts).id, product, owner, heir: undefined, heirSince: 0, created, changes: path, hasHistory: true, currency,
    typedClose: "", nextStep: random.pick(nextSteps), lostReason: reason,
    competitor: lostIn && reason === badQuarter.reason ? badQuarter.competitor : lost && random.chance(0.45) ? random.pick(competitors) : "",
    partner: source === "Partner Referral" || random.chance(0.06) ? random.pick(partners) : "", test: false, deleted: false, modified: last.at
  };
  inherit(block, opportunity, random);
  return opportunity;
}

function winChance(account: Account, owner: User, product: Product, source: string, closeDay: number, type: Opportunity["type"]): number {
  const sourceFactor = sources.find(({name}) => name === source)?.winFactor ?? 0.9;
  const typeFactor = type === "Renewal" ? 1.45 : type === "Existing Business" ? 1.15 : 0.92;
  const region = isBadQuarter(account.region, closeDay) ? badQuarter.win : account.region === "West" ? 0.92 : 1;
  return Math.min(0.85, 0.268 * owner.skill * ramp(closeDay - owner.hired) * product.winFactor * sourceFactor * typeFactor * region * quarterEndPush(closeDay));
}

/** One deal in eight slides to the last three weeks of its quarter. */
function toQuarterEnd(of: number, random: Random): number {
  const month = new Date(of * 86400000).getUTCMonth();
  const shift = month % 3 < 2 && random.chance(0.13) ? (2 - (month % 3)) * 30 - random.int(0, 12) : 0;
  return toWeekday(of + shift);
}

function amountOf(size: number, currency: string, random: Random): number {
  if (random.chance(0.025)) return NaN;
  const step = size > 20000 ? 500 : size > 5000 ? 100 : 10;
  return inCurrency(Math.max(step, Math.round(size / step) * step), currency);
}

/** What a leaver left open goes to a colleague within a fortnight, save one in seven. */
function inherit({world: {staff}}: Block, opportunity: Opportunity, random: Random): void {
  const {owner, account} = opportunity;
  const last = opportunity.changes.at(-1)!;
  const isOpen = !last.stage.startsWith("Closed");
  const leaves = owner.left !== undefined && (isOpen || last.at > owner.left * secondsPerDay) && !random.chance(0.14);
  const hands = leaves || (isOpen && random.chance(0.05));
  if (!hands) return;
  const since = Math.max(opportunity.created + 7200, leaves ? owner.left! * secondsPerDay + random.int(0, 14) * secondsPerDay + 36000 : opportunity.created + 20 * secondsPerDay);
  if (since > lastSecond - 600) return;
  opportunity.heir = staff.ownerFor(account.region, account.segment === "Enterprise", dayOfSecond(since), random);
  opportunity.heirSince = since;
  opportunity.modified = Math.max(opportunity.modified, since);
}

/** Who is responsible at the export. */
export const currentOwner = (opportunity: Opportunity): User => opportunity.heir ?? opportunity.owner;
export const lastChange = (opportunity: Opportunity): Change => opportunity.changes.at(-1)!;
export const isWon = (opportunity: Opportunity): boolean => lastChange(opportunity).stage === "Closed Won";
/** Counted in the report: neither a test nor deleted. */
export const counts = (opportunity: Opportunity): boolean => !opportunity.test && !opportunity.deleted;
