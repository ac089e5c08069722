export default {
  "alerts.customers_at_risk": "Veszélyben lévő ügyfelek",
  "alerts.look": "Nézd meg, mi mozdult.",
  "alerts.member": "{metric}, {member}: {value}",
  "alerts.more": "és még {count}",
  "alerts.record": "{list}: {record}{worth, select, none {} other { ({worth})}}",
  "alerts.since": "{date} óta",
  "alerts.state.new": "új",
  "alerts.state.ongoing": "tart",
  "alerts.state.recovered": "elmúlt",
  "alerts.summary": "Riasztások: {new} új, {ongoing} tart, {recovered} elmúlt{previous, select, none {; nincs pillanatkép, amihez mérni lehetne} other {, {previous} óta}}",
  "alerts.whole": "{metric}: {value}"
};
