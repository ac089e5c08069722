// English words of the metrics in src/metrics/owners.ts.

export default {
  "metric.active_owners.definition": "Owners with at least one piece of work in the period: an activity done, an opportunity created, closed or moved to another stage.",
  "metric.active_owners.edges": "An owner counts once, however many days. Owners who worked in two teams or regions count in both, and once in the total.",
  "metric.active_owners.label": "Active owners",
  "metric.owners_active_ten_days.definition": "Owners with work on at least 10 working days of the period.",
  "metric.owners_active_ten_days.edges": "Working days and holidays are those of the settings. A period with fewer than 10 working days has none.",
  "metric.owners_active_ten_days.label": "Owners active on ten days",
  "metric.won_value_per_owner.definition": "Revenue won in the period divided by the owners who had work on at least 10 working days of it.",
  "metric.won_value_per_owner.denominator": "Owners with work on at least 10 working days of the period",
  "metric.won_value_per_owner.edges": "With no such owner, as in any period of fewer than 10 working days, there is no value.",
  "metric.won_value_per_owner.label": "Won value per owner",
  "metric.won_value_per_owner.numerator": "Revenue won in the period"
};
