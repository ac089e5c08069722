// Hungarian words of the metrics in src/metrics/leadResponse.ts.

export default {
  "metric.lead_response_time.definition": "Ahány óra alatt az időszakban létrehozott leadek felét megkeresték, Kaplan–Meier-becsléssel: a meg nem keresett leadek addig számítanak, ameddig vártak. A megkeresés olyan e-mail, hívás vagy megbeszélés, amelyet ember végzett, és nem a leadtől jött; a gépi küldés nem számít.",
  "metric.lead_response_time.edges": "Naptári órák, éjszakával és hétvégével. A meg nem keresett lead a lezárásáig vagy az adatok napjáig vár, egész napokban. A dátumaik szerint a létrehozásuk előtt megkeresett leadek kimaradnak.",
  "metric.lead_response_time.label": "Lead válaszideje",
  "metric.lead_response_time_p90.definition": "Ahány órán belül az időszak megkeresett leadjeinek kilenctizede megkapta az első megkeresést. A megkeresés olyan e-mail, hívás vagy megbeszélés, amelyet ember végzett, és nem a leadtől jött; a gépi küldés nem számít.",
  "metric.lead_response_time_p90.edges": "A meg nem keresett leadek kimaradnak: számuk külön változat.",
  "metric.lead_response_time_p90.label": "Lead válaszideje, 90. percentilis",
  "metric.lead_response_time_uncontacted.definition": "Az időszakban létrehozott leadek, amelyeket az adatok napjáig senki sem keresett meg, pedig több mint 24 óra eltelt. A megkeresés olyan e-mail, hívás vagy megbeszélés, amelyet ember végzett, és nem a leadtől jött; a gépi küldés nem számít.",
  "metric.lead_response_time_uncontacted.edges": "A megkeresés nélkül lezárt leadek is köztük vannak.",
  "metric.lead_response_time_uncontacted.label": "Meg nem keresett leadek",
  "metric.lead_response_time_within_1_hour.definition": "Az időszakban létrehozott leadek közül azok aránya, amelyeket 1 órán belül megkerestek. A megkeresés olyan e-mail, hívás vagy megbeszélés, amelyet ember végzett, és nem a leadtől jött; a gépi küldés nem számít.",
  "metric.lead_response_time_within_1_hour.denominator": "Az időszak leadjei, amelyek létrehozása óta az adatok napjának végéig eltelt 1 óra",
  "metric.lead_response_time_within_1_hour.edges": "Kimaradnak azok a leadek, amelyek létrehozása óta az adatok napjának végéig nem telt el 1 óra, és azok, amelyeket a dátumaik szerint a létrehozásuk előtt kerestek meg.",
  "metric.lead_response_time_within_1_hour.label": "1 órán belül megkeresett leadek",
  "metric.lead_response_time_within_1_hour.numerator": "Az időszakban létrehozott és 1 órán belül megkeresett leadek",
  "metric.lead_response_time_within_24_hours.definition": "Az időszakban létrehozott leadek közül azok aránya, amelyeket 24 órán belül megkerestek. A megkeresés olyan e-mail, hívás vagy megbeszélés, amelyet ember végzett, és nem a leadtől jött; a gépi küldés nem számít.",
  "metric.lead_response_time_within_24_hours.denominator": "Az időszak leadjei, amelyek létrehozása óta az adatok napjának végéig eltelt 24 óra",
  "metric.lead_response_time_within_24_hours.edges": "Kimaradnak azok a leadek, amelyek létrehozása óta az adatok napjának végéig nem telt el 24 óra, és azok, amelyeket a dátumaik szerint a létrehozásuk előtt kerestek meg.",
  "metric.lead_response_time_within_24_hours.label": "24 órán belül megkeresett leadek",
  "metric.lead_response_time_within_24_hours.numerator": "Az időszakban létrehozott és 24 órán belül megkeresett leadek",
  "metric.lead_response_time_within_5_minutes.definition": "Az időszakban létrehozott leadek közül azok aránya, amelyeket 5 percen belül megkerestek. A megkeresés olyan e-mail, hívás vagy megbeszélés, amelyet ember végzett, és nem a leadtől jött; a gépi küldés nem számít.",
  "metric.lead_response_time_within_5_minutes.denominator": "Az időszak leadjei, amelyek létrehozása óta az adatok napjának végéig eltelt 5 perc",
  "metric.lead_response_time_within_5_minutes.edges": "Kimaradnak azok a leadek, amelyek létrehozása óta az adatok napjának végéig nem telt el 5 perc, és azok, amelyeket a dátumaik szerint a létrehozásuk előtt kerestek meg.",
  "metric.lead_response_time_within_5_minutes.label": "5 percen belül megkeresett leadek",
  "metric.lead_response_time_within_5_minutes.numerator": "Az időszakban létrehozott és 5 percen belül megkeresett leadek"
};
