// Hungarian words of the Churn page.

export default {
  "movements.after": "A végén",
  "movements.before": "Az elején",
  "movements.caption": "Az első {shown, number} a(z) {count, number} közül, a legnagyobb különbség elöl",
  "movements.customer": "Ssz.",
  "movements.day": "Nap",
  "movements.difference": "Különbség",
  "movements.finding": "{period}: {count, number} ügyfél havi bevétele változott",
  "movements.move": "Mozgás",
  "movements.note": "ügyfelenként és időszakonként egy sor: ami az időszakon belül kioltja egymást, nincs köztük; együtt a fenti oszlopokat adják",
  "movements.plan": "Csomag",
  "movements.record": "Azonosító a CRM-ben",
  "movements.save": "Mind a(z) {count, number} CSV-ben",
  "movements.unrated": "nincs árfolyam"
};
