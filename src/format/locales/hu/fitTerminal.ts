// Hungarian words of fitted models in the terminal.

export default {
  "kpi.fit.a": "a (BG/NBD)",
  "kpi.fit.alpha": "α (BG/NBD, hét)",
  "kpi.fit.at_edge_both": "r vagy α, valamint a vagy b a keresés határán van: csak az r ÷ α és az a ÷ (a + b) arány ismert. Az értékekhez ennyi elég.",
  "kpi.fit.at_edge_chances": "a vagy b a keresés határán van: csak az a ÷ (a + b) arány ismert. Az értékekhez ennyi elég.",
  "kpi.fit.at_edge_rates": "r vagy α a keresés határán van: csak az r ÷ α arány ismert. Az értékekhez ennyi elég.",
  "kpi.fit.b": "b (BG/NBD)",
  "kpi.fit.clv": "A várható vevőérték modellje",
  "kpi.fit.correlated": "Nincs érték: az ismételt vásárlások száma és átlagos értéke összefügg, a korreláció ±{correlation, number} határon túli, amit a modellek nem engednek meg.",
  "kpi.fit.correlation": "Az ismételt vásárlások számának korrelációja átlagos értékükkel",
  "kpi.fit.customers": "Vevők",
  "kpi.fit.discount": "Diszkontráta egy évre",
  "kpi.fit.margin": "Az előző év árrése",
  "kpi.fit.no_fit": "Nincs érték: az illesztés nem áll be.",
  "kpi.fit.no_mean": "Nincs érték: q legfeljebb 1, így az értékek modelljének nincs átlaga.",
  "kpi.fit.p": "p (Gamma-Gamma)",
  "kpi.fit.q": "q (Gamma-Gamma)",
  "kpi.fit.r": "r (BG/NBD)",
  "kpi.fit.repeaters": "Visszatérő vevők",
  "kpi.fit.too_few_customers": "Nincs érték: az illesztéshez {customers, number} vevő kell, akik közül {repeaters, number} visszatért.",
  "kpi.fit.v": "v (Gamma-Gamma, pénz)"
} as const;
