// Service requests with every change of status and every reply.

import {isSound, type Account, type Contact} from "./accounts.js";
import {countFor, type Block} from "./block.js";
import {bit, csvTable} from "./csvTable.js";
import {dayDraw, dayOfSecond, firstDay, lastDay, lastSecond, officeSecond, secondsPerDay, stampText, toWeekday} from "./days.js";
import type {Product} from "./products.js";
import type {Random} from "./random.js";
import {emptyReference, type RecordKind} from "./recordId.js";
import {demand, newProduct, newProductIncidentsUntil, priceRise, serviceDesk} from "./story.js";
import type {User} from "./users.js";

export interface TicketEvent {
  readonly at: number;
  readonly type: "status" | "agent_reply" | "customer_reply";
  /** Status before and after; empty for replies. */
  readonly before: string;
  readonly after: string;
  readonly automated: boolean;
}

export interface Ticket {
  readonly id: string;
  readonly number: string;
  readonly account: Account;
  readonly contact: Contact;
  readonly product: Product;
  readonly type: "Question" | "Incident" | "Complaint";
  readonly channel: string;
  readonly topic: string;
  readonly priority: "Low" | "Medium" | "High";
  readonly agent: User;
  readonly created: number;
  readonly slaDue: number;
  readonly events: TicketEvent[];
  readonly firstReply: number | undefined;
  readonly replies: number;
  readonly firstSolved: number | undefined;
  readonly solved: number | undefined;
  readonly spam: boolean;
  readonly mergedInto: string;
}

const channels = ["Email", "Phone", "Web", "Chat"] as const;
const topics = {
  Question: ["Setup", "Invoice", "Calibration", "User account"], Incident: ["Sensor drift", "No connection", "Display fault", "Wrong reading"],
  Complaint: ["Late delivery", "Price", "Rude contact", "Repeated fault"]
} as const;
/** Hours until a first answer is expected; the solution is promised within three times as long. */
const hours = {High: 4, Medium: 24, Low: 72} as const;

/** Requests follow demand, with more incidents in the first weeks of the new product and more complaints after the price rise. */
function load(of: number): number {
  const early = of >= newProduct.from && of < newProductIncidentsUntil ? 1.5 : 1;
  return demand(of) * early * (of >= priceRise.at && of < priceRise.at + 60 ? 1.2 : 1);
}

const ticketDay = dayDraw(firstDay, lastDay, load);

export function makeTickets(block: Block, accounts: readonly Account[]): Ticket[] {
  const random = block.random("ticket");
  const sound = accounts.filter(isSound);
  const tickets: Ticket[] = [];
  for (const goal = countFor(block, 3200); tickets.length < goal; ) {
    const on = ticketDay(random);
    const account = random.pick(sound);
    if (dayOfSecond(account.created) < on) tickets.push(makeTicket(block, account, on, tickets.at(-1), random));
  }
  return tickets.sort((a, b) => a.created - b.created || (a.id < b.id ? -1 : 1));
}

function makeTicket(block: Block, account: Account, on: number, before: Ticket | undefined, random: Random): Ticket {
  const {staff, products, id, serial} = block.world;
  const sold = products.filter((one) => one.from <= on);
  const young = on >= newProduct.from && on < newProductIncidentsUntil && random.chance(0.4);
  const product = young ? products.find(({code}) => code === newProduct.code)! : random.pick(sold);
  const upset = on >= priceRise.at && on < priceRise.at + 60 && random.chance(0.22);
  const type = young ? "Incident" : upset ? "Complaint" : random.weighted(["Question", "Incident", "Complaint"] as const, (name) => ({Question: 5, Incident: 4, Complaint: 1})[name]);
  const priority = random.weighted(["Low", "Medium", "High"] as const, (name) => ({Low: 3, Medium: 5, High: type === "Incident" ? 3 : 1})[name]);
  const created = officeSecond(on, random);
  const spam = random.chance(0.01);
  const merged = !spam && before !== undefined && before.created < created && before.mergedInto === emptyReference && random.chance(0.015);
  const way = spam || merged ? {events: [{at: created + 600, type: "status", before: "New", after: "Closed", automated: false} as TicketEvent]} : handle(created, hours[priority], on >= serviceDesk.from ? serviceDesk.firstReply : 1, random);
  const seen = way.events.filter(({at}) => at <= lastSecond);
  const replies = seen.filter(({type, automated}) => type === "agent_reply" && !automated);
  const solved = seen.filter(({type, after}) => type === "status" && after === "Solved");
  const isSolved = seen.filter(({type}) => type === "status").at(-1)?.after === "Solved" || seen.at(-1)?.after === "Closed";
  return {
    id: id("ticket"), number: String(serial("ticket")).padStart(8, "0"), account, contact: random.pick(account.contacts), product, type, channel: random.pick(channels),
    topic: type === "Complaint" && upset ? "Price" : random.pick(topics[type]), priority, agent: random.pick(staff.service), created, slaDue: created + hours[priority] * 3 * 3600, events: seen,
    firstReply: replies[0]?.at, replies: replies.length, firstSolved: solved[0]?.at, solved: isSolved ? (solved.at(-1) ?? seen.at(-1))?.at : undefined,
    spam, mergedInto: merged ? before.id : emptyReference
  };
}

/** New, working, sometimes waiting for the customer, solved; one in fourteen is opened again. */
function handle(created: number, promised: number, haste: number, random: Random): {events: TicketEvent[]} {
  const events: TicketEvent[] = [];
  let status = "New";
  let at = created;
  const wait = (medianHours: number) => {
    const later = at + 60 + Math.round(random.logNormal(medianHours * 3600, 0.9));
    const on = toWeekday(dayOfSecond(later));
    return (at = on === dayOfSecond(later) ? later : officeSecond(on, random));
  };
  const move = (after: string, automated = false) => {
    events.push({at, type: "status", before: status, after, automated});
    status = after;
  };
  const reply = (type: TicketEvent["type"]) => events.push({at, type, before: "", after: "", automated: false});
  if (random.chance(0.35)) events.push({at: created + 45, type: "agent_reply", before: "", after: "", automated: true});
  wait(promised * 0.22 * haste);
  move("Working");
  reply("agent_reply");
  for (let round = random.chance(0.45) ? 0 : random.int(1, 3); round > 0; --round) {
    wait(1);
    move("Waiting on Customer");
    wait(14);
    reply("customer_reply");
    move("Working");
    wait(promised * 0.15);
    reply("agent_reply");
  }
  wait(promised * 0.25);
  if (random.chance(0.02)) return {events};
  move("Solved");
  if (random.chance(0.07)) {
    wait(30);
    reply("customer_reply");
    move("Working");
    wait(promised * 0.4);
    reply("agent_reply");
    move("Solved");
  }
  at += 5 * secondsPerDay;
  move("Closed", true);
  return {events};
}

const stamp = (second: number | undefined) => (second === undefined ? "" : stampText(second));
const modified = (row: Ticket) => Math.min(lastSecond, row.events.at(-1)?.at ?? row.created);
const status = (row: Ticket) => row.events.filter(({type}) => type === "status").at(-1)?.after ?? "New";

/** Columns in the order of the weekly export; those that are always empty are left out. */
export const ticketTable = csvTable<Ticket>("salesforce/Case.csv", {
  Id: (row) => row.id,
  IsDeleted: (row) => bit(row.mergedInto !== emptyReference),
  MasterRecordId: (row) => row.mergedInto,
  CaseNumber: (row) => row.number,
  ContactId: (row) => row.contact.id,
  AccountId: (row) => row.account.id,
  ProductId: (row) => row.product.id,
  Type: (row) => row.type,
  Status: status,
  Reason: (row) => row.topic,
  Origin: (row) => row.channel,
  Priority: (row) => row.priority,
  IsClosed: (row) => bit(row.solved !== undefined),
  ClosedDate: (row) => stamp(row.solved),
  OwnerId: (row) => row.agent.id,
  CreatedDate: (row) => stampText(row.created),
  CreatedById: (row) => row.agent.id,
  LastModifiedDate: (row) => stampText(modified(row)),
  LastModifiedById: (row) => row.agent.id,
  SystemModstamp: (row) => stampText(modified(row)),
  First_Reply__c: (row) => stamp(row.firstReply),
  Reply_Count__c: (row) => row.replies,
  First_Solved__c: (row) => stamp(row.firstSolved),
  Sla_Due__c: (row) => stampText(row.slaDue),
  Team__c: (row) => row.agent.team,
  Is_Spam__c: (row) => bit(row.spam)
});

interface EventRow {
  readonly id: string;
  readonly ticket: Ticket;
  readonly event: TicketEvent;
}

export function* ticketHistoryRows(id: (kind: RecordKind) => string, tickets: readonly Ticket[]): Generator<EventRow> {
  for (const ticket of tickets) for (const event of ticket.events) if (event.type === "status") yield {id: id("ticket_history"), ticket, event};
}

export const ticketHistoryTable = csvTable<EventRow>("salesforce/CaseHistory.csv", {
  Id: (row) => row.id,
  IsDeleted: () => 0,
  CaseId: (row) => row.ticket.id,
  CreatedById: (row) => row.ticket.agent.id,
  CreatedDate: (row) => stampText(row.event.at),
  Field: () => "Status",
  OldValue: (row) => row.event.before,
  NewValue: (row) => row.event.after
});

export function* ticketReplyRows(serial: (series: string) => number, tickets: readonly Ticket[]): Generator<EventRow> {
  for (const ticket of tickets) {
    for (const event of ticket.events) if (event.type !== "status") yield {id: `TM-${String(serial("ticket reply")).padStart(7, "0")}`, ticket, event};
  }
}

/** Replies, which the mail system keeps. */
export const ticketReplyTable = csvTable<EventRow>("other/ticket_replies.csv", {
  reply_id: (row) => row.id,
  ticket_id: (row) => row.ticket.id,
  sender: (row) => (row.event.type === "agent_reply" ? "agent" : "customer"),
  at: (row) => stampText(row.event.at),
  automated: (row) => bit(row.event.automated)
});
