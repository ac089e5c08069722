// A src/metrics/targets.ts és a Célok oldal magyar szavai.

export default {
  "metric.required_run_rate.definition": "Amennyit az időszakból hátralevő munkanapok mindegyikének hoznia kell, hogy a cél meglegyen.",
  "metric.required_run_rate.edges": "Elért célnál 0. Nincs értéke, ha nem maradt munkanap, ha a kevesebb a jobb, és arányoknál, állományoknál, amelyek nem napról napra nőnek.",
  "metric.required_run_rate.formula": "(cél − tény) ÷ hátralevő munkanapok",
  "metric.required_run_rate.label": "Szükséges napi ütem",
  "metric.target_attainment.definition": "A mutató értéke a célja arányában.",
  "metric.target_attainment.edges": "Cél nélkül, vagy ha a cél 0, nincs értéke („nincs cél”). Ahol a kevesebb a jobb, nincs arány: a tartalék a cél − tény, és a cél teljesül, amíg a tény legfeljebb akkora. Összeadódó mutatónál az időszak közben érkezett vagy távozott munkatárs célja annyi részben számít, ahányad részében a napoknak ott volt.",
  "metric.target_attainment.formula": "tény ÷ cél",
  "metric.target_attainment.label": "Cél teljesítése",
  "metric.target_landing.definition": "Ahol a szám zárul, ha az időszak hátralevő része olyan, mint az eleje.",
  "metric.target_landing.edges": "Az időszak eltelt hányada annak átlaga, amennyit az egészből ugyanezek a napok tettek ki az utolsó három évben; ilyen év híján munkanapok szerint. A tartománya az egyes évekből adódik. Az időszak első tizedében még nincs; arányoknál és állományoknál sincs értéke. Lezárt időszakban maga a tény.",
  "metric.target_landing.formula": "tény ÷ az időszak eltelt hányada",
  "metric.target_landing.label": "Várható zárás",
  "metric.target_pace.definition": "A cél mostanáig esedékes része.",
  "metric.target_pace.edges": "Az időszak eltelt hányada annak átlaga, amennyit az egészből ugyanezek a napok tettek ki az utolsó három évben; ilyen év híján munkanapok szerint. A tény − esedékes az előny (0 alatt hátrány), a mutató egységében és munkanapokban. Arányoknál és állományoknál nincs: azok célja végig ugyanaz.",
  "metric.target_pace.formula": "cél × az időszak eltelt hányada",
  "metric.target_pace.label": "Célhoz esedékes",
  "metric.target_unallocated.definition": "Amennyit egy célból az eggyel lejjebbi célok nem adnak ki: csapatnál, régiónál, a cégnél a munkatársaké; csapat vagy régió szerint bontott egésznél a csapatoké vagy régióké.",
  "metric.target_unallocated.edges": "0 alatt az eggyel lejjebbi célok többet ígérnek. Az időszak közben érkezett vagy távozott munkatárs célja annyi részben számít, ahányad részében a napoknak ott volt. Nincs értéke, ha lejjebb nincs cél, és arányoknál, állományoknál, mert azok céljai nem adódnak össze.",
  "metric.target_unallocated.formula": "cél − Σ eggyel lejjebbi célok",
  "metric.target_unallocated.label": "Ki nem osztott cél",
  "targets.column.target": "Cél",
  "targets.column.unallocated": "Nincs kiosztva",
  "targets.unallocated_meaning": "Nincs kiosztva: amennyit egy célból {by, select, none {a munkatársak céljai} other {a munkatársak céljai (az összesen sorban ezek: {by})}} nem adnak ki; nulla alatt többet ígérnek."
};
