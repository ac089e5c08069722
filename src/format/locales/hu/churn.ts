// Hungarian words of the Churn page.

export default {
  "movements.after": "A végén",
  "movements.before": "Az elején",
  "movements.caption": "Az első {shown, number} a(z) {count, number} közül, a legnagyobb különbség elöl",
  "movements.customer": "Ssz.",
  "movements.day": "Nap",
  "movements.difference": "Különbség",
  "movements.finding": "{period}: {count} ügyfél havi bevétele változott",
  "movements.move": "Mozgás",
  "movements.note": "ügyfelenként és időszakonként egy sor: ami az időszakon belül kioltja egymást, nincs köztük; együtt a fenti oszlopokat adják",
  "movements.plan": "Csomag",
  "movements.record": "Azonosító a CRM-ben",
  "movements.save": "Mind a(z) {count, number} CSV-ben",
  "movements.unrated": "nincs árfolyam",
  "waterfall.mrr.bar.churn": "Elveszett",
  "waterfall.mrr.bar.contraction": "Csökkent",
  "waterfall.mrr.bar.end": "A végén",
  "waterfall.mrr.bar.expansion": "Bővült",
  "waterfall.mrr.bar.new": "Új",
  "waterfall.mrr.bar.reactivation": "Visszatért",
  "waterfall.mrr.bar.start": "Az elején",
  "waterfall.mrr.finding": "{period}: az ismétlődő bevétel {start} helyett {end}{most, select, none {} other {; a legtöbb: {move}, {value}}}",
  "waterfall.mrr.rates": "minden nap {as_of} árfolyamán: az árfolyamok egyik oszlopot sem mozdítják (±0)",
  "waterfall.mrr.unrated": "{count} ügyfél árfolyam nélkül, nincs benne"
};
