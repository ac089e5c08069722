// Redmine: issues as CRM cases, told from other issues by tracker (or project, category, a custom field) in the settings.
// Read from the CSV of an issue list, or from the JSON API: a list of issues, or documents of one issue each, which alone
// hold the journals. Headers in English, Czech, German, Hungarian and Chinese; sources: src/guide/sources/redmine.md.

import {constant, day, first, from, joined, record, usualExport} from "./define.js";
import type {ColumnRule, CrmDefaults, OnlyRule, TableMapping} from "./define.js";

type Columns = Readonly<Record<string, ColumnRule>>;

const status = ["Status", "status.name", "Stav", "Státusz", "状态"];
const closed = ["Closed", "closed_on", "Uzavřeno", "Geschlossen am", "Lezárva", "结束日期"];
const due = ["Due date", "due_date", "Uzavřít do", "Abgabedatum", "Befejezés dátuma", "计划完成日期"];
const subject = from(["Subject", "subject", "Předmět", "Thema", "Tárgy", "主题"]);

/** Assignees go by name: the list has no ids. */
const issue: Columns = {
  created_at: from(["Created", "created_on", "Vytvořeno", "Angelegt", "Létrehozva", "创建于"]),
  updated_at: from(["Updated", "updated_on", "Aktualizováno", "Aktualisiert", "Módosítva", "更新于"]),
  owner_id: from(["Assignee", "assigned_to.name", "Přiřazeno", "Zugewiesen an", "Felelős", "指派给"])
};
const key: ColumnRule = {column: ["#", "id"]};
const source = from(["Category", "category.name", "Kategorie", "Kategória", "类别"]);
const kind = (kind: OnlyRule["kind"]): OnlyRule => ({kind});

/** One file of issues: the CSV where there is one, since only it needs no fetching; else JSON. */
const issues: Pick<TableMapping, "files" | "each"> = {files: ["issues*.csv", "issue_journals*.json", "issue_journals*.ndjson", "issues*.json"], each: ["issues", ""]};

const lead = record("lead", "Lead", issues.files, {
  lead_id: key,
  name: subject,
  source,
  status: from(status),
  state: from(status, {map: {Converted: "won", Won: "won", Closed: "won", Rejected: "lost", Lost: "lost"}, else: "open"}),
  converted_at: from(closed, {when: {column: "state", values: ["won"]}}),
  lost_at: from(closed, {when: {column: "state", values: ["lost"]}}),
  next_follow_up_at: day(due),
  ...issue
}, {each: issues.each, only: kind("lead")});

const opportunity = record("opportunity", "Opportunity", issues.files, {
  opportunity_id: key,
  name: subject,
  source,
  stage: {column: status},
  amount: from(["Amount", "custom_fields.Amount", "Price", "custom_fields.Price"]),
  closed_at: from(closed),
  expected_close_date: day(due),
  ...issue
}, {each: issues.each, only: kind("opportunity")});

const ticket = record("ticket", "Ticket", issues.files, {
  ticket_id: key,
  topic: source,
  priority: from(["Priority", "priority.name", "Priorita", "Priorität", "Prioritás", "优先级"]),
  status: from(status),
  solved_at: from(closed),
  ...issue
}, {each: issues.each, only: kind("ticket")});

/** Journals name a status by its id; issue_statuses.json says what it is called. */
const statusNames = (name: string, left: string): TableMapping["join"][number] => ({name, file: "issue_statuses.json", each: "issue_statuses", left, right: "id", optional: true});
const journals: Partial<TableMapping> = {each: ["issues.journals.details", "issue.journals.details"], only: kind("opportunity")};
const journalFiles = ["issue_journals*.json", "issue_journals*.ndjson", "issues*.json"];

const stageHistory = record("opportunity_stage_history", "IssueJournal", journalFiles, {
  history_id: {columns: ["journals.id", "journals.details.name"]},
  opportunity_id: {column: "id", file: "IssueJournal"},
  stage: first(from("name", {file: "new status"}), {column: "journals.details.new_value"}),
  entered_at: {column: "journals.created_on"}
}, {...journals, join: [statusNames("new status", "journals.details.new_value")], exclude: [{column: "journals.details.name", except: ["status_id"], why: "other"}]});

const isStatus = {column: ["journals.details.name"], values: ["status_id"]};

const fieldHistory = record("opportunity_field_history", "IssueChange", journalFiles, {
  history_id: {columns: ["journals.id", "journals.details.name", "journals.details.old_value", "journals.details.new_value"]},
  opportunity_id: {column: "id", file: "IssueChange"},
  field: {column: "journals.details.name", map: {status_id: "stage", due_date: "expected_close_date"}},
  old_value: first(from("name", {file: "old status", where: isStatus}), from("journals.details.old_value")),
  new_value: first(from("name", {file: "new status", where: isStatus}), from("journals.details.new_value")),
  changed_at: {column: "journals.created_on"}
}, {...journals, join: [statusNames("old status", "journals.details.old_value"), statusNames("new status", "journals.details.new_value")], exclude: [{column: "journals.details.property", except: ["attr", "cf"], why: "other"}]});

const user = record("crm_user", "User", ["users*.json"], {
  user_id: joined("firstname", "lastname"),
  name: joined("firstname", "lastname"),
  email: from("mail"),
  active: from("status", {map: {"1": "true"}, else: "false"}),
  created_at: from("created_on"),
  updated_at: from("updated_on"),
  automated: constant("false")
}, {each: ["users", ""]});

/** Redmine's own statuses say nothing of won; "Closed" has to be settled in the settings. */
export const redmine: CrmDefaults = {
  ...usualExport,
  type: "redmine",
  group: "",
  looseNames: false,
  roots: ["issues", "issue", "users", "issue_statuses"],
  aliases: {
    Tracker: ["tracker.name", "Fronta", "Típus", "跟踪"],
    Project: ["project.name", "Projekt", "项目"],
    Category: ["category.name", "Kategorie", "Kategória", "类别"]
  },
  mappings: [lead, opportunity, ticket, stageHistory, fieldHistory, user],
  stages: {open: ["New", "In Progress", "Resolved", "Feedback"], won: ["Won"], lost: ["Lost", "Rejected"]},
  probability: {}
};
