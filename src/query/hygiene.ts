// The hygiene lists by name, in the order in which pages show them: deals, leads, duplicates, training. Each is a statement in
// loaders/quality/hygiene/lists and a set of messages hygiene.<id>.label, .meaning and .remedy.

export const hygieneIds = [
  "past_close_date",
  "stale_in_stage",
  "no_next_step",
  "no_amount",
  "no_owner",
  "no_source",
  "closed_on_another_day",
  "leads_overdue",
  "leads_without_follow_up",
  "leads_uncontacted",
  "leads_without_owner",
  "leads_without_source",
  "duplicate_accounts",
  "duplicate_contacts",
  "duplicate_leads",
  "training_overdue"
] as const;
