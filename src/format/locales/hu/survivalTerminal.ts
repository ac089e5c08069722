// Hungarian words of how long customers stay, in the terminal.

export default {
  "kpi.survival.at_risk": "Kitett",
  "kpi.survival.band": "95%",
  "kpi.survival.customers": "Meddig maradnak az ügyfelek",
  "kpi.survival.customers.short": "Ügyfelek",
  "kpi.survival.discounted": "Marad, diszkontálva",
  "kpi.survival.hazard": "Távozik havonta",
  "kpi.survival.late": "{count, plural, other {# ügyfél}} a távozások feljegyzése előtt kezdett, és később lép be; {left, plural, =0 {addigra más nem távozott} other {további # addigra már távozott}}.",
  "kpi.survival.left": "Távozott",
  "kpi.survival.log_rank": "Log-rank próba: χ² {value}, {df, plural, other {# szabadsági fok}}, p {p}.",
  "kpi.survival.mean": "Átlag {months} hónapig",
  "kpi.survival.median": "Medián",
  "kpi.survival.month": "Hónap",
  "kpi.survival.monthly": "Havonta fizet",
  "kpi.survival.stays": "Marad",
  "kpi.survival.subtitle": "hónapok az első fizetéstől az első időszak végéig · Kaplan–Meier · állapot: {as_of}",
  "kpi.survival.tail": "Azok a korok, ahol {least, number} ügyfélnél kevesebb a kitett, nem látszanak.",
  "kpi.survival.test_none": "Nincs log-rank próba: két csoport kell hozzá, és valaki, aki távozott.",
  "kpi.survival.unreached": "nem éri el",
  "kpi.survival.up_to": "Hónapok",
  "kpi.survival.worth_note": "Érték: havi díj × a görbe alatti hónapok{kind, select, profit { × bruttó fedezet {margin}} other {; költség nem ismert, ezért ez árbevétel, nem nyereség}}, évi {discount} diszkontrátával; ami e hónapok után jön, nem számít bele.",
  "kpi.survival.worth_profit": "Bruttó nyereség",
  "kpi.survival.worth_revenue": "Árbevétel"
} as const;
