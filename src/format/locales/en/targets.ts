// English words of src/metrics/targets.ts and of the Targets page.

export default {
  "metric.required_run_rate.definition": "What each working day that is left in the period must bring so that the target is reached.",
  "metric.required_run_rate.edges": "0 once the target is reached. No value when no working day is left, for KPIs where less is better, and for rates and stocks, which do not grow day by day.",
  "metric.required_run_rate.formula": "(target − actual) ÷ working days left",
  "metric.required_run_rate.label": "Required run rate",
  "metric.target_attainment.definition": "The number of a KPI as a share of its target.",
  "metric.target_attainment.edges": "No target, or one of 0: no value, “no target set”. Where less is better there is no ratio: the headroom is target − actual, and the target is met while the actual is at most the target. Of a KPI that adds up, the target of a person who came or left within the period counts for the share of its days that they were there.",
  "metric.target_attainment.formula": "actual ÷ target",
  "metric.target_attainment.label": "Attainment of target",
  "metric.target_landing.definition": "Where the number ends if the rest of the period goes like its beginning.",
  "metric.target_landing.edges": "The share of the period that has passed is the mean of what the same days made of the whole in the last three years; by working days where there is no such year. Its range comes from the single years. Not before a tenth has passed; no value for rates and stocks. Of a whole period it is the actual.",
  "metric.target_landing.formula": "actual ÷ share of the period passed",
  "metric.target_landing.label": "Projected landing",
  "metric.target_pace.definition": "The part of the target that is due by now.",
  "metric.target_pace.edges": "The share of the period that has passed is the mean of what the same days made of the whole in the last three years; by working days where there is no such year. Actual − pace is ahead (or behind, below 0), in the KPI’s unit and in working days. No value for rates and stocks: their target holds all along.",
  "metric.target_pace.formula": "target × share of the period passed",
  "metric.target_pace.label": "Pace to target",
  "metric.target_unallocated.definition": "What of a target the targets one level down do not come to: of a team, region or the company those of its people; of a total by team or region those of the teams or regions.",
  "metric.target_unallocated.edges": "Below 0 where the targets one level down promise more. The target of a person who came or left within the period counts for the share of its days that they were there. No value where none is set one level down, and for rates and stocks, whose targets do not add up.",
  "metric.target_unallocated.formula": "target − Σ targets one level down",
  "metric.target_unallocated.label": "Target not allocated",
  "targets.column.target": "Target",
  "targets.column.unallocated": "Not allocated",
  "targets.unallocated_meaning": "Not allocated: what of a target the targets of {by, select, none {its people} other {its people (in the total: of the {by})}} do not come to; below zero they promise more."
};
