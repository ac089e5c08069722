import type {World} from "./block.js";
import {amountText, bit, csvTable} from "./csvTable.js";
import {dateFieldText, dateText, lastSecond, secondsPerDay, stampText} from "./days.js";
import {currentOwner, lastChange, type Opportunity} from "./opportunities.js";
import type {Product} from "./products.js";
import type {Random} from "./random.js";
import {emptyReference} from "./recordId.js";
import {forecastCategory, openStages, stageProbability, type Change} from "./stages.js";

const amount = (value: number) => (isNaN(value) ? "" : amountText(value));
const expected = ({amount: value, stage}: Change) => (isNaN(value) ? "" : amountText(Math.round(value * stageProbability[stage]) / 100));
const closed = (row: Opportunity) => lastChange(row).stage.startsWith("Closed");

/** Columns in the order of the weekly export; those that are always empty are left out. */
export const opportunityTable = csvTable<Opportunity>("salesforce/Opportunity.csv", {
  Id: (row) => row.id,
  IsDeleted: (row) => bit(row.deleted),
  AccountId: (row) => row.accountId,
  Name: (row) => (row.test ? `TEST ${row.name}` : row.name),
  StageName: (row) => lastChange(row).stage,
  StageSortOrder: (row) => [...openStages, "Closed Won", "Closed Lost"].indexOf(lastChange(row).stage) + 1,
  Amount: (row) => amount(lastChange(row).amount),
  Probability: (row) => `${stageProbability[lastChange(row).stage]}.0`,
  ExpectedRevenue: (row) => expected(lastChange(row)),
  CloseDate: (row) => row.typedClose || dateFieldText(lastChange(row).closeDay),
  Type: (row) => row.type,
  NextStep: (row) => (closed(row) ? "" : row.nextStep),
  LeadSource: (row) => row.source,
  IsClosed: (row) => bit(closed(row)),
  IsWon: (row) => bit(lastChange(row).stage === "Closed Won"),
  ForecastCategory: (row) => forecastCategory[lastChange(row).stage]!,
  ForecastCategoryName: (row) => ({Forecast: "Commit", BestCase: "Best Case"})[forecastCategory[lastChange(row).stage]!] ?? forecastCategory[lastChange(row).stage]!,
  CurrencyIsoCode: (row) => row.currency,
  CampaignId: (row) => row.campaignId,
  HasOpportunityLineItem: (row) => bit(!isNaN(lastChange(row).amount)),
  OwnerId: (row) => currentOwner(row).id,
  CreatedDate: (row) => stampText(row.created),
  CreatedById: (row) => row.owner.id,
  LastModifiedDate: (row) => stampText(row.modified),
  LastModifiedById: (row) => currentOwner(row).id,
  SystemModstamp: (row) => stampText(row.modified),
  LastStageChangeDate: (row) => (row.hasHistory ? stampText(lastStageChange(row)) : ""),
  FiscalYear: (row) => dateText(lastChange(row).closeDay).slice(0, 4),
  FiscalQuarter: (row) => Math.ceil(+dateText(lastChange(row).closeDay).slice(5, 7) / 3),
  ContactId: (row) => row.contactId,
  Product__c: (row) => row.product.id,
  Lost_Reason__c: (row) => row.lostReason,
  Competitor__c: (row) => row.competitor,
  Partner__c: (row) => row.partner,
  Is_Test__c: (row) => bit(row.test)
});

function lastStageChange({changes}: Opportunity): number {
  let i = changes.length - 1;
  while (i > 0 && changes[i - 1]!.stage === changes[i]!.stage) --i;
  return changes[i]!.at;
}

interface HistoryRow {
  readonly id: string;
  readonly opportunity: Opportunity;
  readonly change: Change;
  readonly before: Change | undefined;
}

export function* historyRows(world: World, opportunities: readonly Opportunity[]): Generator<HistoryRow> {
  for (const opportunity of opportunities) {
    if (!opportunity.hasHistory) continue;
    for (const [i, change] of opportunity.changes.entries()) {
      yield {id: world.id("opportunity_history"), opportunity, change, before: opportunity.changes[i - 1]};
    }
  }
}

export const historyTable = csvTable<HistoryRow>("salesforce/OpportunityHistory.csv", {
  Id: (row) => row.id,
  OpportunityId: (row) => row.opportunity.id,
  CreatedById: (row) => row.opportunity.owner.id,
  CreatedDate: (row) => stampText(row.change.at),
  StageName: (row) => row.change.stage,
  Amount: (row) => amount(row.change.amount),
  ExpectedRevenue: (row) => expected(row.change),
  CloseDate: (row) => dateFieldText(row.change.closeDay),
  Probability: (row) => `${stageProbability[row.change.stage]}.0`,
  FromForecastCategory: (row) => (row.before ? forecastCategory[row.before.stage]! : ""),
  ForecastCategory: (row) => forecastCategory[row.change.stage]!,
  FromOpportunityStageName: (row) => row.before?.stage ?? "",
  CurrencyIsoCode: (row) => row.opportunity.currency,
  SystemModstamp: (row) => stampText(row.change.at),
  IsDeleted: (row) => bit(row.opportunity.deleted),
  PrevAmount: (row) => (row.before ? amount(row.before.amount) : ""),
  PrevCloseDate: (row) => (row.before ? dateFieldText(row.before.closeDay) : "")
});

interface FieldChange {
  readonly id: string;
  readonly opportunityId: string;
  readonly by: string;
  readonly at: number;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** Tracked fields: amount, close date, stage, owner. */
export function* fieldHistoryRows(world: World, opportunities: readonly Opportunity[]): Generator<FieldChange> {
  for (const row of opportunities) {
    if (!row.hasHistory) continue;
    const change = (at: number, field: string, before: string, after: string): FieldChange => ({
      id: world.id("opportunity_field_history"), opportunityId: row.id, by: row.owner.id, at, field, before, after
    });
    for (let i = 1; i < row.changes.length; ++i) {
      const [old, now] = [row.changes[i - 1]!, row.changes[i]!];
      if (old.stage !== now.stage) yield change(now.at, "StageName", old.stage, now.stage);
      if (amount(old.amount) !== amount(now.amount)) yield change(now.at, "Amount", amount(old.amount), amount(now.amount));
      if (old.closeDay !== now.closeDay) yield change(now.at, "CloseDate", dateText(old.closeDay), dateText(now.closeDay));
    }
    if (row.heir && row.heirSince <= lastSecond) yield change(row.heirSince, "Owner", row.owner.id, row.heir.id);
  }
}

export const fieldHistoryTable = csvTable<FieldChange>("salesforce/OpportunityFieldHistory.csv", {
  Id: (row) => row.id,
  IsDeleted: () => 0,
  OpportunityId: (row) => row.opportunityId,
  CreatedById: (row) => row.by,
  CreatedDate: (row) => stampText(row.at),
  Field: (row) => row.field,
  OldValue: (row) => row.before,
  NewValue: (row) => row.after
});

interface LineRow {
  readonly id: string;
  readonly opportunity: Opportunity;
  readonly product: Product;
  readonly quantity: number;
  readonly total: number;
  readonly order: number;
}

/** The products on each opportunity that has an amount; the totals add up to it. */
export function* lineRows(world: World, opportunities: readonly Opportunity[], random: Random): Generator<LineRow> {
  for (const opportunity of opportunities) {
    const {amount: whole} = lastChange(opportunity);
    if (isNaN(whole)) continue;
    const others = world.products.filter((one) => one.active && one.id !== opportunity.product.id && one.from * secondsPerDay < opportunity.created);
    const second = random.chance(0.38) ? random.pick(others) : undefined;
    const main = second ? Math.round(whole * random.between(0.6, 0.9) * 100) / 100 : whole;
    const line = (product: Product, total: number, order: number): LineRow => ({
      id: world.id("opportunity_line"), opportunity, product, total, order, quantity: Math.max(1, Math.round(total / product.price))
    });
    yield line(opportunity.product, main, 1);
    if (second) yield line(second, Math.round((whole - main) * 100) / 100, 2);
  }
}

export const lineTable = csvTable<LineRow>("salesforce/OpportunityLineItem.csv", {
  Id: (row) => row.id,
  OpportunityId: (row) => row.opportunity.id,
  SortOrder: (row) => row.order,
  Product2Id: (row) => row.product.id,
  ProductCode: (row) => row.product.code,
  Name: (row) => `${row.opportunity.account.name}: ${row.product.name}`,
  CurrencyIsoCode: (row) => row.opportunity.currency,
  Quantity: (row) => `${row.quantity}.0`,
  TotalPrice: (row) => amountText(row.total),
  UnitPrice: (row) => amountText(Math.round((row.total / row.quantity) * 100) / 100),
  CreatedDate: (row) => stampText(row.opportunity.created),
  CreatedById: (row) => row.opportunity.owner.id || emptyReference,
  LastModifiedDate: (row) => stampText(row.opportunity.modified),
  LastModifiedById: (row) => row.opportunity.owner.id,
  SystemModstamp: (row) => stampText(row.opportunity.modified),
  IsDeleted: (row) => bit(row.opportunity.deleted)
});
