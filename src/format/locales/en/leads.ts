// English words of the metrics in src/metrics/leads.ts.

export default {
  "metric.lead_conversion_rate.definition": "Share of the leads created in the period that became an opportunity or a customer within the window, counted from the day they were created. The window is 90 days unless the settings say otherwise; its last day counts.",
  "metric.lead_conversion_rate.denominator": "Leads created in the period whose window has passed",
  "metric.lead_conversion_rate.edges": "Only leads whose whole window has passed by the as-of date count; the rest are reported as still in their window. A lead counts once. One converted before it was created, by its dates, counts as converted on its first day. With no lead old enough there is no value.",
  "metric.lead_conversion_rate.label": "Lead conversion rate",
  "metric.lead_conversion_rate.numerator": "Leads created in the period and converted within the window",
  "metric.lead_conversion_rate.short": "Lead conversion",
  "metric.leads_reached_converted.definition": "Leads created in the period that became an opportunity or a customer, or whose opportunity was won, by the as-of date.",
  "metric.leads_reached_converted.label": "Leads that reached converted",
  "metric.leads_reached_qualified.definition": "Leads created in the period that were qualified or reached any later step by the as-of date.",
  "metric.leads_reached_qualified.label": "Leads that reached qualified",
  "metric.leads_reached_won.definition": "Leads created in the period whose opportunity was won by the as-of date.",
  "metric.leads_reached_won.label": "Leads that were won",
  "metric.new_leads.definition": "Leads created in the period. Leads merged into one count once; deleted and test records do not count.",
  "metric.new_leads.edges": "A lead without a created date is in no period; over all time it is reported as undated.",
  "metric.new_leads.label": "New leads"
};
