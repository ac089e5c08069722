// Hungarian words of the metrics in src/metrics/leads.ts.

export default {
  "metric.lead_conversion_rate.definition": "Az időszakban létrehozott leadek közül azok aránya, amelyek a létrehozásuk napjától számított ablakon belül lehetőséggé vagy ügyféllé váltak. Az ablak 90 nap, ha a beállítás mást nem mond; az utolsó napja is számít.",
  "metric.lead_conversion_rate.denominator": "Az időszakban létrehozott leadek, amelyek ablaka eltelt",
  "metric.lead_conversion_rate.edges": "Csak az a lead számít, amelynek teljes ablaka eltelt az adatok napjáig; a többi még ablakon belüliként jelenik meg. Egy lead egyszer számít. Amelyik a dátumai szerint a létrehozása előtt konvertált, az első napján konvertáltnak számít. Ha egyetlen lead sem elég régi, nincs érték.",
  "metric.lead_conversion_rate.label": "Lead-konverziós arány",
  "metric.lead_conversion_rate.numerator": "Az időszakban létrehozott és az ablakon belül konvertált leadek",
  "metric.lead_conversion_rate.short": "Lead-konverzió",
  "metric.leads_reached_converted.definition": "Az időszakban létrehozott leadek, amelyek az adatok napjáig lehetőséggé vagy ügyféllé váltak, vagy amelyek lehetőségét megnyerték.",
  "metric.leads_reached_converted.label": "Konverzióig eljutott leadek",
  "metric.leads_reached_qualified.definition": "Az időszakban létrehozott leadek, amelyeket az adatok napjáig minősítettek, vagy bármely későbbi lépésig eljutottak.",
  "metric.leads_reached_qualified.label": "Minősítésig eljutott leadek",
  "metric.leads_reached_won.definition": "Az időszakban létrehozott leadek, amelyek lehetőségét az adatok napjáig megnyerték.",
  "metric.leads_reached_won.label": "Megnyert leadek",
  "metric.new_leads.definition": "Az időszakban létrehozott leadek. Az összevont leadek egynek számítanak; a törölt és a tesztrekordok nem számítanak.",
  "metric.new_leads.edges": "A létrehozási dátum nélküli lead egyetlen időszakban sem szerepel; a teljes időszaknál dátum nélküliként jelenik meg.",
  "metric.new_leads.label": "Új leadek"
};
