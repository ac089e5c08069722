export default {
  "digest.alerts": "Alerts",
  "digest.attention": "Needs attention",
  "digest.entry": "{title}, {month}{revision, select, first {} other { (corrected)}}",
  "digest.numbers": "The numbers",
  "digest.open": "Open the report of this month",
  "digest.published": "published on {date}{publisher, select, none {} other { by {publisher}}}",
  "digest.replaces": "in place of {id}: {reason}",
  "digest.restated": "{metric} of {period}: {old}, now {new}",
  "digest.restated_more": "{count, plural, one {# number} other {# numbers}} of earlier periods {count, plural, one {is} other {are}} not what was published{named, plural, =0 {} other {; # named here}}. The ledger of the month holds all.",
  "digest.restatements": "Restated since",
  "digest.subject": "{title}: {numbers}"
};
