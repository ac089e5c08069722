// Customers and prospects, with their people.

import {countFor, type Block} from "./block.js";
import {bit, csvTable} from "./csvTable.js";
import {dayOfSecond, firstDay, lastSecond, officeSecond, secondsPerDay, stampText, toWeekday} from "./days.js";
import type {Lead} from "./leads.js";
import {companyName, emailOf, personName, type PersonName} from "./names.js";
import type {Random} from "./random.js";
import {emptyReference} from "./recordId.js";
import {regions, regionShare, segments, segmentShare, type Region, type Segment} from "./story.js";

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly region: Region;
  readonly country: string;
  readonly segment: Segment;
  readonly industry: string;
  readonly employees: number;
  readonly currency: string;
  readonly ownerId: string;
  readonly created: number;
  modified: number;
  /** How much and how often it buys, against the average. */
  readonly appetite: number;
  parentId: string;
  mergedInto: string;
  /** Id of a duplicate merged into it, which a few old records still name. */
  alias: string;
  deleted: boolean;
  test: boolean;
  readonly contacts: Contact[];
}

export interface Contact {
  readonly id: string;
  readonly accountId: string;
  readonly name: PersonName;
  readonly email: string;
  readonly title: string;
  readonly ownerId: string;
  readonly created: number;
  readonly modified: number;
  readonly optedOut: boolean;
  mergedInto: string;
  deleted: boolean;
}

const countries: Readonly<Record<Region, readonly string[]>> = {
  DACH: ["Germany", "Germany", "Austria", "Switzerland"], CEE: ["Hungary", "Poland", "Czechia"],
  Nordics: ["Sweden", "Denmark", "Finland"], West: ["United Kingdom", "Netherlands", "France", "United States"]
};
const industries = ["Food & Beverage", "Chemicals", "Logistics", "Utilities", "Pharmaceuticals", "Manufacturing", "Agriculture"] as const;
const titles = ["Plant Manager", "Head of Quality", "Procurement Lead", "Maintenance Engineer", "Managing Director", "Lab Technician"] as const;
const headcount: Readonly<Record<Segment, number>> = {SMB: 35, "Mid-market": 260, Enterprise: 2100};

/** A country of the region, the same for the same key. */
export function countryOf(region: Region, key: string): string {
  return countries[region][(key.charCodeAt(13) + key.charCodeAt(14)) % countries[region].length]!;
}

/**
 * The accounts of a block: about half older than the history, the rest made from converted leads, which are given
 * their account and contact here. Sorted by creation.
 */
export function makeAccounts(block: Block, leads: readonly Lead[]): Account[] {
  const random = block.random("account");
  const {staff} = block.world;
  const goal = countFor(block, 900);
  const converted = leads.filter((lead) => lead.converted).sort((a, b) => a.converted! - b.converted! || (a.id < b.id ? -1 : 1));
  const fresh = Math.min(Math.round(goal * 0.48), converted.length);
  const accounts: Account[] = [];
  for (let i = accounts.length; i < goal - fresh; ++i) {
    const region = random.weighted(regions, (name) => regionShare[name]);
    const segment = random.weighted(segments, (name) => segmentShare[name]);
    const created = officeSecond(toWeekday(firstDay - 20 - Math.floor(1700 * random.next() * random.next())), random);
    const name = companyName(region, random);
    const owner = staff.ownerFor(region, segment === "Enterprise", Math.max(firstDay, dayOfSecond(created)), random);
    accounts.push(makeAccount(block, random, region, segment, created, name, owner.id));
  }
  const known = groupByRegion(accounts);
  converted.forEach((lead, i) => {
    const isNew = Math.floor(((i + 1) * fresh) / converted.length) > Math.floor((i * fresh) / converted.length);
    let account = isNew ? undefined : findFor(lead, known, random);
    if (!account) {
      account = makeAccount(block, random, lead.region, lead.segment, lead.converted!, lead.company, lead.ownerId, lead.name);
      accounts.push(account);
      known.get(lead.region)!.push(account);
    }
    lead.accountId = account.id;
    lead.contactId = (isNew ? account.contacts[0]! : random.pick(account.contacts)).id;
  });
  accounts.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
  return plantAccountDirt(block, accounts, random);
}

function findFor(lead: Lead, known: Map<Region, Account[]>, random: Random): Account | undefined {
  const list = known.get(lead.region)!;
  for (let attempt = 0; attempt < 12 && list.length; ++attempt) {
    const account = random.pick(list);
    if (account.segment === lead.segment) return account;
  }
  return list.length ? random.pick(list) : undefined;
}

function groupByRegion(accounts: readonly Account[]): Map<Region, Account[]> {
  return new Map(regions.map((region) => [region, accounts.filter((account) => account.region === region)]));
}

function makeAccount(block: Block, random: Random, region: Region, segment: Segment, created: number, name: string, ownerId: string, person?: PersonName): Account {
  const id = block.world.id("account");
  const country = countryOf(region, id);
  const currency = country === "United States" || (region === "West" && random.chance(0.12)) ? "USD" : country === "Hungary" && random.chance(0.45) ? "HUF" : "EUR";
  const modified = Math.min(lastSecond, created + random.int(0, 400) * secondsPerDay + 3600);
  const people = random.weighted([1, 2, 3, 4, 5], (n) => (segment === "SMB" ? 6 - n : n));
  const contacts = Array.from({length: people}, (_, i): Contact => {
    const who = i === 0 && person ? person : personName(random);
    const since = i === 0 ? created : Math.min(lastSecond, created + random.int(1, 500) * secondsPerDay);
    return {
      id: block.world.id("contact"), accountId: id, name: who, email: random.chance(0.05) ? "" : emailOf(who, name), title: random.pick(titles),
      ownerId, created: since, modified: Math.min(lastSecond, since + random.int(0, 200) * secondsPerDay), optedOut: random.chance(0.09),
      mergedInto: emptyReference, deleted: random.chance(0.006)
    };
  });
  return {
    id, name, region, country, segment, industry: random.pick(industries), employees: Math.max(3, Math.round(random.logNormal(headcount[segment], 0.6))),
    currency, ownerId, created, modified, appetite: random.logNormal(0.85, 0.6), parentId: emptyReference, mergedInto: emptyReference, alias: "",
    deleted: false, test: false, contacts
  };
}

/**
 * Returns the accounts with parents set, people entered twice and merged, and more accounts that nothing is sold to:
 * duplicates merged into the account whose alias they become, deleted ones, and tests.
 */
function plantAccountDirt(block: Block, accounts: Account[], random: Random): Account[] {
  const extra: Account[] = [];
  accounts.forEach((account, i) => {
    const earlier = i > 0 ? accounts[random.int(0, i - 1)]! : undefined;
    if (earlier && account.segment !== "SMB" && random.chance(0.05)) account.parentId = earlier.id;
    account.contacts.forEach((contact, n) => {
      if (n > 0 && random.chance(0.012)) Object.assign(contact, {mergedInto: account.contacts[0]!.id, deleted: true});
    });
    const kind = random.next();
    if (kind > 0.025) return;
    const twin: Account = {...account, id: block.world.id("account"), created: Math.min(lastSecond, account.created + random.int(5, 90) * secondsPerDay), contacts: []};
    if (kind < 0.014) {
      account.alias = twin.id;
      extra.push({...twin, name: account.name.toUpperCase(), mergedInto: account.id, deleted: true});
    } else if (kind < 0.02) extra.push({...twin, name: `${account.name} (old)`, deleted: true});
    else extra.push({...twin, name: "TEST Account do not use", test: true});
  });
  for (const account of extra) account.modified = Math.min(lastSecond, account.created + 3 * secondsPerDay);
  return [...accounts, ...extra];
}

export const isSound = (account: Account): boolean => !account.deleted && !account.test && account.mergedInto === emptyReference;

export const accountTable = csvTable<Account>("salesforce/Account.csv", {
  Id: (row) => row.id,
  IsDeleted: (row) => bit(row.deleted),
  MasterRecordId: (row) => row.mergedInto,
  Name: (row) => row.name,
  Type: (row) => (row.created < firstDay * secondsPerDay ? "Customer" : "Prospect"),
  ParentId: (row) => row.parentId,
  BillingCountry: (row) => row.country,
  Industry: (row) => row.industry,
  AnnualRevenue: (row) => `${row.employees * 118000}.0`,
  NumberOfEmployees: (row) => row.employees,
  CurrencyIsoCode: (row) => row.currency,
  OwnerId: (row) => row.ownerId,
  CreatedDate: (row) => stampText(row.created),
  CreatedById: (row) => row.ownerId,
  LastModifiedDate: (row) => stampText(row.modified),
  LastModifiedById: (row) => row.ownerId,
  SystemModstamp: (row) => stampText(row.modified),
  Segment__c: (row) => row.segment,
  Region__c: (row) => row.region,
  Is_Test__c: (row) => bit(row.test)
});

export const contactTable = csvTable<Contact>("salesforce/Contact.csv", {
  Id: (row) => row.id,
  IsDeleted: (row) => bit(row.deleted),
  MasterRecordId: (row) => row.mergedInto,
  AccountId: (row) => row.accountId,
  FirstName: (row) => row.name.first,
  LastName: (row) => row.name.last,
  Email: (row) => row.email,
  Title: (row) => row.title,
  CurrencyIsoCode: () => "EUR",
  OwnerId: (row) => row.ownerId,
  HasOptedOutOfEmail: (row) => bit(row.optedOut),
  CreatedDate: (row) => stampText(row.created),
  CreatedById: (row) => row.ownerId,
  LastModifiedDate: (row) => stampText(row.modified),
  LastModifiedById: (row) => row.ownerId,
  SystemModstamp: (row) => stampText(row.modified)
});
