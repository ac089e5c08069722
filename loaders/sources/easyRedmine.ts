// Easy Redmine: the CRM module's cases (easy_crm_cases) with their statuses, contacts and price, by the JSON API or the
// list's CSV; issues by tracker as in Redmine, with journals in the list itself. Sources: src/guide/sources/easy-redmine.md.

import {constant, day, first, from, joined, percentage, record} from "./define.js";
import type {ColumnRule, CrmDefaults, TableMapping} from "./define.js";
import {redmine} from "./redmine.js";

type Columns = Readonly<Record<string, ColumnRule>>;

const cases = {files: ["easy_crm_cases*.csv", "easy_crm_cases*.json", "easy_crm_cases*.ndjson", "crm_cases*.csv"], each: ["easy_crm_cases", ""]};
const stamps: Columns = {created_at: from(["created_at", "created_on", "Created at"]), updated_at: from(["updated_at", "updated_on", "Updated at"])};
const lostIf = {true: "lost", "1": "lost", yes: "lost"};

/** Statuses carry what they mean: won, closed. A cancelled case is lost, whatever its status. */
const statusFlags: TableMapping["join"][number] = {name: "statuses", file: "easy_crm_case_statuses.json", each: "easy_crm_case_statuses", left: "easy_crm_case_status_id", right: "id", optional: true};

const crmCase = record("opportunity", "CrmCase", cases.files, {
  opportunity_id: {column: ["id", "#", "ID"], file: "CrmCase"},
  account_id: from(["main_easy_contact.id", "Customer"]),
  name: from(["name", "Name"], {file: "CrmCase"}),
  stage: first(from(["easy_crm_case_status.name", "Status"], {file: "CrmCase"}), from("name", {file: "statuses"})),
  state: first(
    from(["is_canceled", "Is canceled?"], {map: lostIf, else: null}),
    from("is_won", {file: "statuses", map: {true: "won"}, else: null}),
    from("is_closed", {file: "statuses", map: {true: "lost"}, else: null})
  ),
  amount: from(["price", "Price"]),
  currency: from(["currency", "Currency"]),
  probability: percentage(["probability", "Probability"]),
  closed_at: from(["closed_on", "Closed on", "Closed"]),
  expected_close_date: day(["contract_date", "Contract date"]),
  owner_id: from(["assigned_to.name", "Account manager", "Assigned to"]),
  created_at: from(["created_at", "Created at"], {file: "CrmCase"}),
  updated_at: from(["updated_at", "Updated at"], {file: "CrmCase"})
}, {each: cases.each, join: [statusFlags]});

const statusNames = (name: string, left: string): TableMapping["join"][number] => ({...statusFlags, name, left});
const journals: Partial<TableMapping> = {each: ["easy_crm_cases.journals.details", "easy_crm_case.journals.details"]};
const isStatus = {column: ["journals.details.name"], values: ["easy_crm_case_status_id"]};

const stageHistory = record("opportunity_stage_history", "CrmCaseJournal", cases.files.slice(1), {
  history_id: {columns: ["journals.id", "journals.details.name"]},
  opportunity_id: {column: "id", file: "CrmCaseJournal"},
  stage: first(from("name", {file: "new status"}), {column: "journals.details.new_value"}),
  entered_at: {column: "journals.created_on"}
}, {...journals, join: [statusNames("new status", "journals.details.new_value")], exclude: [{column: "journals.details.name", except: ["easy_crm_case_status_id"], why: "other"}]});

/** A case is cancelled beside its status. */
const cancelled = record("opportunity_stage_history", "CrmCaseCancelled", cases.files.slice(1), {
  history_id: {columns: ["journals.id", "journals.details.name"]},
  opportunity_id: {column: "id", file: "CrmCaseCancelled"},
  stage: constant("Cancelled"),
  state: constant("lost"),
  entered_at: {column: "journals.created_on"}
}, {
  ...journals,
  exclude: [
    {column: "journals.details.name", except: ["is_canceled"], why: "other"},
    {column: "journals.details.new_value", except: ["1", "true"], why: "other"}
  ]
});

const fieldHistory = record("opportunity_field_history", "CrmCaseChange", cases.files.slice(1), {
  history_id: {columns: ["journals.id", "journals.details.name", "journals.details.old_value", "journals.details.new_value"]},
  opportunity_id: {column: "id", file: "CrmCaseChange"},
  field: {column: "journals.details.name", map: {easy_crm_case_status_id: "stage", contract_date: "expected_close_date", price: "amount"}},
  old_value: first(from("name", {file: "old status", where: isStatus}), from("journals.details.old_value")),
  new_value: first(from("name", {file: "new status", where: isStatus}), from("journals.details.new_value")),
  changed_at: {column: "journals.created_on"}
}, {...journals, join: [statusNames("old status", "journals.details.old_value"), statusNames("new status", "journals.details.new_value")], exclude: [{column: "journals.details.property", except: ["attr", "cf"], why: "other"}]});

/** Contacts are companies and persons in one list; both may be a case's customer. */
const account = record("account", "Contact", ["easy_contacts*.json", "easy_contacts*.csv"], {
  account_id: {column: ["id", "#", "ID"]},
  name: first(joined("firstname", "lastname"), joined("First name", "Last name"), from("Name")),
  segment: from(["easy_contact_type.name", "Type"]),
  country: from(["country_code", "Country"]),
  owner_id: from(["assigned_to.name", "Account manager"]),
  ...stamps
}, {each: ["easy_contacts", ""]});

export const easyRedmine: CrmDefaults = {
  ...redmine,
  type: "easy_redmine",
  roots: [...(redmine.roots ?? []), "easy_crm_cases", "easy_crm_case", "easy_crm_case_statuses", "easy_contacts"],
  mappings: [crmCase, stageHistory, cancelled, fieldHistory, account, ...redmine.mappings],
  stages: {
    open: [...redmine.stages.open, "Lead", "Opportunity", "Quotation"],
    won: [...redmine.stages.won, "Client", "Sale", "Upsale"],
    lost: [...redmine.stages.lost, "Cancelled"]
  }
};
