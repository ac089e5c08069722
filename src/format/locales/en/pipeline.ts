// English words of the metrics in src/metrics/pipeline.ts.

export default {
  "metric.open_opportunities.definition": "Opportunities open at the end of the period's last day, or of the as-of day where the period is not over.",
  "metric.open_opportunities.edges": "A stock: it adds up over regions or owners, never over time. An open opportunity without a created date counts at the as-of date and in no earlier period; how many is shown as undated.",
  "metric.open_opportunities.label": "Open opportunities",
  "metric.open_pipeline.definition": "Sum of the amounts of the opportunities open at the end of the period's last day, with the amount and stage they had that day.",
  "metric.open_pipeline.edges": "A stock: it never adds up over time. The share of open opportunities that have an amount is shown; where none has, there is no value. How many have none, or 0, is said, and where one amount is more than 30% of the sum. Foreign amounts are converted at the rate of the as-of day. A deal counts as overdue from the month after the one in which it was expected to close.",
  "metric.open_pipeline.label": "Open pipeline",
  "metric.weighted_pipeline.definition": "Sum of amount times the chance to win over the opportunities open at the end of the period's last day. The chance is the opportunity's own, else that of its stage.",
  "metric.weighted_pipeline.edges": "Opportunities without an amount or a chance are left out and the share that counts is shown. Chances are shares between 0 and 1, however the CRM writes them.",
  "metric.weighted_pipeline.label": "Weighted pipeline"
};
