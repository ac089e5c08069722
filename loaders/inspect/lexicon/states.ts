// Words of stages and statuses that mean open, won or lost. "Closed" or "signed" alone mean neither and are not here.

export type State = "open" | "won" | "lost";

/** Words by what they mean, lower-case. */
export const stateWords: Readonly<Record<Exclude<State, "open">, readonly string[]>> = {
  won: [
    "won", "closed won", "win", "order received", "gewonnen", "erfolgreich", "auftrag erhalten", "zuschlag", "megnyert", "megnyerve", "nyert", "elnyert", "sikeres", "ganado", "ganada", "gagné", "gagnée", "remporté", "vinto", "vinta",
    "ganho", "ganha", "wygrana", "wygrane", "vyhráno", "vyhraný", "câștigat", "vunnen", "vunnet", "voitettu", "kazanıldı", "выиграна", "выиграно", "успешно реализовано", "赢单", "成交", "已成交", "成功", "赢得", "受注", "成約", "수주"
  ],
  lost: [
    "lost", "closed lost", "loss", "abandoned", "dropped", "disqualified", "unqualified", "rejected", "declined", "dead", "cancelled", "canceled", "no decision", "not interested", "junk", "verloren", "abgelehnt", "abgebrochen", "abgesagt", "absage", "storniert",
    "elvesztett", "elveszett", "elvesztve", "vesztett", "vesztes", "sikertelen", "elutasított", "elutasítva", "meghiúsult", "perdido", "perdida", "perdu", "perdue", "perso", "persa", "przegrana", "przegrane", "prohráno", "pierdut", "förlorad", "tabt", "tapt",
    "hävitty", "kaybedildi", "проиграна", "проиграно", "закрыто и не реализовано", "输单", "丢单", "失败", "流失", "丢失", "无效", "失注", "실주"
  ]
};

/** Words of a lead that became an opportunity or a customer. */
export const convertedWords: readonly string[] = ["converted", "closed converted", "konvertiert", "umgewandelt", "konvertált", "konvertálva", "átalakítva", "convertido", "converti", "convertito", "已转化", "已转换", "转化"];

/** Words against: "not won" is no won. */
export const negations: readonly string[] = ["not", "un", "nicht", "kein", "nem", "no", "non", "pas", "未", "没有", "不"];

/** Open stages in the order in which sales usually go through them. */
export const openOrder: readonly (readonly string[])[] = [
  ["new", "prospecting", "prospect", "lead", "inbox", "backlog", "neu", "új", "nuevo", "nouveau", "新建", "初步接洽", "初步沟通", "初期沟通", "意向"],
  ["contacted", "first contact", "contact made", "discovery", "appointment scheduled", "kontaktiert", "erstkontakt", "első kapcsolat", "kapcsolatfelvétel", "megkeresés", "contactado", "接触", "需求沟通"],
  ["qualification", "qualified", "qualified to buy", "qualifizierung", "qualifiziert", "minősítés", "minősített", "calificación", "qualification", "资格确认", "需求确认", "确认需求"],
  ["needs analysis", "analysis", "demo", "demo scheduled", "presentation scheduled", "presentation", "bedarfsanalyse", "präsentation", "igényfelmérés", "bemutató", "demostración", "démonstration", "需求分析", "演示", "方案"],
  ["value proposition", "perception analysis", "decision makers", "decision maker bought-in", "evaluation", "evaluierung", "értékelés", "评估", "立项评估"],
  ["proposal", "quote", "quoted", "proposal made", "price quote", "offer", "angebot", "angebot erstellt", "ajánlat", "ajánlatadás", "propuesta", "proposition", "proposta", "报价", "方案报价", "提案"],
  ["negotiation", "negotiations", "negotiating", "review", "verhandlung", "tárgyalás", "negociación", "négociation", "negoziazione", "谈判", "商务谈判", "谈判审核"],
  ["contract", "contract sent", "verbal", "commit", "vertrag", "vertrag versendet", "szerződés", "szerződéskötés", "contrato", "contrat", "合同", "签约中"]
];
