// English words of what customers brought in their first year against what they cost.

export default {
  "clv_cac.column.cost": "Cost of one",
  "clv_cac.column.high": "to (95%)",
  "clv_cac.column.low": "from (95%)",
  "clv_cac.column.n": "A year old",
  "clv_cac.column.payback": "Payback",
  "clv_cac.column.profit": "First-year profit",
  "clv_cac.column.ratio": "Profit : cost",
  "clv_cac.column.won": "New customers",
  "clv_cac.finding.profit": "{one, select, yes {Customers of {best} brought {profit} of gross profit in their first year} other {Customers of {best} brought the most in their first year, {profit} of gross profit each; those of {worst} the least, {least}}}",
  "clv_cac.finding.ratio": "{best} brings back most for what it costs: {profit} of profit in the first year against {cost} of cost a customer, {ratio} : 1{whole, select, yes {; all customers together {all} : 1} other {}}",
  "clv_cac.finding.small": "Too few customers a year old of any one {dimension} to compare them",
  "clv_cac.key.cost": "cost of winning one",
  "clv_cac.key.interval": "95% interval of the profit",
  "clv_cac.key.profit": "first-year gross profit of a customer",
  "clv_cac.months": "{known, select, yes {{months} mo} other {–}}",
  "clv_cac.never": "never",
  "clv_cac.note.no_cost": "no cost of winning customers is known, so value stands alone",
  "clv_cac.note.small": "below {least} customers grey, and ranked last",
  "clv_cac.note.unnamed": "{share} of the cost names no {dimension} and is in none of these ratios; with it the ratio of all is {ratio}",
  "clv_cac.note.unsplit": "cost is not known by {dimension}: value stands alone",
  "clv_cac.note.year": "{split, select, yes {profit of the first {days} days against the cost of the same period, no lifetime value; payback as if it came evenly over the year} other {profit of the first {days} days, no lifetime value}}",
  "clv_cac.said": "{ratio} : 1 · {months}",
  "clv_cac.subtitle": "First-year profit{split, select, yes { and cost} other {}} of a customer{unit, select, none {} other { in {unit}}} by {dimension}, of customers first won {period} and at least {days} days old; as of {as_of}",
  "clv_cac.tip.cost": "cost {cost}: {ratio} : 1, payback {months}",
  "clv_cac.tip.profit": "profit {profit} (95% interval {low} to {high}), n = {n}"
} as const;
