// What is worth finding in the sample, all in one place; data/README.md tells it in words. Every planted effect is a
// function of the day, so tests and analysts can check it against the same dates.

import {day, firstDay, isWeekday, monthOf} from "./days.js";

export const regions = ["DACH", "CEE", "Nordics", "West"] as const;
export type Region = (typeof regions)[number];
export const regionShare: Readonly<Record<Region, number>> = {DACH: 0.36, CEE: 0.26, Nordics: 0.18, West: 0.2};

export const segments = ["SMB", "Mid-market", "Enterprise"] as const;
export type Segment = (typeof segments)[number];
export const segmentShare: Readonly<Record<Segment, number>> = {SMB: 0.5, "Mid-market": 0.35, Enterprise: 0.15};

const seasons = [0.95, 1, 1.16, 1.02, 1, 0.98, 0.8, 0.7, 1.12, 1.17, 1.1, 0.76];

/** Demand of a day against an average one: season, growth of 14 % a year, quiet weekends and year ends. */
export function demand(of: number): number {
  const season = seasons[monthOf(of) - 1]!;
  const growth = 1 + (0.14 * (of - firstDay)) / 365.25;
  return season * growth * (isWeekday(of) ? 1 : 0.03) * (isYearEnd(of) ? 0.12 : 1);
}

function isYearEnd(of: number): boolean {
  const rest = new Date(of * 86400000);
  return (rest.getUTCMonth() === 11 && rest.getUTCDate() >= 24) || (rest.getUTCMonth() === 0 && rest.getUTCDate() === 1);
}

/** Deals are pushed over the line at the end of a quarter. */
export function quarterEndPush(of: number): number {
  return monthOf(of) % 3 === 0 ? 1.12 : 0.95;
}

export interface Source {
  readonly name: string;
  /** Share of all leads. */
  readonly share: number;
  /** Share of its leads that become an opportunity, before the decay. */
  readonly conversion: number;
  /** Marketing cost of one lead in EUR, before the rise. */
  readonly cost: number;
  /** Chance to win against the average. */
  readonly winFactor: number;
}

export const sources: readonly Source[] = [
  {name: "Web", share: 0.22, conversion: 0.15, cost: 18, winFactor: 1},
  {name: "Paid Search", share: 0.2, conversion: 0.18, cost: 62, winFactor: 0.95},
  {name: "Content Download", share: 0.14, conversion: 0.07, cost: 24, winFactor: 0.85},
  {name: "Webinar", share: 0.1, conversion: 0.13, cost: 41, winFactor: 1},
  {name: "Trade Show", share: 0.09, conversion: 0.12, cost: 130, winFactor: 1.05},
  {name: "Outbound", share: 0.12, conversion: 0.08, cost: 55, winFactor: 0.8},
  {name: "Partner Referral", share: 0.07, conversion: 0.24, cost: 70, winFactor: 1.2},
  {name: "Customer Referral", share: 0.06, conversion: 0.3, cost: 15, winFactor: 1.35}
];

/** Paid search wears out: from January 2025 on its conversion falls in a straight line to 22 % of what it was … */
export const decayingSource = {name: "Paid Search", from: day("2025-01-01"), to: day("2026-07-01"), rest: 0.22};
/** … while a lead of it comes to cost 2.4 times as much. */
export const decayingSourceCostFactor = 2.4;

/** 0 before the decay, 1 when it is complete. */
export function decayOf(source: string, of: number): number {
  if (source !== decayingSource.name) return 0;
  const {from, to} = decayingSource;
  return Math.min(1, Math.max(0, (of - from) / (to - from)));
}

/** Trade-show leads come in the fortnights after the two shows of the year. */
export function isShowTime(of: number): boolean {
  const date = new Date(of * 86400000);
  const month = date.getUTCMonth() + 1;
  return (month === 3 && date.getUTCDate() >= 10 && date.getUTCDate() <= 24) || (month === 10 && date.getUTCDate() <= 14);
}

/** A rival sells below cost in the Nordics for one quarter: fewer new deals, a third of the wins, lost to price. */
export const badQuarter = {
  region: "Nordics" as Region, from: day("2025-07-01"), to: day("2025-10-01"),
  created: 0.65, win: 0.3, reason: "Price", competitor: "Brightbuoy"
};

export function isBadQuarter(region: string, of: number): boolean {
  return region === badQuarter.region && of >= badQuarter.from && of < badQuarter.to;
}

/** The new product: in no deal before the launch, in a fourth of them nine months later. */
export const newProduct = {code: "SXE", name: "Sextant Edge", from: day("2025-04-14"), share: 0.25, rampDays: 270};
/** Its first weeks bring incidents. */
export const newProductIncidentsUntil = day("2025-07-15");

/** The cloud price rises by 18 %; small customers on the Basic plan leave over the next months. */
export const priceRise = {
  at: day("2025-10-01"), factor: 1.18, segment: "SMB" as Segment, plan: "Harbour Cloud Basic",
  churnFrom: day("2025-10-20"), churnTo: day("2026-02-28"), churnShare: 0.34
};

/** Eight owners start on one day and need half a year to sell like the others. */
export const hiringWave = {on: day("2025-02-03"), count: 8};
export const rampDays = 183;

/** How much of a seasoned owner's power one has so many days after joining: 0.35 rising to 1. */
export function ramp(daysSinceHired: number): number {
  return Math.min(1, 0.35 + (0.65 * Math.max(0, daysSinceHired)) / rampDays);
}

/** One team says more than it brings until what may be called a commitment is written down. */
export const boldTeam = {team: "CEE Field", until: day("2026-02-01"), before: 0.45, after: 0.05, others: 0.08};

/** How far above the likely outcome a team's forecast of a month begins, as a share. */
export function overstatement(team: string, month: number): number {
  if (team !== boldTeam.team) return boldTeam.others;
  return month < boldTeam.until ? boldTeam.before : boldTeam.after;
}

/** The CRM fails for three days, and is slow until it is moved to new machines. */
export const outage = {from: day("2026-05-18"), to: day("2026-05-21")};
export const slowTime = {from: day("2025-11-01"), to: day("2026-01-19")};

/** The service desk moves into the CRM: requests find the right person by rule, and the first answer comes sooner. */
export const serviceDesk = {from: day("2025-09-01"), firstReply: 0.5};

/** What was done about KPIs: actions.csv. */
export const actions: readonly {metric: string; segment: string; from: string; action: string; role: string; expected: string}[] = [
  {metric: "first_response_time", segment: "", from: "2025-09-01", action: "CRM goes live at the service desk: requests are routed by rule", role: "head of service", expected: "down"},
  {metric: "win_rate", segment: "", from: "2025-11-03", action: "Discount guide for the last round of a deal", role: "head of sales", expected: "+0.03"},
  {metric: "sales_cycle_days", segment: "", from: "2025-12-01", action: "Contract templates that legal has approved beforehand", role: "head of sales", expected: "-10"},
  {metric: "lead_conversion_rate", segment: "source=Paid Search", from: "2026-06-01", action: "New landing pages for Paid Search", role: "head of marketing", expected: "up"},
  {metric: "logo_churn", segment: "", from: "2025-10-01", action: "Cloud prices up 18 %, with a letter to every customer", role: "head of customer success", expected: "down"}
];

/** Remarks for time axes. */
export const eventNotes: readonly {date: string; label: string; kind: string}[] = [
  {date: "2024-03-12", label: "Spring trade show", kind: "campaign"},
  {date: "2024-10-01", label: "Autumn trade show", kind: "campaign"},
  {date: "2025-02-03", label: "Eight new owners start", kind: "people"},
  {date: "2025-03-11", label: "Spring trade show", kind: "campaign"},
  {date: "2025-04-14", label: "Sextant Edge launched", kind: "product"},
  {date: "2025-07-01", label: "Brightbuoy price campaign in the Nordics", kind: "market"},
  {date: "2025-10-01", label: "Cloud prices up 18 %", kind: "price"},
  {date: "2026-01-19", label: "CRM moved to new machines", kind: "crm"},
  {date: "2026-03-10", label: "Spring trade show", kind: "campaign"},
  {date: "2026-05-18", label: "CRM outage, three days", kind: "outage"},
  {date: "2026-10-01", label: "Autumn trade show", kind: "campaign"}
];
