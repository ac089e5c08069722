// SuiteCRM 7 and 8: the CSV that Export writes from a module's list view (Leads.csv, Opportunities.csv …).
// Headers are the English labels of the module's language file; sources and what was never seen in a real file stand in
// src/guide/sources/suitecrm.md. Stamps are in the exporting user's zone and date format.

import {constant, day, first, from, joined, percentage, record, usualExport} from "./define.js";
import type {ColumnRule, CrmDefaults} from "./define.js";

type Columns = Readonly<Record<string, ColumnRule>>;

const key: ColumnRule = {column: "ID"};
const owned: Columns = {
  created_at: from(["Date Created", "Date Entered"]),
  updated_at: from("Date Modified"),
  deleted: from("Deleted"),
  owner_id: from(["Assigned User", "Assigned User ID"])
};
const files = (plural: string): string[] => [`${plural}.csv`, `${plural}*.csv`];

/** Exports name the account only; its id comes from Accounts.csv. A name that several accounts share stays a name. */
const accountByName = {name: "Accounts", file: "Accounts.csv", left: "Account Name", right: "Name", optional: true, lenient: true};
const accountId = first(from("Account ID"), from("ID", {file: "Accounts"}), from("Account Name"));

const account = record("account", "Accounts", files("Accounts"), {
  account_id: key,
  name: from(["Name", "Account Name"]),
  segment: from("Type"),
  industry: from("Industry"),
  region: from(["Billing State", "Billing State/Region"]),
  country: from("Billing Country"),
  employees: from("Employees"),
  annual_revenue: from("Annual Revenue"),
  parent_account_id: from("Parent Account ID"),
  ...owned
});

const contact = record("contact", "Contacts", files("Contacts"), {
  contact_id: {column: "ID", file: "Contacts"},
  account_id: accountId,
  name: joined("First Name", "Last Name"),
  email: from("Email Address", {file: "Contacts"}),
  phone: from(["Mobile", "Office Phone"], {file: "Contacts"}),
  title: from(["Job Title", "Title"]),
  ...owned
}, {join: [accountByName]});

/** A lead has no date of its conversion: it is the day its opportunity was made. */
const lead = record("lead", "Leads", files("Leads"), {
  lead_id: {column: "ID", file: "Leads"},
  name: joined("First Name", "Last Name"),
  email: from("Email Address"),
  company: from("Account Name", {file: "Leads"}),
  source: from("Lead Source", {file: "Leads"}),
  campaign_id: from("Campaign ID", {file: "Leads"}),
  status: from("Status"),
  state: first(
    from("Converted", {map: {"1": "won", true: "won", yes: "won"}, else: null}),
    from("Status", {map: {Converted: "won", Recycled: "lost", Dead: "lost"}, else: "open"}),
    constant("open")
  ),
  region: from(["Primary Address State", "Primary Address State/Region"]),
  converted_at: from("Date Created", {file: "Opportunities"}),
  converted_account_id: from("Account ID"),
  converted_opportunity_id: from("Opportunity ID"),
  created_at: from("Date Created", {file: "Leads"}),
  updated_at: from("Date Modified", {file: "Leads"}),
  deleted: from("Deleted", {file: "Leads"}),
  owner_id: from(["Assigned User", "Assigned User ID"], {file: "Leads"})
}, {join: [{name: "Opportunities", file: "Opportunities.csv", left: "Opportunity ID", right: "ID", optional: true}]});

/** "Amount" is in the system's own currency; "Opportunity Amount" in the record's, which the export names by an id only. */
const opportunity = record("opportunity", "Opportunities", files("Opportunities"), {
  opportunity_id: {column: "ID", file: "Opportunities"},
  account_id: accountId,
  name: from(["Opportunity Name", "Name"], {file: "Opportunities"}),
  type: from(["Type", "Opportunity Type"], {file: "Opportunities"}),
  source: from("Lead Source"),
  campaign_id: from("Campaign ID", {file: "Opportunities"}),
  stage: {column: "Sales Stage"},
  amount: first(from("Amount"), from("Opportunity Amount")),
  probability: percentage("Probability (%)"),
  closed_at: day("Expected Close Date"),
  expected_close_date: day("Expected Close Date"),
  next_step: from("Next Step"),
  ...owned
}, {join: [accountByName]});

const parent = (...modules: string[]): ColumnRule => from(["Parent ID", "Related to ID"], {where: {column: ["Parent Type"], values: modules}});
const held = {Held: "true"};
const about: Columns = {
  account_id: parent("Accounts", "Account"),
  lead_id: parent("Leads", "Lead"),
  opportunity_id: parent("Opportunities", "Opportunity"),
  contact_id: parent("Contacts", "Contact"),
  subject: from(["Subject", "Name"]),
  outcome: from("Status"),
  ...owned
};

const call = record("activity", "Calls", files("Calls"), {
  activity_id: key,
  type: constant("call"),
  direction: from("Direction", {map: {Inbound: "inbound", Outbound: "outbound"}, else: null}),
  done: from("Status", {map: held, else: "false"}),
  done_at: from(["End Date", "Date End", "Start Date"], {when: {column: "done", values: ["true"]}}),
  due_at: from(["Start Date", "Date"]),
  duration_minutes: from("Duration Minutes"),
  ...about
});

const meeting = record("activity", "Meetings", files("Meetings"), {
  activity_id: key,
  type: constant("meeting"),
  done: from("Status", {map: held, else: "false"}),
  done_at: from(["End Date", "Date End", "Start Date"], {when: {column: "done", values: ["true"]}}),
  due_at: from(["Start Date", "Date"]),
  duration_minutes: from("Duration Minutes"),
  ...about
});

const task = record("activity", "Tasks", files("Tasks"), {
  activity_id: key,
  type: constant("task"),
  done: from("Status", {map: {Completed: "true"}, else: "false"}),
  done_at: from(["Date Modified"], {when: {column: "done", values: ["true"]}}),
  due_at: from(["Due Date", "Date Due"]),
  ...about,
  contact_id: from("Contact ID")
});

const ticket = record("ticket", "Cases", files("Cases"), {
  ticket_id: {column: "ID", file: "Cases"},
  account_id: accountId,
  type: from("Type", {file: "Cases"}),
  priority: from("Priority"),
  status: from("Status"),
  ...owned
}, {join: [accountByName]});

const user = record("crm_user", "Users", files("Users"), {
  user_id: key,
  name: first(joined("First Name", "Last Name"), from(["Username", "User Name"])),
  team: from("Department"),
  role: from(["Job Title", "Title"]),
  manager_id: from(["Reports to ID", "Reports To ID"]),
  active: from(["Status", "Employee Status"], {map: {Active: "true"}, else: "false"}),
  created_at: owned["created_at"]!,
  updated_at: owned["updated_at"]!
});

export const suitecrm: CrmDefaults = {
  ...usualExport,
  type: "suitecrm",
  mappings: [account, contact, lead, opportunity, call, meeting, task, ticket, user],
  stages: {
    open: ["Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Identifying Decision Makers", "Perception Analysis", "Proposal/Price Quote", "Negotiation/Review"],
    won: ["Closed Won"],
    lost: ["Closed Lost"]
  },
  probability: {
    Prospecting: 0.1,
    Qualification: 0.2,
    "Needs Analysis": 0.25,
    "Value Proposition": 0.3,
    "Identifying Decision Makers": 0.4,
    "Perception Analysis": 0.5,
    "Proposal/Price Quote": 0.65,
    "Negotiation/Review": 0.8,
    "Closed Won": 1,
    "Closed Lost": 0
  }
};
