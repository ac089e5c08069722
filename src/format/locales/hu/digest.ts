export default {
  "digest.alerts": "Riasztások",
  "digest.attention": "Figyelmet kér",
  "digest.entry": "{title} – {month}{revision, select, first {} other { (javított)}}",
  "digest.numbers": "A számok",
  "digest.open": "A hónap jelentésének megnyitása",
  "digest.published": "közzétéve: {date}{publisher, select, none {} other {, {publisher}}}",
  "digest.replaces": "{id} helyett: {reason}",
  "digest.restated": "{metric}, {period}: {old}, most {new}",
  "digest.restated_more": "Korábbi időszakok {count} száma nem az már, ami megjelent{named, plural, =0 {} other {; itt #}}. A hónap főkönyve mindet felsorolja.",
  "digest.restatements": "Azóta módosult",
  "digest.subject": "{title} – {numbers}"
};
