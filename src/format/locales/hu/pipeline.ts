// Hungarian words of the metrics in src/metrics/pipeline.ts.

export default {
  "metric.open_opportunities.definition": "Az időszak utolsó napjának végén nyitott lehetőségek; ha az időszak nem ért véget, az adatok napjának végén nyitottak.",
  "metric.open_opportunities.edges": "Állomány: régiókra vagy felelősökre összeadható, időben soha. A létrehozási dátum nélküli nyitott lehetőség az adatok napján számít, korábbi időszakban nem; a számuk dátum nélküliként látható.",
  "metric.open_opportunities.label": "Nyitott lehetőségek",
  "metric.open_pipeline.definition": "Az időszak utolsó napjának végén nyitott lehetőségek összegeinek összege, az aznap érvényes összeggel és szakasszal.",
  "metric.open_pipeline.edges": "Állomány: időben soha nem adható össze. Az összeggel rendelkező nyitott lehetőségek aránya látható; ha egyiknek sincs összege, nincs érték. Ott áll, hánynak nincs összege vagy nulla, és az is, ha egyetlen összeg több az egész 30%-ánál. A más pénznemű összegek az adatok napjának árfolyamán kerülnek átváltásra. Lejártnak a várt zárást követő hónaptól számít egy üzlet.",
  "metric.open_pipeline.label": "Nyitott pipeline",
  "metric.weighted_pipeline.definition": "Az időszak utolsó napjának végén nyitott lehetőségek összegének és nyerési esélyének szorzata, összegezve. Az esély a lehetőség sajátja, ennek híján a szakaszáé.",
  "metric.weighted_pipeline.edges": "Az összeg vagy esély nélküli lehetőségek kimaradnak, a beszámítottak aránya látható. Az esélyek 0 és 1 közötti arányok, bárhogyan írja is őket a CRM.",
  "metric.weighted_pipeline.label": "Súlyozott pipeline"
};
