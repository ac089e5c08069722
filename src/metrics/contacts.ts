// Contacts: how many come, with how many somebody is in touch, and who is forgotten.

import {balance, simple, type Metric} from "./define.js";

const described = {
  owner: "head of sales", status: "checked", version: 1, since: "2026-11-22", page: "activities", processStage: "lead_management",
  direction: "context", unit: "count", dimensions: ["region", "team", "owner", "source", "segment"]
} as const;

export const contactsNew = simple({
  ...described, id: "contacts_new", page: "activities", dateRule: "E", mart: "fct_contact", time: "added_date",
  needs: ["contact.created_at"], aggregate: {fn: "count"}
});

export const contactsWorked = simple({
  ...described, id: "contacts_worked", page: "activities", dateRule: "E", mart: "fct_activity", time: "date",
  dimensions: ["region", "team", "owner", "segment"], needs: ["activity.contact_id", "activity.done_at"],
  aggregate: {fn: "count_distinct", column: "contact"}
});

export const contactsIdle = balance({
  ...described, id: "contacts_idle", page: "activities", dateRule: "S", mart: "fct_contact_idle_span", from: "valid_from", to: "valid_to",
  undated: "is_undated", needs: ["activity.contact_id", "activity.done_at"], aggregate: {fn: "count"}
});

/** In reading order. */
export const contacts: readonly Metric[] = [contactsNew, contactsWorked, contactsIdle];
