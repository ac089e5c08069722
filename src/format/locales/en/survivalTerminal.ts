// English words of how long customers stay, in the terminal.

export default {
  "kpi.survival.at_risk": "At risk",
  "kpi.survival.band": "95%",
  "kpi.survival.customers": "How long customers stay",
  "kpi.survival.customers.short": "Customers",
  "kpi.survival.discounted": "Stays, discounted",
  "kpi.survival.hazard": "Leave a month",
  "kpi.survival.late": "{count, plural, one {# customer began} other {# customers began}} before it is recorded who leaves, and {count, plural, one {enters} other {enter}} late; {left, plural, =0 {none} other {#}} more had left by then.",
  "kpi.survival.left": "Left",
  "kpi.survival.log_rank": "Log-rank test: χ² {value} on {df, plural, one {# degree} other {# degrees}} of freedom, p {p}.",
  "kpi.survival.mean": "Mean up to {months}",
  "kpi.survival.median": "Median",
  "kpi.survival.month": "Months",
  "kpi.survival.monthly": "Pays a month",
  "kpi.survival.stays": "Stay",
  "kpi.survival.subtitle": "months from the first payment to the end of the first stay · Kaplan–Meier · as of {as_of}",
  "kpi.survival.tail": "Ages with fewer than {least, number} at risk are not shown.",
  "kpi.survival.test_none": "No log-rank test: it takes two groups, and somebody who left.",
  "kpi.survival.unreached": "not reached",
  "kpi.survival.up_to": "Months",
  "kpi.survival.worth_note": "Value: revenue a month × months of a stay below the curve{kind, select, profit { × gross margin {margin}} other {; no cost is known, so it is revenue and no profit}}, discounted at {discount} a year; what comes after those months is not counted.",
  "kpi.survival.worth_profit": "Gross profit",
  "kpi.survival.worth_revenue": "Revenue"
} as const;
