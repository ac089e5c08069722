// English words of the metrics in src/metrics/leadResponse.ts.

export default {
  "metric.lead_response_time.definition": "Hours after which half of the leads created in the period had been contacted, by the Kaplan–Meier estimate: leads without a contact count for as long as they have waited. A contact is an e-mail, call or meeting that a person has done and that did not come from the lead; machines do not count.",
  "metric.lead_response_time.edges": "Clock hours, nights and weekends included. A lead without a contact waits until it was closed or until the as-of date, in whole days. Leads contacted before they were created, by their dates, are left out.",
  "metric.lead_response_time.label": "Lead response time",
  "metric.lead_response_time_p90.definition": "Hours within which nine in ten of the contacted leads of the period had their first contact. A contact is an e-mail, call or meeting that a person has done and that did not come from the lead; machines do not count.",
  "metric.lead_response_time_p90.edges": "Leads that nobody contacted are left out: their number is a variant of its own.",
  "metric.lead_response_time_p90.label": "Lead response time, 90th percentile",
  "metric.lead_response_time_uncontacted.definition": "Leads created in the period that nobody has contacted by the as-of date, although more than 24 hours have passed. A contact is an e-mail, call or meeting that a person has done and that did not come from the lead; machines do not count.",
  "metric.lead_response_time_uncontacted.edges": "Leads that were closed without a contact are among them.",
  "metric.lead_response_time_uncontacted.label": "Leads nobody contacted",
  "metric.lead_response_time_within_1_hour.definition": "Share of the leads created in the period that were first contacted within 1 hour. A contact is an e-mail, call or meeting that a person has done and that did not come from the lead; machines do not count.",
  "metric.lead_response_time_within_1_hour.denominator": "Leads created in the period at least 1 hour before the end of the as-of date",
  "metric.lead_response_time_within_1_hour.edges": "Leads that have not been there for 1 hour by the end of the as-of date, and leads contacted before they were created, by their dates, are left out.",
  "metric.lead_response_time_within_1_hour.label": "Leads contacted within 1 hour",
  "metric.lead_response_time_within_1_hour.numerator": "Leads created in the period and contacted within 1 hour",
  "metric.lead_response_time_within_24_hours.definition": "Share of the leads created in the period that were first contacted within 24 hours. A contact is an e-mail, call or meeting that a person has done and that did not come from the lead; machines do not count.",
  "metric.lead_response_time_within_24_hours.denominator": "Leads created in the period at least 24 hours before the end of the as-of date",
  "metric.lead_response_time_within_24_hours.edges": "Leads that have not been there for 24 hours by the end of the as-of date, and leads contacted before they were created, by their dates, are left out.",
  "metric.lead_response_time_within_24_hours.label": "Leads contacted within 24 hours",
  "metric.lead_response_time_within_24_hours.numerator": "Leads created in the period and contacted within 24 hours",
  "metric.lead_response_time_within_5_minutes.definition": "Share of the leads created in the period that were first contacted within 5 minutes. A contact is an e-mail, call or meeting that a person has done and that did not come from the lead; machines do not count.",
  "metric.lead_response_time_within_5_minutes.denominator": "Leads created in the period at least 5 minutes before the end of the as-of date",
  "metric.lead_response_time_within_5_minutes.edges": "Leads that have not been there for 5 minutes by the end of the as-of date, and leads contacted before they were created, by their dates, are left out.",
  "metric.lead_response_time_within_5_minutes.label": "Leads contacted within 5 minutes",
  "metric.lead_response_time_within_5_minutes.numerator": "Leads created in the period and contacted within 5 minutes"
};
