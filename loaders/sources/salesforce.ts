// Salesforce: Data Export (weekly) files, Data Loader extracts and report CSVs of the standard objects.
// Headers match loosely, so StageName, STAGENAME, stage_name and "Stage Name" are one; other report labels stand as alternatives.

import {constant, day, first, from, joined, percentage, record, usualExport} from "./define.js";
import type {ColumnRule, SourceDefaults, TableMapping} from "./define.js";

type Columns = Readonly<Record<string, ColumnRule>>;

const key = (...names: string[]): ColumnRule => ({column: names});
const yes = ["1", "true"];
const created: Columns = {created_at: from(["CreatedDate", "Create Date"]), updated_at: from(["SystemModstamp", "LastModifiedDate"])};
const removable: Columns = {...created, deleted: from("IsDeleted")};
/** A record in a queue (an id that begins with 00G) waits for an owner and has none. Reports give the owner's name. */
const ownedBy = (label: string): Columns => ({...removable, owner_id: from(["OwnerId", label], {without: "00G"})});
const currency = from(["CurrencyIsoCode", "Currency", "Amount Currency", "Opportunity Currency"]);
const live: Partial<TableMapping> = {exclude: [{column: "IsDeleted", values: yes, why: "deleted", optional: true}]};
const files = (name: string, plural = `${name}s`): string[] => [`${name}.csv`, `${name}_[0-9]*.csv`, `${plural}.csv`];

const account = record("account", "Account", files("Account"), {
  account_id: key("Id", "Account ID"),
  name: from(["Name", "Account Name"]),
  industry: from("Industry"),
  region: from(["BillingState", "Billing State/Province"]),
  country: from("BillingCountry"),
  employees: from(["NumberOfEmployees", "Employees"]),
  annual_revenue: from("AnnualRevenue"),
  segment: from("Type"),
  parent_account_id: from(["ParentId", "Parent Account ID"]),
  merged_into_id: from("MasterRecordId"),
  currency,
  ...ownedBy("Account Owner")
});

const contact = record("contact", "Contact", files("Contact"), {
  contact_id: key("Id", "Contact ID"),
  account_id: from("AccountId"),
  name: first(from(["Name", "Full Name"]), joined("FirstName", "LastName")),
  email: from("Email"),
  phone: from("Phone"),
  title: from("Title"),
  reachable: from("HasOptedOutOfEmail", {map: {"1": "false", true: "false", "0": "true", false: "true"}}),
  merged_into_id: from("MasterRecordId"),
  ...ownedBy("Contact Owner")
});

const lead = record("lead", "Lead", files("Lead"), {
  lead_id: key("Id", "Lead ID"),
  name: first(from(["Name", "Full Name"]), joined("FirstName", "LastName")),
  email: from("Email"),
  company: from(["Company", "Company / Account"]),
  source: from("LeadSource"),
  status: from(["Status", "Lead Status"]),
  state: first(
    from(["IsConverted", "Converted"], {map: {"1": "won", true: "won"}, else: null}),
    from(["Status", "Lead Status"], {map: {"Closed - Converted": "won", "Closed - Not Converted": "lost", Unqualified: "lost", Disqualified: "lost", "Not Interested": "lost"}, else: "open"})
  ),
  converted_at: day(["ConvertedDate", "Converted Date"]),
  converted_account_id: from(["ConvertedAccountId"]),
  converted_opportunity_id: from(["ConvertedOpportunityId"]),
  region: from(["State", "State/Province"]),
  merged_into_id: from("MasterRecordId"),
  ...ownedBy("Lead Owner")
});

const opportunity = record("opportunity", "Opportunity", files("Opportunity", "Opportunities"), {
  opportunity_id: key("Id", "Opportunity ID"),
  account_id: from("AccountId"),
  name: from(["Name", "Opportunity Name"]),
  type: from("Type"),
  source: from("LeadSource"),
  campaign_id: from(["CampaignId", "Primary Campaign Source ID"]),
  stage: {column: ["StageName", "Stage"]},
  amount: from("Amount"),
  probability: percentage(["Probability", "Probability (%)"]),
  forecast_category: from(["ForecastCategoryName", "ForecastCategory"]),
  closed_at: day("CloseDate"),
  expected_close_date: day("CloseDate"),
  next_step: from("NextStep"),
  currency,
  ...ownedBy("Opportunity Owner")
});

const opportunityStageHistory = record(
  "opportunity_stage_history",
  "OpportunityHistory",
  files("OpportunityHistory", "OpportunityHistories"),
  {
    history_id: key("Id", "Opportunity History ID"),
    opportunity_id: {column: "OpportunityId"},
    stage: {column: ["StageName", "To Stage"]},
    entered_at: {column: ["CreatedDate", "Last Modified"]},
    amount: from("Amount"),
    probability: percentage(["Probability", "Probability (%)"]),
    forecast_category: from("ForecastCategory", {map: {Omitted: "Omitted", Pipeline: "Pipeline", BestCase: "Best Case", Forecast: "Commit", Closed: "Closed"}}),
    expected_close_date: day("CloseDate"),
    currency
  },
  live
);

const opportunityFieldHistory = record(
  "opportunity_field_history",
  "OpportunityFieldHistory",
  files("OpportunityFieldHistory", "OpportunityFieldHistories"),
  {
    history_id: key("Id"),
    opportunity_id: {column: "OpportunityId"},
    field: {column: "Field", map: {Amount: "amount", CloseDate: "expected_close_date", StageName: "stage", Owner: "owner_id", OwnerId: "owner_id", Probability: "probability", ForecastCategoryName: "forecast_category", Account: "account_id", LeadSource: "source", Type: "type", NextStep: "next_step"}},
    old_value: from("OldValue"),
    new_value: from("NewValue"),
    changed_at: {column: "CreatedDate"}
  },
  live
);

const opportunityLine = record("opportunity_line", "OpportunityLineItem", files("OpportunityLineItem"), {
  line_id: key("Id"),
  opportunity_id: {column: "OpportunityId"},
  product_id: from("Product2Id"),
  quantity: from("Quantity"),
  amount: from("TotalPrice"),
  currency,
  ...removable
});

const product = record("product", "Product2", ["Product2.csv", "Products.csv", "Product.csv"], {
  product_id: key("Id", "Product ID"),
  name: from(["Name", "Product Name"]),
  family: from(["Family", "Product Family"]),
  active: from(["IsActive", "Active"]),
  currency,
  ...removable
});

const who: Columns = {
  contact_id: from("WhoId", {prefix: "003"}),
  lead_id: from("WhoId", {prefix: "00Q"}),
  opportunity_id: from("WhatId", {prefix: "006"}),
  account_id: first(from("AccountId"), from("WhatId", {prefix: "001"})),
  subject: from("Subject"),
  ...ownedBy("Assigned")
};

const callTypes = {Email: "email", ListEmail: "email", Call: "call", Task: "task", Cadence: "task", LinkedIn: "task", Meeting: "meeting", Other: "task"};

const task = record("activity", "Task", files("Task"), {
  activity_id: key("Id", "Activity ID"),
  type: first(from("TaskSubtype", {map: callTypes, else: "task"}), from("Type", {map: callTypes, else: "task"}), constant("task")),
  direction: from("CallType", {map: {Inbound: "inbound", Outbound: "outbound", Internal: null}, else: null}),
  done: first(from("IsClosed"), from("Status", {map: {Completed: "true"}, else: "false"})),
  done_at: {...first(from("CompletedDateTime"), day(["ActivityDate", "Date"])), when: {column: "done", values: ["true"]}},
  due_at: day(["ActivityDate", "Date", "Due Date"]),
  duration_minutes: from("CallDurationInSeconds", {divide: 60}),
  outcome: from(["CallDisposition", "Call Result"]),
  ...who
});

const event = record("activity", "Event", files("Event"), {
  activity_id: key("Id", "Activity ID"),
  type: constant("meeting"),
  done: constant("true"),
  done_at: first(from(["EndDateTime", "StartDateTime", "ActivityDateTime"]), day(["ActivityDate", "Date"])),
  due_at: first(from(["StartDateTime", "ActivityDateTime"]), day(["ActivityDate", "Date"])),
  duration_minutes: from(["DurationInMinutes", "Duration"]),
  ...who
});

const campaign = record("campaign", "Campaign", files("Campaign"), {
  campaign_id: key("Id", "Campaign ID"),
  name: from(["Name", "Campaign Name"]),
  type: from("Type"),
  status: from("Status"),
  start_date: day("StartDate"),
  end_date: day("EndDate"),
  ...ownedBy("Campaign Owner")
});

const ticket = record("ticket", "Case", files("Case"), {
  ticket_id: key("Id", "Case ID"),
  account_id: from("AccountId"),
  contact_id: from("ContactId"),
  product_id: from("ProductId"),
  type: from("Type"),
  channel: from(["Origin", "Case Origin"]),
  topic: from(["Reason", "Case Reason"]),
  priority: from("Priority"),
  status: from("Status"),
  solved_at: from(["ClosedDate", "Date/Time Closed"]),
  merged_into_id: from("MasterRecordId"),
  ...ownedBy("Case Owner")
});

const ticketEvent = record(
  "ticket_event",
  "CaseHistory",
  files("CaseHistory", "CaseHistories"),
  {
    event_id: key("Id"),
    ticket_id: {column: "CaseId"},
    type: constant("status"),
    status: from("NewValue", {map: {New: "new", Working: "open", Escalated: "open", "On Hold": "hold", "Waiting on Customer": "pending", Closed: "closed", Solved: "solved"}}),
    at: {column: "CreatedDate"}
  },
  {exclude: [...(live.exclude ?? []), {column: "Field", except: ["Status"], why: "other"}]}
);

const user = record(
  "crm_user",
  "User",
  files("User"),
  {
    user_id: key("Id", "User ID"),
    name: first(from(["Name", "Full Name"], {file: "User"}), joined("FirstName", "LastName")),
    email: from("Email"),
    team: first(from("Name", {file: "UserRole"}), from(["Role", "Department"])),
    role: from("Title"),
    manager_id: from("ManagerId"),
    active: from(["IsActive", "Active"]),
    automated: from("UserType", {map: {AutomatedProcess: "true", CloudIntegrationUser: "true"}, else: "false"}),
    ...created
  },
  {join: [{name: "UserRole", file: "UserRole.csv", left: "UserRoleId", right: "Id", optional: true}]}
);

const quote = record("quote", "Quote", files("Quote"), {
  quote_id: key("Id", "Quote ID"),
  opportunity_id: from("OpportunityId"),
  account_id: from("AccountId"),
  status: from("Status"),
  amount: from(["GrandTotal", "TotalPrice"]),
  expires_on: day("ExpirationDate"),
  currency,
  ...ownedBy("Quote Owner")
});

const order = record("sales_order", "Order", files("Order"), {
  order_id: key("Id", "Order ID"),
  account_id: from("AccountId"),
  opportunity_id: from("OpportunityId"),
  quote_id: from("QuoteId"),
  order_date: {column: ["EffectiveDate", "Order Start Date"], day: true},
  status: from("Status"),
  cancelled: from("Status", {map: {Cancelled: "true", Canceled: "true"}, else: "false"}),
  returned: from("IsReductionOrder"),
  net_amount: {column: ["TotalAmount", "Order Amount"]},
  currency,
  ...ownedBy("Order Owner")
});

const orderLine = record(
  "order_line",
  "OrderItem",
  files("OrderItem"),
  {
    line_id: key("Id"),
    order_id: {column: "OrderId"},
    product_id: from("Product2Id"),
    quantity: from("Quantity"),
    net_amount: {column: "TotalPrice"},
    currency
  },
  live
);

const contract = record("contract", "Contract", files("Contract"), {
  contract_id: key("Id", "Contract ID"),
  account_id: from("AccountId"),
  status: from("Status"),
  signed_at: first(day("CustomerSignedDate"), from("ActivatedDate")),
  start_date: day(["StartDate", "Contract Start Date"]),
  end_date: day(["EndDate", "Contract End Date"]),
  currency,
  ...ownedBy("Contract Owner")
});

export const salesforce: SourceDefaults = {
  ...usualExport,
  type: "salesforce",
  zone: "UTC",
  group: "",
  emptyIds: ["000000000000000AAA", "000000000000000"],
  footer: ["Copyright (c) 2000-", "Copyright © 2000-", "Confidential Information - Do Not Distribute", "Generated By:", "Grand Total"],
  mappings: [account, contact, lead, opportunity, opportunityStageHistory, opportunityFieldHistory, opportunityLine, product, task, event, campaign, ticket, ticketEvent, user, quote, order, orderLine, contract],
  stages: {
    open: ["Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Id. Decision Makers", "Perception Analysis", "Proposal/Price Quote", "Negotiation/Review"],
    won: ["Closed Won"],
    lost: ["Closed Lost"]
  },
  probability: {
    Prospecting: 0.1,
    Qualification: 0.1,
    "Needs Analysis": 0.2,
    "Value Proposition": 0.5,
    "Id. Decision Makers": 0.6,
    "Perception Analysis": 0.7,
    "Proposal/Price Quote": 0.75,
    "Negotiation/Review": 0.9,
    "Closed Won": 1,
    "Closed Lost": 0
  }
};
