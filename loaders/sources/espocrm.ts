// EspoCRM: the CSV that a list's Export writes (Export_Opportunity.csv …): attribute names as headers, stamps in UTC,
// yes as 1 and no as an empty cell. Sources, and what was never seen in a real file: src/guide/sources/espocrm.md.

import {constant, day, first, from, joined, percentage, record, usualExport} from "./define.js";
import type {ColumnRule, SourceDefaults} from "./define.js";

type Columns = Readonly<Record<string, ColumnRule>>;

const key: ColumnRule = {column: "id"};
const owned: Columns = {created_at: from("createdAt"), updated_at: from("modifiedAt"), owner_id: from("assignedUserId")};
const files = (name: string): string[] => [`Export_${name}.csv`, `Export_${name}*.csv`, `${name}.csv`];
const yes = {"1": "true", true: "true", "": "false", "0": "false"};
const person = first(from("name"), joined("firstName", "lastName"));

const account = record("account", "Account", files("Account"), {
  account_id: key,
  name: from("name"),
  segment: from("type"),
  industry: from("industry"),
  region: from("billingAddressState"),
  country: from("billingAddressCountry"),
  ...owned
});

const contact = record("contact", "Contact", files("Contact"), {
  contact_id: key,
  account_id: from("accountId"),
  name: person,
  email: from("emailAddress"),
  phone: from("phoneNumber"),
  title: from(["accountRole", "title"]),
  reachable: from("emailAddressIsOptedOut", {map: {"1": "false", "": "true", "0": "true"}}),
  ...owned
});

const lead = record("lead", "Lead", files("Lead"), {
  lead_id: key,
  name: person,
  email: from("emailAddress"),
  company: from("accountName"),
  source: from("source"),
  campaign_id: from("campaignId"),
  status: from("status"),
  state: from("status", {map: {Converted: "won", Recycled: "lost", Dead: "lost"}, else: "open"}),
  region: from("addressState"),
  converted_at: from("convertedAt"),
  converted_account_id: from("createdAccountId"),
  converted_opportunity_id: from("createdOpportunityId"),
  ...owned
});

const opportunity = record("opportunity", "Opportunity", files("Opportunity"), {
  opportunity_id: key,
  account_id: from("accountId"),
  name: from("name"),
  source: from("leadSource"),
  campaign_id: from("campaignId"),
  stage: {column: "stage"},
  amount: from("amount"),
  currency: from("amountCurrency"),
  probability: percentage("probability"),
  closed_at: day("closeDate"),
  expected_close_date: day("closeDate"),
  ...owned
});

const parent = (type: string): ColumnRule => from("parentId", {where: {column: ["parentType"], values: [type]}});
const about: Columns = {
  account_id: first(parent("Account"), from("accountId")),
  contact_id: parent("Contact"),
  lead_id: parent("Lead"),
  opportunity_id: parent("Opportunity"),
  subject: from("name"),
  outcome: from("status"),
  ...owned
};
const held: Columns = {
  activity_id: key,
  done: from("status", {map: {Held: "true"}, else: "false"}),
  done_at: from(["dateEnd", "dateStart"], {when: {column: "done", values: ["true"]}}),
  due_at: from("dateStart"),
  duration_minutes: from("duration", {divide: 60})
};

const call = record("activity", "Call", files("Call"), {
  ...held,
  type: constant("call"),
  direction: from("direction", {map: {Inbound: "inbound", Outbound: "outbound"}, else: null}),
  ...about
});

const meeting = record("activity", "Meeting", files("Meeting"), {...held, type: constant("meeting"), ...about});

const task = record("activity", "Task", files("Task"), {
  activity_id: key,
  type: constant("task"),
  done: from("status", {map: {Completed: "true"}, else: "false"}),
  done_at: from(["dateCompleted", "modifiedAt"], {when: {column: "done", values: ["true"]}}),
  due_at: first(from("dateEnd"), day("dateEndDate")),
  ...about,
  contact_id: first(parent("Contact"), from("contactId"))
});

const email = record("activity", "Email", files("Email"), {
  activity_id: key,
  type: constant("email"),
  done: from("status", {map: {Sent: "true", Archived: "true"}, else: "false"}),
  done_at: from("dateSent", {when: {column: "done", values: ["true"]}}),
  automated: from("isAutoReply", {map: yes}),
  ...about
});

const campaign = record("campaign", "Campaign", files("Campaign"), {
  campaign_id: key,
  name: from("name"),
  type: from("type"),
  status: from("status"),
  start_date: day("startDate"),
  end_date: day("endDate"),
  ...owned
});

const ticket = record("ticket", "Case", files("Case"), {
  ticket_id: key,
  account_id: from("accountId"),
  contact_id: from("contactId"),
  type: from("type"),
  priority: from("priority"),
  status: from("status"),
  ...owned
});

const user = record("crm_user", "User", files("User"), {
  user_id: key,
  name: first(person, from("userName")),
  email: from("emailAddress"),
  team: from("defaultTeamName"),
  role: from("title"),
  active: from("isActive", {map: yes}),
  automated: from("type", {map: {api: "true", system: "true"}, else: "false"}),
  created_at: from("createdAt"),
  updated_at: from("modifiedAt")
});

export const espocrm: SourceDefaults = {
  ...usualExport,
  type: "espocrm",
  zone: "UTC",
  group: "",
  mappings: [account, contact, lead, opportunity, call, meeting, task, email, campaign, ticket, user],
  stages: {open: ["Prospecting", "Qualification", "Proposal", "Negotiation"], won: ["Closed Won"], lost: ["Closed Lost"]},
  probability: {Prospecting: 0.1, Qualification: 0.2, Proposal: 0.5, Negotiation: 0.8, "Closed Won": 1, "Closed Lost": 0}
};
