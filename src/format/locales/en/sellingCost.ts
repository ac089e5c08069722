// English words of the metrics in src/metrics/sellingCost.ts.

export default {
  "metric.cost_of_sales.definition": "Selling cost of the period: pay, commission, travel, tools and whatever else is booked to the scope selling. Each day bears its part of a cost.",
  "metric.cost_of_sales.edges": "Not the cost of the goods sold. Costs in another currency are converted at each day's rate. A cost that begins after the as-of date does not count.",
  "metric.cost_of_sales.label": "Cost of sales",
  "metric.cost_of_sales_ratio.definition": "Selling cost of the period divided by its net revenue.",
  "metric.cost_of_sales_ratio.denominator": "Net revenue of the period by the day of the order",
  "metric.cost_of_sales_ratio.edges": "Selling cost, not the cost of the goods sold. Without revenue there is no value.",
  "metric.cost_of_sales_ratio.label": "Cost of sales ratio",
  "metric.cost_of_sales_ratio.numerator": "Selling cost of the period",
  "metric.sales_roi.definition": "Gross profit less selling cost, divided by selling cost.",
  "metric.sales_roi.denominator": "Selling cost of the period",
  "metric.sales_roi.edges": "Not return on sales, which is operating profit ÷ net sales. Order lines without a cost bring no profit here; the share of lines that count is shown. Without selling cost there is no value.",
  "metric.sales_roi.label": "Return on selling cost",
  "metric.sales_roi.numerator": "Gross profit of the period less its selling cost",
  "metric.sales_roi.short": "ROI on sales"
};
