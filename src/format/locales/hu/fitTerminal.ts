// Hungarian words of fitted models in the terminal.

export default {
  "kpi.fit.a": "a (BG/NBD)",
  "kpi.fit.alpha": "α (BG/NBD, hét)",
  "kpi.fit.b": "b (BG/NBD)",
  "kpi.fit.clv": "A várható vevőérték modellje",
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
