// English words of the Churn page.

export default {
  "movements.after": "At the end",
  "movements.before": "At the start",
  "movements.caption": "The first {shown, number} of {count, number}, the largest difference first",
  "movements.customer": "No.",
  "movements.day": "Day",
  "movements.difference": "Difference",
  "movements.finding": "{period}: the monthly revenue of {count, plural, one {# customer} other {# customers}} moved",
  "movements.move": "Movement",
  "movements.note": "one line a customer and period: what cancels out inside the period is none; together they are the bars above",
  "movements.plan": "Plan",
  "movements.record": "Id in the CRM",
  "movements.save": "All {count, number} as CSV",
  "movements.unrated": "no exchange rate",
  "waterfall.mrr.bar.churn": "Lost",
  "waterfall.mrr.bar.contraction": "Contraction",
  "waterfall.mrr.bar.end": "At the end",
  "waterfall.mrr.bar.expansion": "Expansion",
  "waterfall.mrr.bar.new": "New",
  "waterfall.mrr.bar.reactivation": "Returned",
  "waterfall.mrr.bar.start": "At the start",
  "waterfall.mrr.finding": "{period}: recurring revenue went from {start} to {end}{most, select, none {} other {; most of all {move}: {value}}}",
  "waterfall.mrr.rates": "all days at the exchange rates of {as_of}: rates move no bar (±0)",
  "waterfall.mrr.unrated": "{count, plural, one {# customer} other {# customers}} without an exchange rate left out"
};
