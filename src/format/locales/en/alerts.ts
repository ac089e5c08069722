export default {
  "alerts.customers_at_risk": "Customers at risk",
  "alerts.look": "Look at what moved.",
  "alerts.member": "{metric} of {member}: {value}",
  "alerts.more": "and {count} more",
  "alerts.record": "{list}: {record}{worth, select, none {} other {, {worth}}}",
  "alerts.since": "since {date}",
  "alerts.state.new": "new",
  "alerts.state.ongoing": "ongoing",
  "alerts.state.recovered": "recovered",
  "alerts.summary": "Alerts: {new} new, {ongoing} ongoing, {recovered} recovered{previous, select, none {; no snapshot to compare with} other {, compared with {previous}}}",
  "alerts.whole": "{metric}: {value}"
};
