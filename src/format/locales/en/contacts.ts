// English words of the metrics in src/metrics/contacts.ts.

export default {
  "metric.contacts_idle.definition": "Contacts with whom nobody had done anything for 90 days at the end of the period.",
  "metric.contacts_idle.edges": "A contact is idle 90 days after the last activity, or after it was created where there was none since. One without any day counts on the as-of date only.",
  "metric.contacts_idle.label": "Idle contacts",
  "metric.contacts_new.definition": "Contacts created in the period. Contacts merged into one count once, by the one that stands; deleted ones do not count.",
  "metric.contacts_new.edges": "A contact without a created date is in no period.",
  "metric.contacts_new.label": "New contacts",
  "metric.contacts_worked.definition": "Contacts with at least one activity done in the period. What was done with a contact that was merged counts for the one that stands.",
  "metric.contacts_worked.edges": "Each counts once a period, so months do not add up to the year, nor owners to the total.",
  "metric.contacts_worked.label": "Contacts worked"
};
