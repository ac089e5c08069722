// Zoho CRM: data backups (Deals_001.csv, earlier Potentials_001.csv), module exports (Deals_2026_01_26.csv) and tables of
// Zoho Analytics. Lookups are pairs "Account Name.id" and "Account Name"; ids carry zcrm_ in some files and not in others.
// Headers match loosely. Where each comes from stands in src/guide/sources/zoho.md.

import {constant, day, first, from, joined, percentage, record, usualExport} from "./define.js";
import type {ColumnRule, CrmDefaults} from "./define.js";

type Columns = Readonly<Record<string, ColumnRule>>;

const bare = "^(?:zcrm_)?(.+)$";
const key = (...others: string[]): ColumnRule => ({column: ["Record Id", ...others, "Id"], extract: bare});
const lookup = (...names: string[]): ColumnRule => from(names.flatMap((name) => [`${name}.id`, `${name} Id`]), {extract: bare});
const id = (...names: string[]): ColumnRule => from(names, {extract: bare});
/** The owner's id; by name where the file has no more. */
const owner = (module: string): ColumnRule => from([`${module} Owner.id`, `${module} Owner Id`, `${module} Owner`], {extract: bare});
const files = (...names: string[]): string[] => names.flatMap((name) => [`${name}_[0-9]*.csv`, `${name}.csv`]);

const stamps: Columns = {created_at: from("Created Time"), updated_at: from("Modified Time")};
const currency = from("Currency");
const owned = (module: string): Columns => ({...stamps, owner_id: owner(module)});
const account = lookup("Account Name", "Account");
const contactName = lookup("Contact Name", "Contact");

const accounts = record("account", "Accounts", files("Accounts"), {
  account_id: key("Account Id"),
  name: from("Account Name"),
  segment: from("Account Type"),
  industry: from("Industry"),
  region: from("Billing State"),
  country: from("Billing Country"),
  employees: from("Employees"),
  annual_revenue: from("Annual Revenue"),
  parent_account_id: lookup("Parent Account"),
  currency,
  ...owned("Account")
});

const contacts = record("contact", "Contacts", files("Contacts"), {
  contact_id: key("Contact Id"),
  account_id: account,
  name: first(joined("First Name", "Last Name"), from(["Contact Name", "Full Name"])),
  email: from("Email"),
  phone: from(["Phone", "Mobile"]),
  title: from("Title"),
  reachable: from("Email Opt Out", {map: {true: "false", yes: "false", false: "true", no: "true"}}),
  ...owned("Contact")
});

const converted = ["Is Converted", "Converted"];

const leads = record("lead", "Leads", files("Leads"), {
  lead_id: key("Lead Id"),
  name: first(joined("First Name", "Last Name"), from(["Lead Name", "Full Name"])),
  email: from("Email"),
  company: from("Company"),
  source: from("Lead Source"),
  status: from("Lead Status"),
  state: first(
    from(converted, {map: {true: "won", yes: "won", "1": "won"}, else: null}),
    from("Lead Status", {map: {"Lost Lead": "lost", "Junk Lead": "lost", "Not Qualified": "lost"}, else: "open"}),
    constant("open")
  ),
  region: from("State"),
  converted_at: from(["Converted Date Time", "Converted Time", "Converted Date"]),
  converted_account_id: lookup("Converted Account"),
  converted_opportunity_id: lookup("Converted Deal", "Converted Potential"),
  campaign_id: lookup("Campaign Source", "Campaign"),
  ...owned("Lead")
});

const deals = record(
  "opportunity",
  "Deals",
  [...files("Deals"), ...files("Potentials"), ...files("Opportunities")],
  {
    opportunity_id: key("Deal Id", "Potential Id"),
    account_id: account,
    name: from(["Deal Name", "Potential Name", "Opportunity Name"]),
    type: from("Type"),
    source: from("Lead Source"),
    campaign_id: lookup("Campaign Source", "Campaign"),
    stage: {column: "Stage"},
    amount: from("Amount"),
    currency,
    probability: percentage(["Probability (%)", "Probability"]),
    forecast_category: from(["Forecast Category", "Forecast Type"]),
    closed_at: day("Closing Date"),
    expected_close_date: day("Closing Date"),
    next_step: from("Next Step"),
    lost_reason: from(["Reason For Loss", "Reason for Loss", "Lost Reason"]),
    ...stamps,
    owner_id: from(["Deal Owner.id", "Deal Owner Id", "Potential Owner.id", "Potential Owner Id", "Opportunity Owner.id", "Deal Owner", "Potential Owner", "Opportunity Owner"], {extract: bare})
  },
  {
    needs: ["^Closing Date$"],
    custom: {pipeline: {rule: from("Pipeline"), type: "text", role: "dimension", label: "Pipeline", privacy: "internal"}}
  }
);

/** A row for each stay in a stage: Modified Time is when it began, Moved To the stage behind it. */
const stageHistory = record(
  "opportunity_stage_history",
  "StageHistory",
  [...files("Deals_Stage_History", "DealHistory", "Deal History", "Potential Stage History", "PotentialStageHistory", "Stage History", "Stage_History"), "Deals__[0-9]*.csv", "Potentials__[0-9]*.csv"],
  {
    history_id: key("Stage History Id"),
    opportunity_id: {column: ["Deal Name.id", "Potential Name.id", "Opportunity Name.id", "Deal Id", "Potential Id", "Parent Id.id"], extract: bare},
    stage: {column: "Stage"},
    entered_at: {column: ["Modified Time", "Changed Time"]},
    amount: from("Amount"),
    probability: percentage(["Probability (%)", "Probability"]),
    expected_close_date: day("Closing Date"),
    currency
  },
  {needs: ["^(Moved To|(Stage )?Duration.*)$"]}
);

/** Related To is a deal, an account or another record; ids are unique over modules, so only the deal's own answers. */
const about: Columns = {
  contact_id: lookup("Contact Name", "Contact", "Who"),
  account_id: id("ACCOUNTID", "Account Id", "Account Name.id"),
  lead_id: id("LEADID", "Lead Id", "Lead Name.id"),
  opportunity_id: id("POTENTIALID", "Potential Id", "Deal Id", "Deal Name.id", "Related To.id", "What Id.id", "What Id"),
  subject: from(["Subject", "Title", "Event Title"])
};

const tasks = record("activity", "Tasks", files("Tasks"), {
  activity_id: key("Task Id", "Activity Id"),
  type: constant("task"),
  done: from("Status", {map: {completed: "true"}, else: "false"}),
  done_at: {...first(from("Closed Time"), from("Modified Time")), when: {column: "done", values: ["true"]}},
  due_at: from("Due Date"),
  ...about,
  ...owned("Task")
});

const calls = record("activity", "Calls", files("Calls"), {
  activity_id: key("Call Id", "Task Id"),
  type: constant("call"),
  direction: from("Call Type", {map: {outbound: "outbound", inbound: "inbound", missed: "inbound"}, else: null}),
  done: first(from(["Call Status", "Outgoing Call Status"], {map: {scheduled: "false", overdue: "false", cancelled: "false", canceled: "false", missed: "false"}, else: "true"}), constant("true")),
  done_at: {...from("Call Start Time"), when: {column: "done", values: ["true"]}},
  due_at: from("Call Start Time"),
  duration_minutes: from("Call Duration (in seconds)", {divide: 60}),
  outcome: from("Call Result"),
  ...about,
  ...owned("Call")
});

const meetings = record("activity", "Meetings", [...files("Meetings"), ...files("Events")], {
  activity_id: key("Meeting Id", "Event Id"),
  type: constant("meeting"),
  done: constant("true"),
  done_at: from(["To", "End DateTime"]),
  due_at: from(["From", "Start DateTime"]),
  ...about,
  ...stamps,
  owner_id: from(["Host.id", "Event Owner.id", "Event Owner Id", "Meeting Owner.id", "Host", "Event Owner"], {extract: bare})
});

const campaigns = record("campaign", "Campaigns", files("Campaigns"), {
  campaign_id: key("Campaign Id"),
  name: from("Campaign Name"),
  type: from("Type"),
  status: from("Status"),
  start_date: day("Start Date"),
  end_date: day("End Date"),
  ...owned("Campaign")
});

const campaignCosts = record(
  "campaign_cost",
  "Campaigns",
  campaigns.files,
  {
    cost_id: key("Campaign Id"),
    campaign_id: id("Record Id", "Campaign Id", "Id"),
    start_date: {column: "Start Date", day: true},
    end_date: {column: "End Date", day: true},
    amount: {column: "Actual Cost"},
    currency
  },
  {
    needs: ["^Actual Cost$"],
    exclude: ["Actual Cost", "Start Date", "End Date"].map((column) => ({column, values: [""], why: "other", optional: true}))
  }
);

const quotes = record("quote", "Quotes", files("Quotes"), {
  quote_id: key("Quote Id"),
  opportunity_id: lookup("Deal Name", "Potential Name", "Deal", "Potential"),
  account_id: account,
  status: from("Quote Stage"),
  amount: from("Grand Total"),
  currency,
  expires_on: day(["Valid Till", "Valid Until"]),
  ...owned("Quote")
});

const products = record("product", "Products", files("Products"), {
  product_id: key("Product Id"),
  name: from("Product Name"),
  family: from("Product Category"),
  list_price: from("Unit Price"),
  active: from("Product Active"),
  ...stamps
});

const cases = record("ticket", "Cases", files("Cases"), {
  ticket_id: key("Case Id", "Case Number"),
  account_id: account,
  contact_id: lookup("Related To", "Contact Name", "Contact"),
  product_id: lookup("Product Name", "Product"),
  type: from("Type"),
  channel: from("Case Origin"),
  topic: from("Case Reason"),
  priority: from("Priority"),
  status: from("Status"),
  solved_at: from(["Closed Time", "Case Closed Time"]),
  ...owned("Case")
});

const users = record("crm_user", "Users", files("Users"), {
  user_id: key("User Id"),
  name: first(joined("First Name", "Last Name"), from("Full Name")),
  email: from("Email"),
  role: from("Profile"),
  team: from("Role"),
  region: from("Territory"),
  active: from("Status", {map: {active: "true", inactive: "false", deleted: "false", disabled: "false", closed: "false"}, else: null}),
  ...stamps
});

export const zoho: CrmDefaults = {
  ...usualExport,
  type: "zoho",
  dates: ["DD MMM, YYYY hh:mm:ss", "DD MMM, YYYY"],
  emptyIds: ["0"],
  mappings: [accounts, contacts, leads, deals, stageHistory, products, tasks, calls, meetings, campaigns, campaignCosts, cases, quotes, users],
  stages: {
    open: ["Qualification", "Needs Analysis", "Value Proposition", "Identify Decision Makers", "Id. Decision Makers", "Proposal/Price Quote", "Negotiation/Review"],
    won: ["Closed Won"],
    lost: ["Closed Lost", "Closed Lost to Competition", "Closed-Lost to Competition"]
  },
  probability: {Qualification: 0.1, "Needs Analysis": 0.2, "Value Proposition": 0.4, "Identify Decision Makers": 0.6, "Id. Decision Makers": 0.6, "Proposal/Price Quote": 0.75, "Negotiation/Review": 0.9, "Closed Won": 1, "Closed Lost": 0, "Closed Lost to Competition": 0, "Closed-Lost to Competition": 0}
};
