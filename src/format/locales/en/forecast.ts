// English words of the metrics in src/metrics/forecast.ts.

export default {
  "metric.expected_best_case.definition": "Amounts of the opportunities open on the as-of day, expected to close by the end of its month and in the category commit or best case.",
  "metric.expected_best_case.label": "Expected: commit and best case",
  "metric.expected_by_stage.definition": "Amounts of the opportunities open on the as-of day and expected to close by the end of its month, times the share won of those that were in their stage long ago, for as long as they are now. Those omitted from forecasts never count.",
  "metric.expected_by_stage.label": "Expected from the stages",
  "metric.expected_commit.definition": "Amounts of the opportunities open on the as-of day, expected to close by the end of its month and in the category commit.",
  "metric.expected_commit.label": "Expected: commit",
  "metric.expected_pipeline.definition": "Amounts of the opportunities open on the as-of day, expected to close by the end of its month and not omitted.",
  "metric.expected_pipeline.label": "Expected: all but the omitted",
  "metric.forecast.definition": "Revenue won in the period, plus, in the running month, each amount expected to close by its end times the share won of the opportunities that entered the same stage at least 180 days ago and stayed in it for as long as this one so far, or longer.",
  "metric.forecast.edges": "Opportunities of the category omitted never count. Overdue opportunities count as due this month. Where fewer than 30 stayed as long, the 30 longest stays in the stage count; of a stage that fewer than 30 entered so long ago, the share won of all opportunities created at least 180 days ago counts. Of months that are over it is the revenue won; a forecast frozen earlier is not made again. Without a stage history, all stays in the stage count. The range holds 95% of 2,000 draws in which each open opportunity is won by its own chance; the chances themselves are taken as known.",
  "metric.forecast.label": "Forecast",
  "metric.forecast_best_case.definition": "Revenue won in the period, plus, in the running month, the amounts expected to close by its end in the category commit or best case.",
  "metric.forecast_best_case.edges": "The category is the one on record at the as-of day, taken whole. Without a category it does not count.",
  "metric.forecast_best_case.label": "Forecast, best case",
  "metric.forecast_commit.definition": "Revenue won in the period, plus, in the running month, the amounts expected to close by its end in the category commit.",
  "metric.forecast_commit.edges": "The category is the one on record at the as-of day, taken whole. Without a category it does not count.",
  "metric.forecast_commit.label": "Forecast, commit",
  "metric.forecast_pipeline.definition": "Revenue won in the period, plus, in the running month, all amounts expected to close by its end that are not omitted.",
  "metric.forecast_pipeline.edges": "The most that can come in. Opportunities without a category count; those in the category omitted never do.",
  "metric.forecast_pipeline.label": "Forecast, whole pipeline",
  "metric.forecast_run_rate.definition": "Revenue won in the period divided by the share of its working days that have passed: where the period ends if it goes on so.",
  "metric.forecast_run_rate.edges": "No value before a tenth of the working days has passed. Of periods that are over it is the revenue won. It knows nothing of open opportunities, nor of seasons; the landing of a target does, and has a range.",
  "metric.forecast_run_rate.label": "Forecast, at the pace so far"
};
