// The sample company, from first to last: what all share, then block after block, each written and dropped.

import {createHash} from "node:crypto";
import {readdir, readFile, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {fileURLToPath} from "node:url";
import {accountTable, contactTable, makeAccounts} from "./accounts.js";
import {makeActivities} from "./activities.js";
import {eventTable, taskTable} from "./activityTables.js";
import {makeBlocks, withDoubles, type Block, type World} from "./block.js";
import {campaignCostTable, campaignTable, makeCampaignCosts, makeCampaigns} from "./campaigns.js";
import {contractTable, makeContracts} from "./contracts.js";
import {crmRequestTable, crmUsageTable, makeCrmRequests, makeCrmUsage, makeTraining, trainingTable} from "./crm.js";
import {createFiles, type WrittenFile} from "./csvTable.js";
import {fxRateTable, makeFxRates} from "./currencies.js";
import {engagementTable, makeEngagement, makeUsage, usageTable} from "./engagement.js";
import {createWonLog, forecastTable, makeForecasts, type WonLog} from "./forecasts.js";
import {invoiceTable, makeInvoices, paymentTable} from "./invoices.js";
import {makeLeads} from "./leads.js";
import {leadTable} from "./leadTable.js";
import {makeOpportunities} from "./opportunities.js";
import {plantOpportunityDirt, withSuperseded} from "./opportunityDirt.js";
import {fieldHistoryRows, fieldHistoryTable, historyRows, historyTable, lineRows, lineTable, opportunityTable} from "./opportunityTables.js";
import {makeOrders, makeQuotes} from "./orders.js";
import {orderItems, orderItemTable, orderTable, quoteTable} from "./orderTables.js";
import {actionTable, costTable, eventNoteTable, makeCosts, makeTargets, targetTable} from "./plan.js";
import {makeProducts, productTable} from "./products.js";
import {createIds} from "./recordId.js";
import {actions, eventNotes} from "./story.js";
import {makeSubscriptions, subscriptionEventRows, subscriptionEventTable, subscriptionTable} from "./subscriptions.js";
import {makeAnswers, makeCrmAnswers, surveyTable} from "./surveys.js";
import {makeTickets, ticketHistoryRows, ticketHistoryTable, ticketReplyRows, ticketReplyTable, ticketTable} from "./tickets.js";
import {makeStaff, roleTable, userTable} from "./users.js";

export interface SampleOptions {
  /** Folder to write into; made if absent. Files of the same names are overwritten. */
  readonly out: string;
  /** 1 is a company of 12,000 leads; above 0, at most 250. */
  readonly scale?: number;
  readonly seed?: string;
}

/** What `sample.json` beside the files says. */
export interface SampleLedger {
  /** Hash of the generator's own code. */
  readonly generator: string;
  readonly scale: number;
  readonly seed: string;
  /** Rows (without headers), bytes and SHA-256 by file. */
  readonly files: Readonly<Record<string, WrittenFile>>;
}

export interface SampleEffects {
  log(line: string): void;
}

export const defaultSampleEffects: SampleEffects = {log: (line) => console.error(line)};
export const defaultSeed = "harbour-lane";
export const maxScale = 250;

/**
 * Writes the sample company's exports: `salesforce/*.csv`, `other/*.csv` and `sample.json`. The same scale, seed and
 * generator give the same bytes on any machine; memory does not grow with the scale. Returns what `sample.json` holds.
 * Throws a RangeError for a scale outside (0, 250].
 */
export async function generateSample({out, scale = 1, seed = defaultSeed}: SampleOptions, effects: SampleEffects = defaultSampleEffects): Promise<SampleLedger> {
  if (!(scale > 0 && scale <= maxScale)) throw new RangeError(`sample: scale ${scale} is not above 0 and at most ${maxScale}`);
  const files = createFiles(out);
  const world = makeWorld(seed, scale);
  await writeWorld(files, world);
  const blocks = Math.ceil(scale);
  const won = createWonLog();
  for (const block of makeBlocks(world)) {
    await writeBlock(files, block, won);
    if (blocks > 1 && ((block.index + 1) % 10 === 0 || block.index + 1 === blocks)) effects.log(`sample: ${block.index + 1} of ${blocks} parts written`);
  }
  await files.write(forecastTable, makeForecasts(world, won));
  const ledger: SampleLedger = {generator: await generatorVersion(), scale, seed, files: await files.close()};
  await writeFile(join(out, "sample.json"), `${JSON.stringify(ledger, null, 2)}\n`);
  return ledger;
}

/** A hash over the generator's source files: another one means that other bytes may come out. */
export async function generatorVersion(): Promise<string> {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const hash = createHash("sha256");
  for (const name of (await readdir(folder)).filter((file) => file.endsWith(".ts")).sort()) {
    hash.update(`${name}\n${(await readFile(join(folder, name), "utf8")).replaceAll("\r\n", "\n")}`);
  }
  return hash.digest("hex").slice(0, 16);
}

type Files = ReturnType<typeof createFiles>;

function makeWorld(seed: string, scale: number): World {
  const id = createIds();
  const serials = new Map<string, number>();
  const staff = makeStaff(seed, scale, id);
  return {
    seed, scale, staff, id, products: makeProducts(id), campaigns: makeCampaigns(id, staff.admin.id),
    serial(series) {
      const n = (serials.get(series) ?? 0) + 1;
      serials.set(series, n);
      return n;
    }
  };
}

async function writeWorld(files: Files, world: World): Promise<void> {
  const {staff, products, campaigns, seed, scale} = world;
  await files.write(userTable, staff.users);
  await files.write(roleTable, staff.roles);
  await files.write(productTable, products.map((product) => ({product, madeBy: staff.admin.id})));
  await files.write(campaignTable, campaigns);
  await files.write(campaignCostTable, makeCampaignCosts(campaigns, seed, scale));
  await files.write(targetTable, makeTargets(world));
  await files.write(costTable, makeCosts(world));
  await files.write(fxRateTable, makeFxRates(seed));
  await files.write(eventNoteTable, eventNotes);
  await files.write(actionTable, actions);
  await files.write(trainingTable, makeTraining(world));
  await files.write(crmUsageTable, makeCrmUsage(world));
  await files.write(crmRequestTable, makeCrmRequests(world));
  await files.write(surveyTable, makeCrmAnswers(world));
}

async function writeBlock(files: Files, block: Block, won: WonLog): Promise<void> {
  const {world} = block;
  const doubles = block.random("doubles");
  const leads = makeLeads(block);
  const accounts = makeAccounts(block, leads);
  const opportunities = makeOpportunities(block, leads, accounts);
  plantOpportunityDirt(block, opportunities);
  won.add(opportunities);
  await files.write(leadTable, withDoubles(leads, doubles, 0.0015));
  await files.write(accountTable, withDoubles(accounts, doubles, 0.002));
  await files.write(contactTable, accounts.flatMap(({contacts}) => contacts));
  await files.write(opportunityTable, withDoubles(withSuperseded(opportunities, doubles), doubles, 0.0015));
  await files.write(historyTable, historyRows(world, opportunities));
  await files.write(fieldHistoryTable, fieldHistoryRows(world, opportunities));
  await files.write(lineTable, lineRows(world, opportunities, block.random("line")));
  const activities = {tasks: [] as Parameters<typeof taskTable.line>[0][], events: [] as Parameters<typeof eventTable.line>[0][]};
  for (const activity of makeActivities(block, leads, opportunities, accounts)) (activity.kind === "Meeting" ? activities.events : activities.tasks).push(activity);
  await files.write(taskTable, withDoubles(activities.tasks, doubles, 0.0005));
  await files.write(eventTable, activities.events);
  await writeSales(files, block, accounts, opportunities);
  const tickets = makeTickets(block, accounts);
  await files.write(ticketTable, tickets);
  await files.write(ticketHistoryTable, ticketHistoryRows(world.id, tickets));
  await files.write(ticketReplyTable, ticketReplyRows(world.serial, tickets));
  await files.write(surveyTable, makeAnswers(block, accounts, tickets));
  await files.write(engagementTable, makeEngagement(block, accounts));
}

async function writeSales(files: Files, block: Block, accounts: ReturnType<typeof makeAccounts>, opportunities: ReturnType<typeof makeOpportunities>): Promise<void> {
  const quotes = makeQuotes(block, opportunities);
  const orders = makeOrders(block, opportunities, quotes, accounts);
  const invoices = makeInvoices(block, orders);
  const subscriptions = makeSubscriptions(block, accounts);
  await files.write(quoteTable, quotes);
  await files.write(orderTable, orders);
  await files.write(orderItemTable, orderItems(orders));
  await files.write(invoiceTable, invoices);
  await files.write(paymentTable, invoices.filter(({paidAmount}) => paidAmount !== 0));
  await files.write(contractTable, makeContracts(block, subscriptions, opportunities));
  await files.write(subscriptionTable, subscriptions);
  await files.write(subscriptionEventTable, subscriptionEventRows(block, subscriptions));
  await files.write(usageTable, makeUsage(block, subscriptions));
}
