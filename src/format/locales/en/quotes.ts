// English words of the metrics in src/metrics/quotes.ts.

export default {
  "metric.quote_to_order_rate.definition": "Share of the quotes created in the period that were ordered from within the window, counted from the day the latest revision was created. The window is 90 days unless the settings say otherwise; its last day counts.",
  "metric.quote_to_order_rate.denominator": "Quotes created in the period whose window has passed",
  "metric.quote_to_order_rate.edges": "The revisions of one quote are one; an order from any of them counts, cancelled orders and returns do not. Only quotes whose whole window has passed count; the rest are reported as still in their window.",
  "metric.quote_to_order_rate.label": "Quote-to-order rate",
  "metric.quote_to_order_rate.numerator": "Quotes created in the period and ordered from within the window",
  "metric.quotes_created.definition": "Quotes created in the period. The revisions of one quote count once, on the day the latest was created.",
  "metric.quotes_created.edges": "A new revision moves the quote to its own day. Deleted quotes do not count; drafts do.",
  "metric.quotes_created.label": "Quotes created",
  "metric.quotes_expired.definition": "Quotes whose last day of validity lies in the period and has passed without an order.",
  "metric.quotes_expired.edges": "Of the revisions of one quote the latest says when it expires. A late order takes the quote out again.",
  "metric.quotes_expired.label": "Quotes expired",
  "metric.quotes_per_owner.definition": "Quotes created in the period divided by the owners who were active in it.",
  "metric.quotes_per_owner.denominator": "Owners with at least one activity done, or opportunity created, moved or closed, in the period",
  "metric.quotes_per_owner.edges": "Active is who did any work on one day, with or without quotes. With nobody active there is no value.",
  "metric.quotes_per_owner.label": "Quotes per owner",
  "metric.quotes_per_owner.numerator": "Quotes created in the period"
};
