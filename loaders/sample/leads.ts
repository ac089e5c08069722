// Enquiries: who asked, through which source, and what became of it.

import {countFor, type Block} from "./block.js";
import {campaignOn} from "./campaigns.js";
import {dayDraw, dayOfSecond, firstDay, lastDay, lastSecond, officeSecond, secondsPerDay, toWeekday} from "./days.js";
import {drawProduct, type Product} from "./products.js";
import {companyName, personName, type PersonName} from "./names.js";
import type {Random} from "./random.js";
import {emptyReference, recordId} from "./recordId.js";
import {decayingSource, decayOf, demand, isBadQuarter, isShowTime, regions, regionShare, segments, segmentShare, sources, type Region, type Segment, type Source} from "./story.js";

export type LeadStatus = "Open - Not Contacted" | "Working - Contacted" | "Qualified" | "Closed - Converted" | "Closed - Not Converted";

export interface Lead {
  readonly id: string;
  name: PersonName;
  company: string;
  region: Region;
  segment: Segment;
  source: string;
  campaignId: string;
  product: Product;
  ownerId: string;
  created: number;
  /** First contact by a person; undefined if nobody did. */
  contacted: number | undefined;
  qualified: number | undefined;
  converted: number | undefined;
  lost: number | undefined;
  lostReason: string;
  score: number;
  status: LeadStatus;
  nextFollowUp: number | undefined;
  imported: boolean;
  test: boolean;
  deleted: boolean;
  mergedInto: string;
  accountId: string;
  contactId: string;
  opportunityId: string;
  modified: number;
}

const lostReasons = ["No budget", "No answer", "Not the right product", "Bought elsewhere", "Student or private", "Wrong contact data", ""] as const;

const draws = {
  usual: dayDraw(firstDay, lastDay, demand),
  show: dayDraw(firstDay, lastDay, (of) => demand(of) * (isShowTime(of) ? 10 : 0.35))
};

/** The leads of a block; those that convert have no account and opportunity yet. */
export function makeLeads(block: Block): Lead[] {
  const random = block.random("lead");
  const count = countFor(block, 11830);
  const leads = Array.from({length: count}, () => makeLead(block, random));
  plantImport(block, leads, random);
  const second = leads.flatMap((lead) => (random.chance(0.015) ? [plantDuplicate(block, lead, random)] : []));
  return [...leads, ...second].sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
}

function makeLead(block: Block, random: Random): Lead {
  const {staff, products, campaigns} = block.world;
  const source = random.weighted(sources, ({share}) => share);
  const on = (source.name === "Trade Show" ? draws.show : draws.usual)(random);
  const created = random.chance(0.12) ? Math.min(lastSecond, on * secondsPerDay + random.int(0, secondsPerDay - 1)) : officeSecond(on, random);
  const region = random.weighted(regions, (name) => regionShare[name] * (isBadQuarter(name, on) ? 0.8 : 1));
  const segment = random.weighted(segments, (name) => segmentShare[name]);
  const unowned = random.chance(0.012);
  const lead: Lead = {
    id: block.world.id("lead"), name: personName(random), company: companyName(region, random), region, segment,
    source: random.chance(0.025) ? "" : source.name,
    campaignId: campaignOn(campaigns, source.name, on)?.id ?? emptyReference,
    product: drawProduct(products, on, segment, random),
    ownerId: unowned ? (random.chance(0.2) ? recordId("queue", 1) : emptyReference) : staff.ownerFor(region, segment === "Enterprise", on, random).id,
    created, contacted: undefined, qualified: undefined, converted: undefined, lost: undefined, lostReason: "", score: 0,
    status: "Open - Not Contacted", nextFollowUp: undefined, imported: false, test: random.chance(0.003), deleted: random.chance(0.008),
    mergedInto: emptyReference, accountId: emptyReference, contactId: emptyReference, opportunityId: emptyReference, modified: created
  };
  if (lead.test) lead.company = "TEST please ignore";
  live(lead, source, unowned, random);
  return lead;
}

function live(lead: Lead, source: Source, unowned: boolean, random: Random): void {
  const on = dayOfSecond(lead.created);
  const rate = source.conversion * (1 - (1 - decayingSource.rest) * decayOf(source.name, on)) * (lead.segment === "SMB" ? 0.9 : 1.12);
  const converts = !unowned && !lead.test && !lead.deleted && random.chance(rate);
  const qualifies = converts || random.chance(0.24);
  lead.score = Math.max(1, Math.min(100, Math.round(38 + 14 * random.normal() + (qualifies ? 16 : 0) + (converts ? 14 : 0))));
  const answered = lead.created + Math.round(random.logNormal(source.name === "Web" ? 5200 : 15800, 1.2));
  if (!unowned && random.chance(0.94)) lead.contacted = reached(onWorkday(answered, random));
  if (!lead.contacted) return;
  const qualified = lead.contacted + Math.round(random.logNormal(4.5, 0.9) * secondsPerDay);
  if (qualifies) lead.qualified = reached(onWorkday(qualified, random));
  if (converts && lead.qualified) lead.converted = reached(onWorkday(lead.qualified + Math.round(random.logNormal(11, 0.85) * secondsPerDay), random));
  if (!converts && random.chance(0.86)) {
    const from = lead.qualified ?? lead.contacted;
    lead.lost = reached(onWorkday(from + Math.round(random.logNormal(21, 0.8) * secondsPerDay), random));
    if (lead.lost) lead.lostReason = random.pick(lostReasons);
  }
  lead.status = lead.converted ? "Closed - Converted" : lead.lost ? "Closed - Not Converted" : lead.qualified ? "Qualified" : "Working - Contacted";
  lead.modified = lead.lost ?? lead.converted ?? lead.qualified ?? lead.contacted;
  if (!lead.converted && !lead.lost) lead.nextFollowUp = lead.modified + random.int(1, 40) * secondsPerDay;
}

/** One bulk load of an old list: 120 leads of one morning, which no campaign brought. */
function plantImport(block: Block, leads: Lead[], random: Random): void {
  const at = Date.UTC(2024, 10, 14, 8, 30) / 1000;
  for (const lead of leads.filter((one) => one.source === "Outbound" && !one.converted).slice(0, countFor(block, 120))) {
    const moved = at + random.int(0, 1500);
    const shift = moved - lead.created;
    lead.imported = true;
    lead.created = moved;
    lead.campaignId = emptyReference;
    lead.contacted &&= reached(lead.contacted + shift);
    lead.qualified &&= reached(lead.qualified + shift);
    lead.lost &&= reached(lead.lost + shift);
    if (!lead.lost) lead.lostReason = "";
    lead.status = lead.lost ? "Closed - Not Converted" : lead.qualified ? "Qualified" : lead.contacted ? "Working - Contacted" : "Open - Not Contacted";
    lead.modified = lead.lost ?? lead.qualified ?? lead.contacted ?? moved;
  }
}

/** The same person again some days later: six in ten were merged into the first, the others still stand twice. */
function plantDuplicate(block: Block, first: Lead, random: Random): Lead {
  const created = Math.min(lastSecond, first.created + random.int(1, 20) * secondsPerDay + random.int(0, 9000));
  const merged = random.chance(0.6) && !first.deleted;
  return {
    ...first, id: block.world.id("lead"), created, contacted: undefined, qualified: undefined, converted: undefined, lost: undefined,
    lostReason: "", status: "Open - Not Contacted", source: random.chance(0.5) ? "Web" : first.source, nextFollowUp: undefined, imported: false,
    mergedInto: merged ? first.id : emptyReference, deleted: merged || first.deleted, modified: created
  };
}

function onWorkday(second: number, random: Random): number {
  const on = dayOfSecond(second);
  if (random.chance(0.04)) return second;
  const shifted = toWeekday(on);
  const hour = second - on * secondsPerDay;
  return shifted * secondsPerDay + (hour < 23400 ? 23400 + (hour % 7200) : hour > 61200 ? 54000 + (hour % 7200) : hour) + (shifted - on ? 1 : 0);
}

function reached(second: number): number | undefined {
  return second <= lastSecond ? second : undefined;
}
