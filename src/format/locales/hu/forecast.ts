// Hungarian words of the metrics in src/metrics/forecast.ts.

export default {
  "metric.expected_best_case.definition": "Az adatok napján nyitott, a hónap végéig várhatóan záruló, commit vagy best case kategóriájú lehetőségek összege.",
  "metric.expected_best_case.label": "Várható: commit és best case",
  "metric.expected_by_stage.definition": "Az adatok napján nyitott, a hónap végéig várhatóan záruló lehetőségek összege szorozva azzal, hogy a szakaszukban régen legalább ennyi ideig jártak közül mekkora részt nyertek meg. Az előrejelzésből kihagyottak sosem számítanak.",
  "metric.expected_by_stage.label": "A szakaszokból várható",
  "metric.expected_commit.definition": "Az adatok napján nyitott, a hónap végéig várhatóan záruló, commit kategóriájú lehetőségek összege.",
  "metric.expected_commit.label": "Várható: commit",
  "metric.expected_pipeline.definition": "Az adatok napján nyitott, a hónap végéig várhatóan záruló, ki nem hagyott lehetőségek összege.",
  "metric.expected_pipeline.label": "Várható: minden, a kihagyottak nélkül",
  "metric.forecast.definition": "Az időszakban megnyert bevétel, és a folyó hónapban hozzá minden, a hónap végéig várhatóan záruló összeg szorozva a legalább 180 napja ugyanabba a szakaszba lépett és ott legalább eddigi idejéig maradt lehetőségek megnyert arányával.",
  "metric.forecast.edges": "A kihagyott (omitted) kategória lehetőségei sosem számítanak. A lejárt határidejű lehetőség e hónapban esedékesnek számít. Ha 30-nál kevesebb maradt ennyi ideig, a szakaszban leghosszabban maradt 30 számít; ha a szakaszba olyan régen 30-nál kevesebb lépett, a legalább 180 napja létrehozott összes lehetőség megnyert aránya számít. Lezárult hónapnál a megnyert bevétellel egyenlő; a korábban rögzített előrejelzés nem készül újra. Szakaszok története nélkül a szakasz minden tartózkodása számít. A tartományba 2000 sorsolás 95%-a esik, amelyben minden nyitott lehetőséget a saját esélyével nyerünk meg; maguk az esélyek ismertnek számítanak.",
  "metric.forecast.label": "Előrejelzés",
  "metric.forecast_best_case.definition": "Az időszakban megnyert bevétel, és a folyó hónapban hozzá a hónap végéig várhatóan záruló, commit vagy best case kategóriájú összegek.",
  "metric.forecast_best_case.edges": "Az adatok napján rögzített kategória számít, a teljes összeggel. Kategória nélkül nem számít.",
  "metric.forecast_best_case.label": "Előrejelzés, best case",
  "metric.forecast_commit.definition": "Az időszakban megnyert bevétel, és a folyó hónapban hozzá a hónap végéig várhatóan záruló, commit kategóriájú összegek.",
  "metric.forecast_commit.edges": "Az adatok napján rögzített kategória számít, a teljes összeggel. Kategória nélkül nem számít.",
  "metric.forecast_commit.label": "Előrejelzés, commit",
  "metric.forecast_pipeline.definition": "Az időszakban megnyert bevétel, és a folyó hónapban hozzá a hónap végéig várhatóan záruló összes, ki nem hagyott összeg.",
  "metric.forecast_pipeline.edges": "A legtöbb, ami bejöhet. A kategória nélküli lehetőség számít, a kihagyott kategóriájú soha.",
  "metric.forecast_pipeline.label": "Előrejelzés, teljes pipeline",
  "metric.forecast_run_rate.definition": "Az időszakban megnyert bevétel osztva az eltelt munkanapok arányával: ahol az időszak végződik, ha így folytatódik.",
  "metric.forecast_run_rate.edges": "A munkanapok tizedének letelte előtt nincs érték. Lezárult időszaknál a megnyert bevétellel egyenlő. A nyitott lehetőségekről és az évszakokról nem tud; a cél várható teljesülése igen, és annak tartománya is van.",
  "metric.forecast_run_rate.label": "Előrejelzés, az eddigi ütemben"
};
