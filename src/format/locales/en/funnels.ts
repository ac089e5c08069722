// English words of funnels: names, steps, and the rule that is printed with each.

export default {
  "funnel.credit.all": "each value on its own",
  "funnel.credit.first": "by the value at the first step",
  "funnel.credit.last": "by the value at the last step reached",
  "funnel.credit.step": "by the value at the step “{step}”",
  "funnel.dropped.lost": "Lost",
  "funnel.dropped.open": "Still in the window",
  "funnel.dropped.passed": "Window passed",
  "funnel.hold": "same {dimension} throughout",
  "funnel.lead_to_cash.label": "Lead to cash",
  "funnel.mode.all_stages": "in order, no step skipped",
  "funnel.mode.any": "in any order",
  "funnel.mode.any_stage": "each step alone",
  "funnel.mode.ordered": "in order",
  "funnel.mode.reached": "this step or a later one",
  "funnel.mode.strict": "in order, nothing between",
  "funnel.opportunity_stages.label": "Opportunity stages",
  "funnel.repeat.every_attempt": "every attempt",
  "funnel.repeat.first_ever": "first entry ever",
  "funnel.repeat.first_in_range": "first entry in the period",
  "funnel.repeat.optimized": "the entry that gets furthest",
  "funnel.window": "{days, plural, =0 {on the same day} one {within # day of entry} other {within # days of entry}}",
  "funnel.window.none": "without a time limit",
  "step.created.label": "Created",
  "step.paid.label": "Paid",
  "step.quote_sent.label": "Quote sent"
};
