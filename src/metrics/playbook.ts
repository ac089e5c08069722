// What to do when a KPI goes bad (kpi-formulas b.8, completed). Words: `play.<id>.look` and `play.<id>.action` in
// src/format/locales/<language>/playbook.ts; settings may replace them for a KPI.

export interface Play {
  readonly id: string;
  /** The KPIs that call for it; each KPI with a direction stands in exactly one play. Variants follow their KPI. None where a missed target calls for it. */
  readonly metrics: readonly string[];
}

export const playbook: readonly Play[] = [
  {id: "new_leads", metrics: ["new_leads"]},
  {id: "cost_per_lead", metrics: ["cost_per_lead"]},
  {id: "lead_conversion", metrics: ["lead_conversion_rate", "lead_close_rate", "leads_won", "leads_lost"]},
  {id: "lead_speed", metrics: ["lead_response_time", "lead_conversion_time"]},
  {id: "lead_qualification", metrics: ["lead_qualification_rate"]},
  {id: "new_opportunities", metrics: ["opportunities_created", "opportunities_created_value"]},
  {id: "won_value", metrics: ["revenue_won", "revenue_won_ytd", "opportunities_won", "won_value_per_owner", "new_customers"]},
  {id: "win_rate", metrics: ["win_rate", "win_rate_value", "opportunities_lost", "lost_value"]},
  {id: "deal_size", metrics: ["average_deal_size", "median_deal_size"]},
  {id: "deal_speed", metrics: ["sales_cycle_days", "time_in_stage", "stage_back_rate", "sales_velocity"]},
  {id: "coverage", metrics: ["open_opportunities", "open_pipeline", "weighted_pipeline", "pipeline_coverage"]},
  {id: "forecast", metrics: ["forecast", "forecast_accuracy", "close_date_slip_rate", "close_date_pushes"]},
  {id: "quotes", metrics: ["quotes_created", "quotes_per_owner", "quote_to_order_rate", "quotes_expired"]},
  {id: "orders", metrics: ["orders", "sales_value", "net_revenue", "order_cancellation_rate", "orders_cancelled"]},
  {id: "margin", metrics: ["gross_profit", "gross_margin"]},
  {id: "contracts", metrics: ["contracts_signed", "contract_value"]},
  {id: "selling_cost", metrics: ["cost_of_sales", "cost_of_sales_ratio", "sales_roi", "crm_cost"]},
  {id: "activities", metrics: ["activity_points", "contacts_worked", "contacts_new", "contacts_idle"]},
  {id: "meetings", metrics: ["meeting_to_opportunity_rate"]},
  {id: "repeat", metrics: ["repeat_purchases", "repeat_rate", "purchase_frequency", "days_between_purchases"]},
  {id: "purchase_value", metrics: ["average_purchase_value", "net_new_revenue", "upsell_rate", "cross_sell_rate"]},
  {id: "customer_value", metrics: ["clv_historic", "clv_simple", "clv_model"]},
  {id: "acquisition_cost", metrics: ["cac", "cac_payback_months", "clv_to_cac", "crm_roi"]},
  {id: "satisfaction", metrics: ["nps", "csat", "ces"]},
  {id: "complaints", metrics: ["complaints", "complaint_rate"]},
  {id: "service_speed", metrics: ["first_response_time", "resolution_time", "customer_wait_time", "ticket_backlog", "sla_met"]},
  {id: "first_contact", metrics: ["first_contact_resolution"]},
  {id: "renewal", metrics: ["renewal_rate", "renewal_rate_value"]},
  {id: "churn", metrics: ["logo_churn", "retention_rate", "same_period_losses", "involuntary_churn", "subscribers", "subscribers_lost"]},
  {id: "revenue_churn", metrics: ["gross_mrr_churn", "grr", "mrr_contraction", "mrr_churn"]},
  {id: "expansion", metrics: ["nrr", "net_mrr_churn", "mrr", "quick_ratio", "mrr_new", "mrr_expansion", "mrr_reactivation", "subscribers_new", "subscribers_reactivated"]},
  {id: "retention_cost", metrics: ["retention_cost"]},
  {id: "engagement", metrics: ["engagement_rate", "contacts_engaged"]},
  {id: "health", metrics: ["health_score", "at_risk_revenue"]},
  {id: "adoption", metrics: ["crm_active_users", "crm_active_share", "crm_activation_rate", "crm_usage_frequency", "crm_user_satisfaction"]},
  {id: "crm_data", metrics: ["crm_completeness", "crm_duplicate_rate", "pipeline_hygiene", "lead_source_share"]},
  {id: "crm_training", metrics: ["crm_training_completion"]},
  {id: "crm_technology", metrics: ["crm_error_rate", "crm_response_time"]},
  {id: "attainment", metrics: []}
];

const byMetric = new Map(playbook.flatMap((play) => play.metrics.map((metric) => [metric, play])));

/** Returns what to do when the KPI goes bad; undefined for a KPI that has no direction. `id` is that of the KPI or of what it is a variant of. */
export const playFor = (id: string): Play | undefined => byMetric.get(id);
