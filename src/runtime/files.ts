// The one list of data files that pages may fetch. Framework needs each name written out to find and hash the file.
// Written by loaders/build/writeFileList.ts.

import {FileAttachment} from "observablehq:stdlib";
import type {MartFiles} from "./messages.js";

/** Addresses of the files of every mart and cube, relative to no page. */
export function martFiles(): MartFiles {
  return {
    cube_acquisition_cost_date: {
      parquet: FileAttachment("../data/marts/cube_acquisition_cost_date.parquet").href,
      database: FileAttachment("../data/marts/cube_acquisition_cost_date.duckdb").href
    },
    cube_acquisition_cost_lagged: {
      parquet: FileAttachment("../data/marts/cube_acquisition_cost_lagged.parquet").href,
      database: FileAttachment("../data/marts/cube_acquisition_cost_lagged.duckdb").href
    },
    cube_activity_date: {
      parquet: FileAttachment("../data/marts/cube_activity_date.parquet").href,
      database: FileAttachment("../data/marts/cube_activity_date.duckdb").href
    },
    cube_contact_added: {
      parquet: FileAttachment("../data/marts/cube_contact_added.parquet").href,
      database: FileAttachment("../data/marts/cube_contact_added.duckdb").href
    },
    cube_contact_idle_span_census: {
      parquet: FileAttachment("../data/marts/cube_contact_idle_span_census.parquet").href,
      database: FileAttachment("../data/marts/cube_contact_idle_span_census.duckdb").href
    },
    cube_contract_due: {
      parquet: FileAttachment("../data/marts/cube_contract_due.parquet").href,
      database: FileAttachment("../data/marts/cube_contract_due.duckdb").href
    },
    cube_contract_signed: {
      parquet: FileAttachment("../data/marts/cube_contract_signed.parquet").href,
      database: FileAttachment("../data/marts/cube_contract_signed.duckdb").href
    },
    cube_cost_day_date: {
      parquet: FileAttachment("../data/marts/cube_cost_day_date.parquet").href,
      database: FileAttachment("../data/marts/cube_cost_day_date.duckdb").href
    },
    cube_customer_first: {
      parquet: FileAttachment("../data/marts/cube_customer_first.parquet").href,
      database: FileAttachment("../data/marts/cube_customer_first.duckdb").href
    },
    cube_customer_first_order: {
      parquet: FileAttachment("../data/marts/cube_customer_first_order.parquet").href,
      database: FileAttachment("../data/marts/cube_customer_first_order.duckdb").href
    },
    cube_customer_health_span_census: {
      parquet: FileAttachment("../data/marts/cube_customer_health_span_census.parquet").href,
      database: FileAttachment("../data/marts/cube_customer_health_span_census.duckdb").href
    },
    cube_customer_value_census: {
      parquet: FileAttachment("../data/marts/cube_customer_value_census.parquet").href,
      database: FileAttachment("../data/marts/cube_customer_value_census.duckdb").href
    },
    cube_invoice_invoice: {
      parquet: FileAttachment("../data/marts/cube_invoice_invoice.parquet").href,
      database: FileAttachment("../data/marts/cube_invoice_invoice.duckdb").href
    },
    cube_lead_closed: {
      parquet: FileAttachment("../data/marts/cube_lead_closed.parquet").href,
      database: FileAttachment("../data/marts/cube_lead_closed.duckdb").href
    },
    cube_lead_converted: {
      parquet: FileAttachment("../data/marts/cube_lead_converted.parquet").href,
      database: FileAttachment("../data/marts/cube_lead_converted.duckdb").href
    },
    cube_lead_converted_by_conversion_days: {
      parquet: FileAttachment("../data/marts/cube_lead_converted_by_conversion_days.parquet").href,
      database: FileAttachment("../data/marts/cube_lead_converted_by_conversion_days.duckdb").href
    },
    cube_lead_created: {
      parquet: FileAttachment("../data/marts/cube_lead_created.parquet").href,
      database: FileAttachment("../data/marts/cube_lead_created.duckdb").href
    },
    cube_lead_created_by_response_hours: {
      parquet: FileAttachment("../data/marts/cube_lead_created_by_response_hours.parquet").href,
      database: FileAttachment("../data/marts/cube_lead_created_by_response_hours.duckdb").href
    },
    cube_lead_qualified_or_later: {
      parquet: FileAttachment("../data/marts/cube_lead_qualified_or_later.parquet").href,
      database: FileAttachment("../data/marts/cube_lead_qualified_or_later.duckdb").href
    },
    cube_lead_span_census: {
      parquet: FileAttachment("../data/marts/cube_lead_span_census.parquet").href,
      database: FileAttachment("../data/marts/cube_lead_span_census.duckdb").href
    },
    cube_meeting_date: {
      parquet: FileAttachment("../data/marts/cube_meeting_date.parquet").href,
      database: FileAttachment("../data/marts/cube_meeting_date.duckdb").href
    },
    cube_mrr_span_census: {
      parquet: FileAttachment("../data/marts/cube_mrr_span_census.parquet").href,
      database: FileAttachment("../data/marts/cube_mrr_span_census.duckdb").href
    },
    cube_opportunity_closed: {
      parquet: FileAttachment("../data/marts/cube_opportunity_closed.parquet").href,
      database: FileAttachment("../data/marts/cube_opportunity_closed.duckdb").href
    },
    cube_opportunity_closed_by_amount: {
      parquet: FileAttachment("../data/marts/cube_opportunity_closed_by_amount.parquet").href,
      database: FileAttachment("../data/marts/cube_opportunity_closed_by_amount.duckdb").href
    },
    cube_opportunity_closed_by_cycle_days: {
      parquet: FileAttachment("../data/marts/cube_opportunity_closed_by_cycle_days.parquet").href,
      database: FileAttachment("../data/marts/cube_opportunity_closed_by_cycle_days.duckdb").href
    },
    cube_opportunity_closed_by_touches: {
      parquet: FileAttachment("../data/marts/cube_opportunity_closed_by_touches.parquet").href,
      database: FileAttachment("../data/marts/cube_opportunity_closed_by_touches.duckdb").href
    },
    cube_opportunity_created: {
      parquet: FileAttachment("../data/marts/cube_opportunity_created.parquet").href,
      database: FileAttachment("../data/marts/cube_opportunity_created.duckdb").href
    },
    cube_opportunity_span_census: {
      parquet: FileAttachment("../data/marts/cube_opportunity_span_census.parquet").href,
      database: FileAttachment("../data/marts/cube_opportunity_span_census.duckdb").href
    },
    cube_order_line_order: {
      parquet: FileAttachment("../data/marts/cube_order_line_order.parquet").href,
      database: FileAttachment("../data/marts/cube_order_line_order.duckdb").href
    },
    cube_order_order: {
      parquet: FileAttachment("../data/marts/cube_order_order.parquet").href,
      database: FileAttachment("../data/marts/cube_order_order.duckdb").href
    },
    cube_order_order_by_days_since_previous: {
      parquet: FileAttachment("../data/marts/cube_order_order_by_days_since_previous.parquet").href,
      database: FileAttachment("../data/marts/cube_order_order_by_days_since_previous.duckdb").href
    },
    cube_owner_day_date: {
      parquet: FileAttachment("../data/marts/cube_owner_day_date.parquet").href,
      database: FileAttachment("../data/marts/cube_owner_day_date.duckdb").href
    },
    cube_reachable_contact_census: {
      parquet: FileAttachment("../data/marts/cube_reachable_contact_census.parquet").href,
      database: FileAttachment("../data/marts/cube_reachable_contact_census.duckdb").href
    },
    dim_owner: {
      parquet: FileAttachment("../data/marts/dim_owner.parquet").href,
      database: FileAttachment("../data/marts/dim_owner.duckdb").href
    },
    dim_stage: {
      parquet: FileAttachment("../data/marts/dim_stage.parquet").href,
      database: FileAttachment("../data/marts/dim_stage.duckdb").href
    },
    dim_value_model: {
      parquet: FileAttachment("../data/marts/dim_value_model.parquet").href,
      database: FileAttachment("../data/marts/dim_value_model.duckdb").href
    },
    fct_acquisition_cost: {
      parquet: FileAttachment("../data/marts/fct_acquisition_cost.parquet").href,
      database: FileAttachment("../data/marts/fct_acquisition_cost.duckdb").href
    },
    fct_activity: {
      parquet: FileAttachment("../data/marts/fct_activity.parquet").href,
      database: FileAttachment("../data/marts/fct_activity.duckdb").href
    },
    fct_contact: {
      parquet: FileAttachment("../data/marts/fct_contact.parquet").href,
      database: FileAttachment("../data/marts/fct_contact.duckdb").href
    },
    fct_contact_idle_span: {
      parquet: FileAttachment("../data/marts/fct_contact_idle_span.parquet").href,
      database: FileAttachment("../data/marts/fct_contact_idle_span.duckdb").href
    },
    fct_contract: {
      parquet: FileAttachment("../data/marts/fct_contract.parquet").href,
      database: FileAttachment("../data/marts/fct_contract.duckdb").href
    },
    fct_cost_day: {
      parquet: FileAttachment("../data/marts/fct_cost_day.parquet").href,
      database: FileAttachment("../data/marts/fct_cost_day.duckdb").href
    },
    fct_customer: {
      parquet: FileAttachment("../data/marts/fct_customer.parquet").href,
      database: FileAttachment("../data/marts/fct_customer.duckdb").href
    },
    fct_customer_health_span: {
      parquet: FileAttachment("../data/marts/fct_customer_health_span.parquet").href,
      database: FileAttachment("../data/marts/fct_customer_health_span.duckdb").href
    },
    fct_customer_span: {
      parquet: FileAttachment("../data/marts/fct_customer_span.parquet").href,
      database: FileAttachment("../data/marts/fct_customer_span.duckdb").href
    },
    fct_customer_value: {
      parquet: FileAttachment("../data/marts/fct_customer_value.parquet").href,
      database: FileAttachment("../data/marts/fct_customer_value.duckdb").href
    },
    fct_engagement: {
      parquet: FileAttachment("../data/marts/fct_engagement.parquet").href,
      database: FileAttachment("../data/marts/fct_engagement.duckdb").href
    },
    fct_invoice: {
      parquet: FileAttachment("../data/marts/fct_invoice.parquet").href,
      database: FileAttachment("../data/marts/fct_invoice.duckdb").href
    },
    fct_lead: {
      parquet: FileAttachment("../data/marts/fct_lead.parquet").href,
      database: FileAttachment("../data/marts/fct_lead.duckdb").href
    },
    fct_lead_span: {
      parquet: FileAttachment("../data/marts/fct_lead_span.parquet").href,
      database: FileAttachment("../data/marts/fct_lead_span.duckdb").href
    },
    fct_meeting: {
      parquet: FileAttachment("../data/marts/fct_meeting.parquet").href,
      database: FileAttachment("../data/marts/fct_meeting.duckdb").href
    },
    fct_mrr_span: {
      parquet: FileAttachment("../data/marts/fct_mrr_span.parquet").href,
      database: FileAttachment("../data/marts/fct_mrr_span.duckdb").href
    },
    fct_opportunity: {
      parquet: FileAttachment("../data/marts/fct_opportunity.parquet").href,
      database: FileAttachment("../data/marts/fct_opportunity.duckdb").href
    },
    fct_opportunity_span: {
      parquet: FileAttachment("../data/marts/fct_opportunity_span.parquet").href,
      database: FileAttachment("../data/marts/fct_opportunity_span.duckdb").href
    },
    fct_order: {
      parquet: FileAttachment("../data/marts/fct_order.parquet").href,
      database: FileAttachment("../data/marts/fct_order.duckdb").href
    },
    fct_order_line: {
      parquet: FileAttachment("../data/marts/fct_order_line.parquet").href,
      database: FileAttachment("../data/marts/fct_order_line.duckdb").href
    },
    fct_owner_day: {
      parquet: FileAttachment("../data/marts/fct_owner_day.parquet").href,
      database: FileAttachment("../data/marts/fct_owner_day.duckdb").href
    },
    fct_reachable_contact: {
      parquet: FileAttachment("../data/marts/fct_reachable_contact.parquet").href,
      database: FileAttachment("../data/marts/fct_reachable_contact.duckdb").href
    },
    fct_target: {
      parquet: FileAttachment("../data/marts/fct_target.parquet").href,
      database: FileAttachment("../data/marts/fct_target.duckdb").href
    }
  };
}
