// HubSpot: exports of views (property labels, or internal names where asked for), API records and warehouse tables.
// Headers match loosely, so "Deal Name", dealname and "Deal name" are one. Labels are those of HubSpot's default
// properties; where each comes from stands in src/guide/sources/hubspot.md.

import {constant, day, first, from, joined, record, usualExport} from "./define.js";
import type {ColumnRule, CrmDefaults, TableMapping} from "./define.js";

type Columns = Readonly<Record<string, ColumnRule>>;

/** A property by its labels, its internal name, its place in an API record and its name in a warehouse. */
const property = (internal: string, ...labels: string[]): string[] => [...labels, internal, `properties.${internal}`, `property_${internal}`];
const id = (...others: string[]): ColumnRule => ({column: [...property("hs_object_id", "Record ID"), ...others, "id"]});
/** Associated records are ids with ; between: the first counts, the primary one where HubSpot knows it. */
const associated = (object: string, ...others: string[]): ColumnRule => from([`Associated ${object} IDs (Primary)`, `Associated ${object} IDs`, `Associated ${object} ID`, ...others], {single: true});
const files = (...names: string[]): string[] => names.flatMap((name) => [`hubspot-crm-exports-*${name}*.csv`, `${name}*.csv`, `*-${name}*.csv`]);

const created = from(property("createdate", "Create Date", "Object create date/time", "HubSpot Create Date"));
const changed = from([...property("hs_lastmodifieddate", "Last Modified Date", "Object last modified date/time"), ...property("lastmodifieddate")]);
const owner = from(property("hubspot_owner_id", "Deal owner", "Contact owner", "Company owner", "Ticket owner", "Lead owner", "Activity assigned to", "Assigned to", "Owner", "Quote owner", "owner_id"));
const source = from(property("hs_analytics_source", "Original Traffic Source", "Original Source", "Original Source Type"));
const currency = from(property("deal_currency_code", "Currency"));
const deleted = from(["archived", "is_deleted", "_fivetran_deleted"]);
const pipeline = (column: readonly string[]): TableMapping["custom"] => ({pipeline: {rule: from(column), type: "text", role: "dimension", label: "Pipeline", privacy: "internal"}});
const removable: Columns = {created_at: created, updated_at: changed, deleted};
const owned: Columns = {...removable, owner_id: owner};

const stageNames = {
  appointmentscheduled: "Appointment Scheduled",
  qualifiedtobuy: "Qualified To Buy",
  presentationscheduled: "Presentation Scheduled",
  decisionmakerboughtin: "Decision Maker Bought-In",
  contractsent: "Contract Sent",
  closedwon: "Closed Won",
  closedlost: "Closed Lost"
};
const won = property("hs_is_closed_won", "Is Closed Won", "closed_won");
const lost = property("hs_is_closed_lost", "Is closed lost");
const closed = property("hs_is_closed", "Is Deal Closed?", "is_closed");

const deal = record(
  "opportunity",
  "Deal",
  [...files("deals"), "deal.csv", "deal_data.csv"],
  {
    opportunity_id: id("Deal ID", "deal_id"),
    account_id: associated("Company", ...property("hs_primary_associated_company", "Primary Associated Company"), "company_id"),
    name: from(property("dealname", "Deal Name")),
    type: from(property("dealtype", "Deal Type"), {map: {newbusiness: "New Business", existingbusiness: "Existing Business"}}),
    source,
    stage: {column: [...property("dealstage", "Deal Stage"), "label", "deal_pipeline_stage_id"], map: stageNames},
    state: first(
      from(won, {map: {true: "won", yes: "won"}, else: null}),
      from(lost, {map: {true: "lost", yes: "lost"}, else: null}),
      from(closed, {map: {false: "open", no: "open"}, else: null})
    ),
    amount: from(property("amount", "Amount")),
    currency,
    probability: from(property("hs_deal_stage_probability", "Deal probability")),
    forecast_category: from(property("hs_manual_forecast_category", "Forecast category"), {map: {OMIT: "Not forecasted", PIPELINE: "Pipeline", BEST_CASE: "Best case", COMMIT: "Commit", CLOSED: "Closed won"}}),
    closed_at: from(property("closedate", "Close Date")),
    expected_close_date: from(property("closedate", "Close Date")),
    next_step: from(property("hs_next_step", "Next step")),
    lost_reason: from(property("closed_lost_reason", "Closed Lost Reason")),
    merged_into_id: from("deal_id", {file: "MergedDeal"}),
    ...owned
  },
  {
    join: [
      {name: "DealCompany", file: "deal_company*.csv", left: "deal_id", right: "deal_id", optional: true, lenient: true},
      {name: "Stage", file: "deal_pipeline_stage*.csv", left: "deal_pipeline_stage_id", right: "stage_id", optional: true},
      {name: "MergedDeal", file: "merged_deal*.csv", left: "deal_id", right: "merged_deal_id", optional: true, lenient: true}
    ],
    custom: pipeline([...property("pipeline", "Pipeline"), "deal_pipeline_id"])
  }
);

const current = property("hs_v2_date_entered_current_stage", "Date entered current stage");

/** One row for each filled column `Date entered "Stage (Pipeline)"`; a pipeline's name may itself have brackets. */
const stageEntries = record(
  "opportunity_stage_history",
  "Deal",
  deal.files,
  {
    history_id: joined("Record ID", "Deal ID", "stage entered", "moment entered"),
    opportunity_id: id("Deal ID"),
    stage: {column: "stage entered", extract: "^(.+) \\([^()]*(?:\\([^()]*\\)[^()]*)*\\)$"},
    entered_at: {column: "moment entered"}
  },
  {needs: ["^Date entered \".+\"$", "^Date entered current stage$"], unpivot: {match: "^Date entered \"(.+)\"$", name: "stage entered", value: "moment entered"}}
);

/** The same by internal names, hs_v2_date_entered_closedwon, where the stage is an id. */
const internalEntries = record(
  "opportunity_stage_history",
  "Deal",
  deal.files,
  {
    history_id: joined(...property("hs_object_id"), "deal_id", "id", "stage id entered", "moment entered"),
    opportunity_id: id("deal_id"),
    stage: {column: "stage id entered", map: stageNames},
    entered_at: {column: "moment entered"}
  },
  {needs: ["hs_v2_date_entered_(?!current_stage$)", "hs_v2_date_entered_current_stage$"], unpivot: {match: "^(?:properties\\.|property_)?hs_v2_date_entered_(?!current_stage$)(.+)$", name: "stage id entered", value: "moment entered"}}
);

/**
 * The stage a deal stands in. An export may lack the column of some stage; without this row such a deal would seem to stand
 * in the stage before. The columns of stages are read only together with it.
 */
const currentStage = (needs: readonly string[]): TableMapping =>
  record(
    "opportunity_stage_history",
    "Deal",
    deal.files,
    {
      history_id: joined(...property("hs_object_id", "Record ID"), "Deal ID", "id", ...current, "Deal Stage", "properties.dealstage", "property_dealstage"),
      opportunity_id: id("Deal ID"),
      stage: {column: property("dealstage", "Deal Stage"), map: stageNames},
      entered_at: {column: current}
    },
    {needs, exclude: [{column: current, values: [""], why: "other"}]}
  );

const company = record(
  "account",
  "Company",
  [...files("companies"), "company.csv", "company_data.csv"],
  {
    account_id: id("Company ID"),
    name: from(property("name", "Company name")),
    industry: from(property("industry", "Industry")),
    region: from(property("state", "State/Region")),
    country: from(property("country", "Country/Region")),
    employees: from(property("numberofemployees", "Number of Employees")),
    annual_revenue: from(property("annualrevenue", "Annual Revenue")),
    segment: from(property("type", "Type")),
    parent_account_id: from(property("hs_parent_company_id", "Parent Company ID")),
    ...owned
  }
);

const person: Columns = {
  name: first(joined("First Name", "Last Name"), joined("properties.firstname", "properties.lastname"), joined("property_firstname", "property_lastname")),
  email: from(property("email", "Email"))
};
const contactFiles = [...files("contacts"), "contact.csv", "contact_data.csv"];

const contact = record("contact", "Contact", contactFiles, {
  contact_id: id("Contact ID"),
  account_id: associated("Company", ...property("associatedcompanyid", "Primary Associated Company ID")),
  phone: from(property("phone", "Phone Number")),
  title: from(property("jobtitle", "Job Title")),
  reachable: from(property("hs_email_optout", "Unsubscribed from all email"), {map: {true: "false", yes: "false", false: "true", no: "true"}}),
  ...person,
  ...owned
});

const entered = (stage: string, label: string, article = "a"): string[] => [`Date entered "${label} (Lifecycle Stage Pipeline)"`, `Became ${article} ${label} Date`, ...property(`hs_v2_date_entered_${stage}`), ...property(`hs_lifecyclestage_${stage}_date`)];
const lifecycle = property("lifecyclestage", "Lifecycle Stage");
const leadStage = property("hs_pipeline_stage", "Lead Stage");

/** Records of the Leads object; without such a file contacts from the lifecycle stage Lead on. */
const lead = record(
  "lead",
  "Lead",
  [...files("leads"), ...contactFiles],
  {
    lead_id: id("Lead ID", "Contact ID"),
    company: from(property("company", "Company Name")),
    source: from([...property("hs_analytics_source", "Original Traffic Source", "Original Source", "Original Source Type"), "Lead Source"]),
    last_source: from(property("hs_latest_source", "Latest Traffic Source", "Latest Source")),
    status: first(from(property("hs_lead_status", "Lead Status")), from(leadStage), from(lifecycle)),
    state: first(
      from(lifecycle, {map: {opportunity: "won", customer: "won", evangelist: "won"}, else: null}),
      from(leadStage, {map: {qualified: "won", "qualified-stage-id": "won", disqualified: "lost", unqualified: "lost", "unqualified-stage-id": "lost"}, else: "open"}),
      from(property("hs_lead_status", "Lead Status"), {map: {unqualified: "lost"}, else: "open"}),
      constant("open")
    ),
    score: from(property("hubspotscore", "HubSpot Score")),
    region: from(property("state", "State/Region")),
    qualified_at: first(from(entered("salesqualifiedlead", "Sales Qualified Lead")), from(entered("marketingqualifiedlead", "Marketing Qualified Lead"))),
    converted_at: first(from(entered("opportunity", "Opportunity", "an")), from(entered("customer", "Customer"))),
    lost_reason: from(property("hs_lead_disqualification_reason", "Lead disqualification reason", "Disqualification reason")),
    converted_opportunity_id: associated("Deal"),
    imported: from(property("hs_object_source_label", "Record source"), {map: {import: "true"}, else: "false"}),
    next_follow_up_at: from(property("notes_next_activity_date", "Next Activity Date")),
    ...person,
    ...owned,
    created_at: first(from(entered("lead", "Lead")), created)
  },
  {
    needs: ["^(properties\\.|property_)?(lifecycle ?stage|hs_lead_name|lead name)$"],
    exclude: [{column: lifecycle, values: ["", "subscriber", "other"], why: "other", optional: true}]
  }
);

const about: Columns = {
  contact_id: associated("Contact"),
  account_id: associated("Company"),
  opportunity_id: associated("Deal"),
  ...owned
};
const activityId = id("engagement_id");
const moment = from(property("hs_timestamp", "Activity date"));

const call = record("activity", "Call", [...files("calls"), "engagement_call*.csv"], {
  activity_id: activityId,
  type: constant("call"),
  direction: from(property("hs_call_direction", "Call direction"), {map: {inbound: "inbound", outbound: "outbound"}, else: null}),
  subject: from(property("hs_call_title", "Call title")),
  done: first(from(property("hs_call_status", "Call status"), {map: {completed: "true", "": "true"}, else: "false"}), constant("true")),
  done_at: {...moment, when: {column: "done", values: ["true"]}},
  duration_minutes: from(property("hs_call_duration", "Call duration", "Call duration (milliseconds)"), {divide: 60_000}),
  outcome: from(property("hs_call_disposition", "Call outcome")),
  ...about
});

const meeting = record("activity", "Meeting", [...files("meetings"), "engagement_meeting*.csv"], {
  activity_id: activityId,
  type: constant("meeting"),
  subject: from(property("hs_meeting_title", "Meeting name", "Meeting title", "title")),
  done: first(from(property("hs_meeting_outcome", "Meeting outcome"), {map: {canceled: "false", cancelled: "false", "no show": "false", no_show: "false", rescheduled: "false"}, else: "true"}), constant("true")),
  done_at: {...first(from(property("hs_meeting_end_time", "Meeting end time", "end_time")), moment), when: {column: "done", values: ["true"]}},
  due_at: first(from(property("hs_meeting_start_time", "Meeting start time", "start_time")), moment),
  outcome: from(property("hs_meeting_outcome", "Meeting outcome")),
  ...about
});

const task = record("activity", "Task", [...files("tasks"), "engagement_task*.csv"], {
  activity_id: activityId,
  type: constant("task"),
  subject: from(property("hs_task_subject", "Task title", "Task name")),
  done: from(property("hs_task_status", "Task status"), {map: {completed: "true"}, else: "false"}),
  done_at: {...from(property("hs_task_completion_date", "Completed at", "Completion date")), when: {column: "done", values: ["true"]}},
  due_at: from([...property("hs_timestamp", "Due date"), "Activity date"]),
  ...about
});

const email = record("activity", "Email", ["hubspot-crm-exports-*emails*.csv", "emails*.csv", "engagement_email*.csv"], {
  activity_id: activityId,
  type: constant("email"),
  direction: from(property("hs_email_direction", "Email direction"), {map: {EMAIL: "outbound", FORWARDED_EMAIL: "outbound", INCOMING_EMAIL: "inbound", "Outgoing email": "outbound", "Incoming email": "inbound"}, else: null}),
  subject: from(property("hs_email_subject", "Email subject")),
  done: constant("true"),
  done_at: moment,
  ...about
});

const ticket = record(
  "ticket",
  "Ticket",
  [...files("tickets"), "ticket.csv", "ticket_data.csv"],
  {
    ticket_id: id("Ticket ID"),
    account_id: associated("Company"),
    contact_id: associated("Contact"),
    channel: from(property("source_type", "Source")),
    topic: from(property("hs_ticket_category", "Category")),
    priority: from(property("hs_ticket_priority", "Priority")),
    team: from(property("hubspot_team_id", "HubSpot team")),
    status: from(property("hs_pipeline_stage", "Ticket status")),
    solved_at: from(property("closed_date", "Close date")),
    first_reply_at: from([...property("first_agent_reply_date", "First agent email response date"), ...property("hs_first_agent_message_sent_at", "First agent response date")]),
    ...owned
  },
  {custom: pipeline(property("hs_pipeline", "Pipeline"))}
);

const quote = record("quote", "Quote", files("quotes"), {
  quote_id: id("Quote ID"),
  opportunity_id: associated("Deal"),
  account_id: associated("Company"),
  status: from(property("hs_status", "Quote Status", "Approval Status", "Status")),
  amount: from(property("hs_quote_amount", "Quote Amount", "Amount")),
  currency: from(property("hs_currency", "Currency")),
  expires_on: day(property("hs_expiration_date", "Expiration Date")),
  ...owned
});

const lineItem = record("opportunity_line", "LineItem", ["hubspot-crm-exports-*line-items*.csv", "line*items*.csv", "line_item*.csv"], {
  line_id: id("Line item ID"),
  opportunity_id: {...associated("Deal", "deal_id"), optional: false},
  product_id: from(property("hs_product_id", "Product ID")),
  quantity: from(property("quantity", "Quantity")),
  amount: from(property("amount", "Net price", "Amount")),
  currency: from(property("hs_line_item_currency_code", "Currency")),
  ...removable
});

const product = record("product", "Product", [...files("products"), "product.csv"], {
  product_id: id("Product ID"),
  name: from(property("name", "Name", "Product name")),
  family: from(property("hs_product_type", "Product type", "Folder")),
  list_price: from(property("price", "Unit price")),
  ...removable
});

const campaign = record("campaign", "Campaign", files("campaigns"), {
  campaign_id: {column: [...property("hs_object_id", "Record ID"), "Campaign ID", "id", "Campaign name"]},
  name: from(property("hs_name", "Campaign name", "Name")),
  status: from(property("hs_campaign_status", "Campaign status", "Status")),
  start_date: day(property("hs_start_date", "Start date")),
  end_date: day(property("hs_end_date", "End date"))
});

/** Exports of views name the owner; a user is then known by the name. API and warehouse records hold the owner's id. */
const user = record("crm_user", "User", ["hubspot-*users*.csv", "users*.csv", "users-export*.csv"], {
  user_id: first(joined("First Name", "Last Name"), from("Name")),
  name: first(joined("First Name", "Last Name"), from("Name")),
  email: from(["Email", "User email"]),
  team: from(["Main team", "Primary team", "Team", "Teams"]),
  region: from("Region"),
  role: from(["Permission set", "Role"]),
  active: from(["Status", "Active"], {map: {active: "true", deactivated: "false", inactive: "false"}, else: null})
}, {needs: ["^(first )?name$"]});

const ownerRecord = record("crm_user", "Owner", ["owners*.csv", "owner.csv", "owner_data.csv"], {
  user_id: {column: ["owner_id", "id"]},
  name: joined("first_name", "last_name"),
  email: from("email"),
  created_at: from(["created_at", "createdAt"]),
  updated_at: from(["updated_at", "updatedAt"])
});

export const hubspot: CrmDefaults = {
  ...usualExport,
  type: "hubspot",
  mappings: [company, contact, lead, deal, stageEntries, internalEntries, currentStage(stageEntries.needs ?? []), currentStage(internalEntries.needs ?? []), lineItem, product, call, meeting, task, email, campaign, ticket, quote, user, ownerRecord],
  stages: {open: ["Appointment Scheduled", "Qualified To Buy", "Presentation Scheduled", "Decision Maker Bought-In", "Contract Sent"], won: ["Closed Won"], lost: ["Closed Lost"]},
  probability: {"Appointment Scheduled": 0.2, "Qualified To Buy": 0.4, "Presentation Scheduled": 0.6, "Decision Maker Bought-In": 0.8, "Contract Sent": 0.9, "Closed Won": 1, "Closed Lost": 0}
};
