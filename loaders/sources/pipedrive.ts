// Pipedrive: list view exports and "Export data" files, whose headers are "Entity - Field". Linked records stand by name
// unless their ID columns are chosen. Where each header comes from stands in src/guide/sources/pipedrive.md.

import {constant, day, first, from, joined, percentage, record, usualExport} from "./define.js";
import type {ColumnRule, CrmDefaults} from "./define.js";

type Columns = Readonly<Record<string, ColumnRule>>;

/** A field of an entity: with the entity before it, in a file of that entity alone also without. */
const field = (entity: string, ...names: string[]): string[] => [...names.map((name) => `${entity} - ${name}`), ...names];
const key = (entity: string, ...others: string[]): ColumnRule => ({column: [`${entity} - ID`, `${entity} - Pipedrive System ID`, `${entity} - System ID`, ...others, "ID"]});
const files = (name: string): string[] => [`${name}.csv`, `${name}-*.csv`, `${name}_*.csv`];

const stamps = (entity: string, created: string): Columns => ({
  created_at: from(field(entity, created, "Creation date", "Add time")),
  updated_at: from(field(entity, "Update time", "Last updated"))
});
const owned = (entity: string, created: string): Columns => ({...stamps(entity, created), owner_id: from(field(entity, "Owner"))});
/** What a record is linked to: its id where the column was chosen, else its name, which then is the key of its own file too. */
const organization = (entity: string): ColumnRule => from([`${entity} - Organization ID`, `${entity} - Organization`, "Organization ID", "Organization"]);
const person = (entity: string): ColumnRule => from([`${entity} - Contact person ID`, `${entity} - Contact person`, "Contact person ID", "Contact person"]);

const deal = record(
  "opportunity",
  "Deal",
  files("deals"),
  {
    opportunity_id: key("Deal", "Deal ID"),
    account_id: organization("Deal"),
    name: from(field("Deal", "Title")),
    source: from(field("Deal", "Source channel", "Source", "Source origin")),
    stage: {column: field("Deal", "Stage", "Stage (pipeline)")},
    state: {column: field("Deal", "Status"), map: {open: "open", won: "won", lost: "lost", "": "(empty)"}},
    amount: from(field("Deal", "Value")),
    currency: from(field("Deal", "Currency of Value", "Currency")),
    probability: percentage(field("Deal", "Probability")),
    closed_at: first(from(field("Deal", "Deal closed on", "Closed on")), from(field("Deal", "Won time")), from(field("Deal", "Lost time"))),
    expected_close_date: day(field("Deal", "Expected close date")),
    lost_reason: from(field("Deal", "Lost reason")),
    ...owned("Deal", "Deal created")
  },
  {
    exclude: [{column: field("Deal", "Status"), values: ["deleted"], why: "deleted", optional: true}],
    custom: {pipeline: {rule: from(field("Deal", "Pipeline")), type: "text", role: "dimension", label: "Pipeline", privacy: "internal"}}
  }
);

const organizations = record("account", "Organization", files("organizations"), {
  account_id: key("Organization", "Organization ID", "Organization - Name", "Name"),
  name: from(field("Organization", "Name")),
  segment: from(field("Organization", "Label", "Labels")),
  industry: from(field("Organization", "Industry")),
  region: from(field("Organization", "State/county of Address", "Region of Address")),
  country: from(field("Organization", "Country of Address")),
  employees: from(field("Organization", "Number of employees", "Employee count")),
  annual_revenue: from(field("Organization", "Annual revenue")),
  ...owned("Organization", "Organization created")
});

const people = record("contact", "Person", ["people.csv", "people-*.csv", ...files("persons"), ...files("contacts")], {
  contact_id: key("Person", "Person ID", "Person - Name", "Name"),
  account_id: organization("Person"),
  name: first(from(field("Person", "Name")), joined("Person - First name", "Person - Last name")),
  email: from(field("Person", "Email - Work", "Email (Work)", "Email", "Email - Home", "Email - Other")),
  phone: from(field("Person", "Phone - Work", "Phone (Work)", "Phone", "Phone - Mobile")),
  title: from(field("Person", "Job title")),
  ...owned("Person", "Person created")
});

/** Leads that became deals leave the leads inbox, so an export tells which are archived and never which were converted. */
const leads = record("lead", "Lead", files("leads"), {
  lead_id: key("Lead", "Lead ID"),
  name: from(field("Lead", "Contact person")),
  company: from(field("Lead", "Organization")),
  source: from(field("Lead", "Source channel", "Source", "Source origin")),
  status: from(field("Lead", "Label", "Labels")),
  state: first(from(field("Lead", "Archive status", "Archived"), {map: {archived: "lost", yes: "lost", true: "lost"}, else: "open"}), constant("open")),
  lost_at: from(field("Lead", "Archive time")),
  next_follow_up_at: from(field("Lead", "Next activity date")),
  ...owned("Lead", "Lead created")
});

const activities = record("activity", "Activity", files("activities"), {
  activity_id: key("Activity", "Activity ID"),
  type: from(field("Activity", "Type"), {map: {call: "call", meeting: "meeting", lunch: "meeting", email: "email", "e-mail": "email", task: "task", deadline: "task"}, else: "task"}),
  account_id: from(["Activity - Organization ID", "Activity - Organization", "Organization ID", "Organization"]),
  contact_id: from(["Activity - Contact person ID", "Activity - Person ID", "Activity - Contact person", "Activity - Person", "Contact person ID", "Contact person"]),
  lead_id: from(["Activity - Lead ID", "Lead ID"]),
  opportunity_id: from(["Activity - Deal ID", "Deal ID", "Deal - ID"]),
  subject: from(field("Activity", "Subject")),
  done: from(field("Activity", "Done", "Status"), {map: {done: "true", yes: "true", true: "true", "1": "true"}, else: "false"}),
  done_at: {...first(from(field("Activity", "Marked as done time", "Marked as done")), day(field("Activity", "Due date"))), when: {column: "done", values: ["true"]}},
  due_at: joined("Activity - Due date", "Activity - Due time"),
  ...stamps("Activity", "Activity created"),
  owner_id: from(field("Activity", "Assigned to user", "Assigned to", "Owner"))
});

const product = record("product", "Product", files("products"), {
  product_id: key("Product", "Product ID", "Product - Product code"),
  name: from(field("Product", "Name")),
  family: from(field("Product", "Category")),
  active: from(field("Product", "Active")),
  ...stamps("Product", "Product created")
});

/** Deals and activities name their owner, so a user is known by the name. */
const user = record("crm_user", "User", files("users"), {
  user_id: {column: field("User", "Name")},
  name: from(field("User", "Name")),
  email: from(field("User", "Email")),
  team: from(field("User", "Team", "Teams")),
  region: from(field("User", "Region")),
  role: from(field("User", "Role")),
  active: from(field("User", "Active", "Status"), {map: {active: "true", deactivated: "false", inactive: "false"}})
});

export const pipedrive: CrmDefaults = {
  ...usualExport,
  type: "pipedrive",
  mappings: [organizations, people, leads, deal, product, activities, user],
  stages: {open: ["Lead In", "Qualified", "Contact Made", "Demo Scheduled", "Proposal Made", "Negotiations Started"], won: [], lost: []},
  probability: {}
};
