// Hungarian words of the metrics in src/metrics/sellingCost.ts.

export default {
  "metric.cost_of_sales.definition": "Az időszak értékesítési költsége: bér, jutalék, utazás, eszközök és minden más, amit értékesítésre könyveltek. Egy költségből minden nap a maga részét viseli.",
  "metric.cost_of_sales.edges": "Nem az eladott áruk költsége. A más pénznemű költségek az egyes napok árfolyamán kerülnek átváltásra. Az adatok napja után kezdődő költség nem számít.",
  "metric.cost_of_sales.label": "Értékesítési költség",
  "metric.cost_of_sales_ratio.definition": "Az időszak értékesítési költsége osztva a nettó árbevételével.",
  "metric.cost_of_sales_ratio.denominator": "Az időszak nettó árbevétele a rendelés napja szerint",
  "metric.cost_of_sales_ratio.edges": "Értékesítési költség, nem az eladott áruk költsége. Árbevétel nélkül nincs érték.",
  "metric.cost_of_sales_ratio.label": "Értékesítési költséghányad",
  "metric.cost_of_sales_ratio.numerator": "Az időszak értékesítési költsége",
  "metric.sales_roi.definition": "A bruttó nyereség és az értékesítési költség különbsége osztva az értékesítési költséggel.",
  "metric.sales_roi.denominator": "Az időszak értékesítési költsége",
  "metric.sales_roi.edges": "Nem az árbevétel-arányos nyereség (üzemi eredmény ÷ nettó árbevétel). A költség nélküli rendelési tételek itt nem hoznak nyereséget; a beszámított tételek aránya látható. Értékesítési költség nélkül nincs érték.",
  "metric.sales_roi.label": "Az értékesítési költség megtérülése",
  "metric.sales_roi.numerator": "Az időszak bruttó nyeresége mínusz az értékesítési költsége",
  "metric.sales_roi.short": "Értékesítési ROI"
};
