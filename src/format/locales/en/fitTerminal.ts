// English words of fitted models in the terminal.

export default {
  "kpi.fit.a": "a (BG/NBD)",
  "kpi.fit.alpha": "α (BG/NBD, weeks)",
  "kpi.fit.at_edge_both": "r or α and a or b lie at the edge of the search: only r ÷ α and a ÷ (a + b) are told. Values need no more.",
  "kpi.fit.at_edge_chances": "a or b lies at the edge of the search: only the ratio a ÷ (a + b) is told. Values need no more.",
  "kpi.fit.at_edge_rates": "r or α lies at the edge of the search: only the ratio r ÷ α is told. Values need no more.",
  "kpi.fit.b": "b (BG/NBD)",
  "kpi.fit.clv": "Model of expected customer value",
  "kpi.fit.correlated": "No value: repeats and their mean value go together, with a correlation beyond ±{correlation, number}, which the models do not allow.",
  "kpi.fit.correlation": "Correlation of repeats with their mean value",
  "kpi.fit.customers": "Customers",
  "kpi.fit.discount": "Discount a year",
  "kpi.fit.margin": "Gross margin of the year before",
  "kpi.fit.no_fit": "No value: the fit does not settle.",
  "kpi.fit.no_mean": "No value: q is 1 or less, so that the model of values has no mean.",
  "kpi.fit.p": "p (Gamma-Gamma)",
  "kpi.fit.q": "q (Gamma-Gamma)",
  "kpi.fit.r": "r (BG/NBD)",
  "kpi.fit.repeaters": "Customers who came back",
  "kpi.fit.too_few_customers": "No value: the fit needs {customers, number} customers, {repeaters, number} of whom came back.",
  "kpi.fit.v": "v (Gamma-Gamma, money)"
} as const;
