// Hungarian words of funnels: names, steps, and the rule that is printed with each.

export default {
  "funnel.credit.all": "minden érték külön",
  "funnel.credit.first": "az első lépésnél érvényes érték szerint",
  "funnel.credit.last": "az utolsó elért lépésnél érvényes érték szerint",
  "funnel.credit.step": "a(z) „{step}” lépésnél érvényes érték szerint",
  "funnel.dropped.lost": "Elveszett",
  "funnel.dropped.open": "Még az időkereten belül",
  "funnel.dropped.passed": "Lejárt az időkeret",
  "funnel.hold": "végig azonos: {dimension}",
  "funnel.lead_to_cash.label": "Leadtől a pénzig",
  "funnel.mode.all_stages": "sorrendben, kihagyott lépés nélkül",
  "funnel.mode.any": "bármilyen sorrendben",
  "funnel.mode.any_stage": "minden lépés önmagában",
  "funnel.mode.ordered": "sorrendben",
  "funnel.mode.reached": "ez a lépés vagy egy későbbi",
  "funnel.mode.strict": "sorrendben, közbeeső esemény nélkül",
  "funnel.opportunity_stages.label": "Lehetőségek szakaszai",
  "funnel.repeat.every_attempt": "minden nekifutás",
  "funnel.repeat.first_ever": "a legelső belépés",
  "funnel.repeat.first_in_range": "az időszak első belépése",
  "funnel.repeat.optimized": "a legmesszebb jutó belépés",
  "funnel.window": "{days, plural, =0 {a belépés napján} other {a belépéstől számított # napon belül}}",
  "funnel.window.none": "időkorlát nélkül",
  "step.created.label": "Létrehozva",
  "step.paid.label": "Kifizetve",
  "step.quote_sent.label": "Ajánlat elküldve"
};
