// What a business may want of its CRM, and the handful of KPIs that serve it. Words: `goal.<id>.label`, `.meaning`, and why a
// KPI serves it `goal.<id>.why.<kpi>`, in src/format/locales/<language>/goals.ts.

export const goalIds = ["grow_sales", "serve_better", "keep_customers", "crm_used"] as const;
export type GoalId = (typeof goalIds)[number];

export interface BusinessGoal {
  readonly id: GoalId;
  /** The KPIs to watch, the outcome first, then what leads to it. */
  readonly kpis: readonly string[];
  /** KPIs with a direction that help to explain them. Each KPI with a direction serves or supports a goal; variants follow their KPI. */
  readonly supporting: readonly string[];
  /** Pages that explain them, by name. */
  readonly pages: readonly string[];
}

export const goals: readonly BusinessGoal[] = [
  {
    id: "grow_sales",
    kpis: ["revenue_won", "win_rate", "average_deal_size", "sales_cycle_days", "opportunities_created_value", "new_leads", "lead_conversion_rate", "pipeline_coverage"],
    supporting: [
      "cost_per_lead", "lead_close_rate", "leads_won", "leads_lost", "lead_response_time", "lead_conversion_time", "lead_qualification_rate",
      "opportunities_created", "revenue_won_ytd", "opportunities_won", "won_value_per_owner", "new_customers", "win_rate_value", "opportunities_lost", "lost_value",
      "median_deal_size", "time_in_stage", "stage_back_rate", "sales_velocity", "open_opportunities", "open_pipeline", "weighted_pipeline",
      "forecast", "forecast_accuracy", "close_date_slip_rate", "close_date_pushes", "quotes_created", "quotes_per_owner", "quote_to_order_rate", "quotes_expired",
      "orders", "sales_value", "net_revenue", "order_cancellation_rate", "orders_cancelled", "gross_profit", "gross_margin", "contracts_signed", "contract_value",
      "cost_of_sales", "cost_of_sales_ratio", "sales_roi", "activity_points", "meeting_to_opportunity_rate",
      "average_purchase_value", "cac", "cac_payback_months", "clv_to_cac"
    ],
    pages: ["changes", "targets"]
  },
  {
    id: "serve_better",
    kpis: ["csat", "nps", "ces", "first_response_time", "resolution_time", "first_contact_resolution", "sla_met"],
    supporting: ["complaints", "complaint_rate", "customer_wait_time", "ticket_backlog"],
    pages: ["definitions"]
  },
  {
    id: "keep_customers",
    kpis: ["nrr", "logo_churn", "renewal_rate", "repeat_rate", "at_risk_revenue", "health_score", "engagement_rate"],
    supporting: [
      "retention_rate", "same_period_losses", "involuntary_churn", "subscribers", "subscribers_lost", "subscribers_new", "subscribers_reactivated", "renewal_rate_value",
      "gross_mrr_churn", "net_mrr_churn", "grr", "mrr", "mrr_new", "mrr_expansion", "mrr_reactivation", "mrr_contraction", "mrr_churn", "quick_ratio", "retention_cost",
      "contacts_engaged", "repeat_purchases", "purchase_frequency", "days_between_purchases", "net_new_revenue", "upsell_rate", "cross_sell_rate",
      "clv_historic", "clv_simple", "clv_model"
    ],
    pages: ["changes", "definitions"]
  },
  {
    id: "crm_used",
    kpis: ["crm_active_share", "crm_usage_frequency", "crm_activation_rate", "crm_completeness", "pipeline_hygiene", "crm_training_completion", "crm_user_satisfaction"],
    supporting: ["crm_active_users", "crm_duplicate_rate", "crm_error_rate", "crm_response_time", "crm_cost", "crm_roi"],
    pages: ["quality", "definitions"]
  }
];
