// Hungarian words of the metrics in src/metrics/quotes.ts.

export default {
  "metric.quote_to_order_rate.definition": "Az időszakban létrehozott ajánlatok közül az ablakon belül, a legutóbbi változat létrehozásától számítva megrendeltek aránya. Az ablak 90 nap, hacsak a beállítások mást nem mondanak; az utolsó napja is számít.",
  "metric.quote_to_order_rate.denominator": "Az időszakban létrehozott ajánlatok, amelyek ablaka letelt",
  "metric.quote_to_order_rate.edges": "Egy ajánlat változatai egynek számítanak; bármelyikükből született rendelés számít, a lemondott rendelés és a visszáru nem. Csak azok az ajánlatok számítanak, amelyek teljes ablaka letelt; a többi még ablakon belüliként szerepel.",
  "metric.quote_to_order_rate.label": "Ajánlatból rendelés aránya",
  "metric.quote_to_order_rate.numerator": "Az időszakban létrehozott és az ablakon belül megrendelt ajánlatok",
  "metric.quotes_created.definition": "Az időszakban létrehozott ajánlatok. Egy ajánlat változatai egyszer számítanak, a legutóbbi létrehozásának napján.",
  "metric.quotes_created.edges": "Az új változat a saját napjára viszi az ajánlatot. A törölt ajánlatok nem számítanak, a piszkozatok igen.",
  "metric.quotes_created.label": "Létrehozott ajánlatok",
  "metric.quotes_expired.definition": "Ajánlatok, amelyek érvényességének utolsó napja az időszakba esik, és rendelés nélkül múlt el.",
  "metric.quotes_expired.edges": "Egy ajánlat változatai közül a legutóbbi mondja meg a lejáratot. A késői rendelés kiveszi az ajánlatot.",
  "metric.quotes_expired.label": "Lejárt ajánlatok",
  "metric.quotes_per_owner.definition": "Az időszakban létrehozott ajánlatok osztva az időszakban aktív felelősök számával.",
  "metric.quotes_per_owner.denominator": "Felelősök, akik az időszakban legalább egy tevékenységet elvégeztek, vagy lehetőséget hoztak létre, léptettek vagy zártak le",
  "metric.quotes_per_owner.edges": "Aktív, aki legalább egy napon dolgozott, ajánlattal vagy anélkül. Ha senki sem volt aktív, nincs érték.",
  "metric.quotes_per_owner.label": "Ajánlatok felelősönként",
  "metric.quotes_per_owner.numerator": "Az időszakban létrehozott ajánlatok"
};
