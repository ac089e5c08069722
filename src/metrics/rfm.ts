// Segments of customers by recency, frequency and value: how long ago, how often and for how much they bought.

/** From those to keep to those who are gone. */
export const rfmSegments = ["champions", "loyal", "promising", "recent", "attention", "sleeping", "at_risk", "cannot_lose", "lost"] as const;
export type RfmSegmentId = (typeof rfmSegments)[number];

/** The mart with one row per customer. */
export const rfmMart = "fct_customer_rfm";

/** The canonical columns without which there are no segments. */
export const rfmNeeds = ["sales_order.order_date", "sales_order.account_id", "sales_order.net_amount"] as const;

/** The mart whose orders show how revenue is spread over customers. */
export const concentrationMart = "fct_order";
