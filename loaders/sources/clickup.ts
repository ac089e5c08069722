// ClickUp: tasks as leads, deals, accounts and contacts, told apart by their list (or folder, space, tag, task type).
// Read from a workspace export (dates in epoch milliseconds, empty cells as null) or from a List or Table view's export;
// custom fields are columns named "Deal Value (currency)". Sources and what was never seen: src/guide/sources/clickup.md.

import {constant, day, first, from, percentage, record, usualExport} from "./define.js";
import type {ColumnRule, CrmDefaults, OnlyRule, TableMapping} from "./define.js";

type Columns = Readonly<Record<string, ColumnRule>>;

const key: ColumnRule = {column: "Task ID"};
const created: Columns = {created_at: from("Date Created"), updated_at: from("Date Updated")};
const owned: Columns = {...created, owner_id: from(["Assignees", "Assignee"], {single: true})};
const closed = ["Date Closed", "Date Done"];
const files = ["*.csv"];
const field = (type: string, ...names: string[]): string[] => names.flatMap((name) => [`${name} (${type})`, name]);

/** The lists that ClickUp's own CRM set-up has; settings say others by `only`. */
const inList = (kind: OnlyRule["kind"], list: string): OnlyRule => ({kind, column: ["List Name", "List"], values: [list]});
const leads = inList("lead", "Leads");
const deals = inList("opportunity", "Deals");

/** Subtasks are things to do about a record, not records of the kind. */
const whole: TableMapping["exclude"] = [{column: "Parent ID", except: [""], why: "other", optional: true}];
const parts: TableMapping["exclude"] = [{column: "Parent ID", values: [""], why: "other"}];

const account = record("account", "Account", files, {
  account_id: key,
  name: from("Task Name"),
  segment: from(field("drop down", "Segment", "Account Type")),
  industry: from(field("drop down", "Industry")),
  region: from(field("drop down", "Region")),
  country: from(field("drop down", "Country")),
  ...owned
}, {only: inList("account", "Accounts"), exclude: whole});

const contact = record("contact", "Contact", files, {
  contact_id: key,
  name: from("Task Name"),
  email: from(field("email", "Email")),
  phone: from(field("phone", "Phone")),
  ...owned
}, {only: inList("contact", "Contacts"), exclude: whole});

const lead = record("lead", "Lead", files, {
  lead_id: key,
  name: from("Task Name"),
  email: from(field("email", "Email")),
  company: from(field("short text", "Company", "Company Name")),
  source: from(field("drop down", "Lead Source", "Source")),
  status: from("Status"),
  state: from("Status", {map: {converted: "won", won: "won", lost: "lost", unqualified: "lost", disqualified: "lost"}, else: "open"}),
  converted_at: from(closed, {when: {column: "state", values: ["won"]}}),
  lost_at: from(closed, {when: {column: "state", values: ["lost"]}}),
  next_follow_up_at: from("Due Date"),
  ...owned
}, {only: leads, exclude: whole});

const opportunity = record("opportunity", "Deal", files, {
  opportunity_id: key,
  name: from("Task Name"),
  source: from(field("drop down", "Lead Source", "Source")),
  stage: {column: "Status"},
  amount: from(field("currency", "Deal Value", "Deal Amount", "Deal Size", "Amount", "Value")),
  probability: percentage([...field("number", "Probability", "Win Probability"), ...field("manual progress", "Probability")]),
  closed_at: from(closed),
  expected_close_date: first(day(field("date", "Expected Close Date", "Close Date")), day("Due Date")),
  lost_reason: from(field("drop down", "Lost Reason")),
  ...owned
}, {only: deals, exclude: whole});

const subtask = {
  activity_id: key,
  type: constant("task"),
  subject: from("Task Name"),
  done: from("Status", {map: {complete: "true", completed: "true", closed: "true", done: "true"}, else: "false"}),
  done_at: from(closed, {when: {column: "done", values: ["true"]}}),
  due_at: from("Due Date"),
  ...owned
};
const leadSubtask = record("activity", "LeadSubtask", files, {...subtask, lead_id: from("Parent ID")}, {only: leads, exclude: parts});
const dealSubtask = record("activity", "DealSubtask", files, {...subtask, opportunity_id: from("Parent ID")}, {only: deals, exclude: parts});

export const clickup: CrmDefaults = {
  ...usualExport,
  type: "clickup",
  dates: ["epoch_ms"],
  nulls: ["", "null", "[]"],
  mappings: [account, contact, lead, opportunity, leadSubtask, dealSubtask],
  stages: {open: ["Open", "To do", "In progress"], won: ["Won", "Closed won"], lost: ["Lost", "Closed lost"]},
  probability: {}
};
