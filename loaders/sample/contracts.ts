// Signed agreements: yearly ones behind larger subscriptions, renewed while these last, and frame contracts of big deals.

import type {Block} from "./block.js";
import {amountText, csvTable} from "./csvTable.js";
import {dateFieldText, dayOfSecond, lastDay, lastSecond, secondsPerDay, stampText, toWeekday} from "./days.js";
import {inEuro} from "./currencies.js";
import {counts, isWon, lastChange, type Opportunity} from "./opportunities.js";
import {emptyReference} from "./recordId.js";
import type {Subscription} from "./subscriptions.js";

export interface Contract {
  readonly id: string;
  readonly number: string;
  readonly accountId: string;
  readonly opportunityId: string;
  readonly ownerId: string;
  readonly kind: "new" | "renewal" | "amendment";
  readonly signed: number | undefined;
  readonly from: number;
  /** Last day, inclusive. */
  readonly last: number;
  readonly annual: number;
  readonly currency: string;
  renewedBy: string;
}

export function makeContracts(block: Block, subscriptions: readonly Subscription[], opportunities: readonly Opportunity[]): Contract[] {
  const random = block.random("contract");
  const contracts: Contract[] = [];
  const add = (contract: Omit<Contract, "id" | "number" | "renewedBy">): Contract => {
    const made = {...contract, id: block.world.id("contract"), number: String(block.world.serial("contract")).padStart(8, "0"), renewedBy: emptyReference};
    contracts.push(made);
    return made;
  };
  for (const {account, billing, started, ended, events} of subscriptions) {
    if (billing !== "year" && account.segment === "SMB") continue;
    let before: Contract | undefined;
    for (let from = started; from <= lastDay && (ended === undefined || from < ended); from += 365) {
      const {mrr} = events.filter(({at, mrr}) => at <= (from + 1) * secondsPerDay && mrr > 0).at(-1) ?? events[0]!;
      const signedOn = toWeekday(from - random.int(3, 25));
      const contract: Contract = add({
        accountId: account.id, opportunityId: "", ownerId: account.ownerId, kind: before ? "renewal" : "new", from, last: from + 364,
        signed: Math.min(lastSecond, signedOn * secondsPerDay + 39600), annual: mrr * 12, currency: account.currency
      });
      if (before) before.renewedBy = contract.id;
      before = contract;
    }
    if (before && random.chance(0.06)) add({...before, kind: "amendment", annual: Math.round(before.annual * 0.1), signed: Math.min(lastSecond, (before.from + 90) * secondsPerDay)});
  }
  for (const opportunity of opportunities) {
    const {amount, at} = lastChange(opportunity);
    if (!isWon(opportunity) || !counts(opportunity) || !(inEuro(amount, opportunity.currency) > 25000)) continue;
    const from = toWeekday(dayOfSecond(at) + random.int(3, 20));
    add({
      accountId: opportunity.account.id, opportunityId: opportunity.id, ownerId: opportunity.owner.id, kind: "new", from, last: from + 729,
      signed: random.chance(0.04) ? undefined : at, annual: Math.round(amount / 2), currency: opportunity.currency
    });
  }
  return contracts;
}

const created = (row: Contract) => Math.min(lastSecond, (row.signed ?? row.from * secondsPerDay) - 2 * secondsPerDay);
const modified = (row: Contract) => Math.min(lastSecond, row.signed ?? created(row));

export const contractTable = csvTable<Contract>("salesforce/Contract.csv", {
  Id: (row) => row.id,
  AccountId: (row) => row.accountId,
  StartDate: (row) => dateFieldText(row.from),
  EndDate: (row) => dateFieldText(row.last),
  ContractTerm: (row) => Math.round((row.last + 1 - row.from) / 30.4),
  OwnerId: (row) => row.ownerId,
  Status: (row) => (row.signed === undefined ? "Draft" : row.last < lastDay ? "Expired" : "Activated"),
  CustomerSignedDate: (row) => (row.signed === undefined ? "" : dateFieldText(dayOfSecond(row.signed))),
  ActivatedDate: (row) => (row.signed === undefined ? "" : stampText(row.signed)),
  IsDeleted: () => 0,
  ContractNumber: (row) => row.number,
  CurrencyIsoCode: (row) => row.currency,
  CreatedDate: (row) => stampText(created(row)),
  CreatedById: (row) => row.ownerId,
  LastModifiedDate: (row) => stampText(modified(row)),
  LastModifiedById: (row) => row.ownerId,
  SystemModstamp: (row) => stampText(modified(row)),
  Kind__c: (row) => row.kind,
  Annual_Value__c: (row) => amountText(row.annual),
  Total_Value__c: (row) => amountText(row.kind === "new" && row.last - row.from > 400 ? row.annual * 2 : row.annual),
  Opportunity__c: (row) => row.opportunityId || emptyReference,
  Renewed_By__c: (row) => row.renewedBy
});
