// Marketing campaigns: one a quarter for each source that is paid for by campaign, with its cost by month.

import {amountText, bit, csvTable} from "./csvTable.js";
import {dateFieldText, dateText, dayOfSecond, firstDay, lastDay, lastSecond, monthOf, monthStart, monthsBetween, secondsPerDay, stampText} from "./days.js";
import {createRandom} from "./random.js";
import {emptyReference} from "./recordId.js";
import {decayingSourceCostFactor, decayOf, demand, isShowTime, sources} from "./story.js";

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly type: string;
  /** First day. */
  readonly from: number;
  /** First day after it. */
  readonly to: number;
  readonly ownerId: string;
}

export interface CampaignCost {
  readonly id: string;
  readonly campaignId: string;
  readonly source: string;
  readonly from: number;
  /** Last day, inclusive. */
  readonly last: number;
  readonly amount: number;
}

const types: Readonly<Record<string, string>> = {
  "Paid Search": "Advertisement", "Content Download": "Content", Webinar: "Webinar", "Trade Show": "Trade Show",
  "Partner Referral": "Partners", Outbound: "Direct Mail"
};

export function makeCampaigns(id: (kind: "campaign") => string, ownerId: string): Campaign[] {
  const quarters = monthsBetween(monthStart(firstDay, -1), lastDay).filter((month) => monthOf(month) % 3 === 1);
  return quarters.flatMap((from) =>
    Object.entries(types).map(([source, type]) => ({
      id: id("campaign"), source, type, from, to: monthStart(from, 3), ownerId,
      name: `${source} ${dateText(from).slice(0, 4)} Q${Math.ceil(monthOf(from) / 3)}`
    }))
  );
}

/** The campaign of a source that runs on a day. */
export function campaignOn(campaigns: readonly Campaign[], source: string, of: number): Campaign | undefined {
  return campaigns.find((campaign) => campaign.source === source && of >= campaign.from && of < campaign.to);
}

/**
 * Cost of each source and month, so that a lead costs what the story says; sources without campaigns (web, customer
 * referrals) bear theirs without one. Grows with the scale as the leads do.
 */
export function makeCampaignCosts(campaigns: readonly Campaign[], seed: string, scale: number): CampaignCost[] {
  const random = createRandom(seed, "campaign-cost");
  const months = monthsBetween(firstDay, lastDay);
  const weight = (source: string, from: number, to: number) => {
    let sum = 0;
    for (let of = from; of < to; ++of) sum += demand(of) * (source === "Trade Show" ? (isShowTime(of) ? 10 : 0.35) : 1);
    return sum;
  };
  const costs: CampaignCost[] = [];
  for (const {name, share, cost} of sources) {
    const all = weight(name, firstDay, lastDay + 1);
    for (const from of months) {
      const to = Math.min(monthStart(from, 1), lastDay + 1);
      const leads = (12000 * scale * share * weight(name, from, to)) / all;
      const rise = 1 + (decayingSourceCostFactor - 1) * decayOf(name, from);
      costs.push({
        id: `CC-${costs.length + 1001}`, campaignId: campaignOn(campaigns, name, from)?.id ?? "", source: name, from, last: to - 1,
        amount: Math.round(leads * cost * rise * random.between(0.92, 1.08) * 100) / 100
      });
    }
  }
  return costs;
}

export const campaignTable = csvTable<Campaign>("salesforce/Campaign.csv", {
  Id: (row) => row.id,
  IsDeleted: () => 0,
  Name: (row) => row.name,
  ParentId: () => emptyReference,
  Type: (row) => row.type,
  Status: (row) => (row.to > lastDay ? "In Progress" : "Completed"),
  StartDate: (row) => dateFieldText(row.from),
  EndDate: (row) => dateFieldText(row.to - 1),
  CurrencyIsoCode: () => "EUR",
  IsActive: (row) => bit(row.to > lastDay),
  OwnerId: (row) => row.ownerId,
  CreatedDate: (row) => stampText((row.from - 10) * secondsPerDay + 36000),
  CreatedById: (row) => row.ownerId,
  LastModifiedDate: (row) => stampText(modified(row)),
  LastModifiedById: (row) => row.ownerId,
  SystemModstamp: (row) => stampText(modified(row)),
  Lead_Source__c: (row) => row.source
});

export const campaignCostTable = csvTable<CampaignCost>("other/campaign_costs.csv", {
  cost_id: (row) => row.id,
  campaign_id: (row) => row.campaignId,
  source: (row) => row.source,
  start_date: (row) => dateText(row.from),
  end_date: (row) => dateText(row.last),
  amount: (row) => amountText(row.amount),
  currency: () => "EUR"
});

function modified(row: Campaign): number {
  return Math.min(lastSecond, Math.min(row.to, dayOfSecond(lastSecond)) * secondsPerDay + 43200);
}
