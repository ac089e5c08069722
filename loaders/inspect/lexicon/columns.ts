// Header words by canonical column: general words of the trade in several languages. The names that CRMs themselves use
// come from their declarations (loaders/sources), not from here.

import type {TableName} from "../../canonical/schema.js";

type Words = Readonly<Record<string, readonly string[]>>;

const created: Words = {
  created_at: [
    "created", "created at", "created on", "created date", "create date", "creation date", "date created", "opened", "open date", "entry date", "registered", "registration date", "start date", "first contact",
    "erstellt", "erstellt am", "erstellungsdatum", "angelegt", "angelegt am", "anlagedatum", "erfasst am", "eingangsdatum", "erstkontakt",
    "létrehozva", "létrehozás", "létrehozás dátuma", "létrehozás ideje", "rögzítve", "rögzítés dátuma", "felvétel dátuma", "első kapcsolat", "beérkezés dátuma",
    "fecha de creación", "creado", "date de création", "créé le", "data creazione", "data di creazione", "data de criação", "创建时间", "创建日期", "录入时间", "建立日期", "登録日", "作成日"
  ],
  updated_at: [
    "updated", "updated at", "last updated", "modified", "modified at", "modified date", "last modified", "last modified date", "last change", "changed", "geändert", "geändert am", "letzte änderung", "änderungsdatum", "aktualisiert am",
    "módosítva", "módosítás dátuma", "utolsó módosítás", "utolsó módosítás dátuma", "última modificación", "fecha de modificación", "modifié le", "date de modification", "修改时间", "更新时间", "最后修改时间", "更新日"
  ],
  deleted: ["deleted", "is deleted", "gelöscht", "törölt", "törölve", "已删除"]
};
const owner: Words = {
  owner_id: [
    "owner", "sales agent", "sales rep", "sales representative", "salesperson", "sales person", "agent", "rep", "assignee", "assigned to", "assigned user", "responsible", "account manager", "sdr", "bdr",
    "besitzer", "verantwortlich", "verantwortlicher", "zuständig", "verkäufer", "vertriebler", "vertriebsmitarbeiter", "bearbeiter", "betreuer", "felelős", "felelőse", "értékesítő", "üzletkötő", "ügyintéző", "tulajdonos",
    "responsable", "propietario", "vendedor", "propriétaire", "commercial", "vendeur", "responsabile", "负责人", "所有者", "业务员", "销售", "销售员", "担当者", "担当"
  ]
};
const region: Words = {region: ["region", "territory", "sales region", "sales territory", "area", "gebiet", "vertriebsgebiet", "régió", "régiója", "terület", "körzet", "región", "zona", "région", "secteur géographique", "área", "区域", "地区", "大区", "地域"]};
const segment: Words = {segment: ["segment", "customer segment", "customer type", "kundensegment", "kundengruppe", "szegmens", "ügyfélszegmens", "ügyféltípus", "segmento", "客户类型", "客户级别", "客户分类"]};
const source: Words = {source: ["source", "lead source", "origin", "channel", "acquisition channel", "quelle", "herkunft", "kanal", "leadquelle", "forrás", "forrása", "eredet", "csatorna", "origen", "fuente", "canal", "origine", "provenienza", "来源", "客户来源", "线索来源", "商机来源", "渠道"]};
const currency: Words = {currency: ["currency", "currency code", "währung", "devisa", "pénznem", "deviza", "moneda", "devise", "valuta", "币种", "货币", "通貨"]};
const amount = [
  "amount", "value", "deal value", "revenue", "total", "total amount", "sum", "contract value", "net amount", "wert", "betrag", "umsatz", "volumen", "auftragswert", "summe", "nettobetrag", "auftragsvolumen",
  "összeg", "összege", "érték", "értéke", "nettó összeg", "nettó érték", "bevétel", "importe", "monto", "valor", "montant", "valeur", "importo", "valore", "金额", "销售金额", "商机金额", "成交金额", "合同金额", "金額"
];
const lostReason = ["lost reason", "loss reason", "reason lost", "reason for loss", "closed lost reason", "verlustgrund", "ablehnungsgrund", "vesztés oka", "elvesztés oka", "elutasítás oka", "motivo de pérdida", "raison de la perte", "motif de perte", "输单原因", "丢单原因", "失败原因", "失注理由"];
const status = ["status", "state", "státusz", "állapot", "állapota", "zustand", "estado", "statut", "stato", "stav", "状态", "ステータス"];
const quantity = ["quantity", "qty", "menge", "anzahl", "mennyiség", "darab", "cantidad", "quantité", "quantità", "数量"];
const email = ["email", "e-mail", "mail", "email address", "e-mail-adresse", "e-mail cím", "correo", "courriel", "邮箱", "电子邮件"];

/** Words by table and column; lower-case. Columns that are keys or references answer to the words of their entity too. */
export const columnWords: Readonly<Partial<Record<TableName, Words>>> = {
  account: {
    name: ["account name", "company name", "firmenname", "kundenname", "cégnév", "ügyfélnév", "客户名称", "公司名称"],
    industry: ["industry", "sector", "branche", "wirtschaftszweig", "iparág", "ágazat", "szektor", "sector económico", "industrie", "secteur", "settore", "行业", "所属行业", "業種"],
    country: ["country", "land", "ország", "país", "pays", "paese", "国家", "国"],
    employees: ["employees", "number of employees", "employee count", "headcount", "mitarbeiter", "mitarbeiterzahl", "anzahl mitarbeiter", "létszám", "alkalmazottak", "alkalmazottak száma", "empleados", "effectif", "dipendenti", "员工数", "员工人数", "人数", "従業員数"],
    annual_revenue: ["annual revenue", "revenue", "turnover", "jahresumsatz", "umsatz", "árbevétel", "éves árbevétel", "ingresos anuales", "chiffre d'affaires", "fatturato", "年营业额", "年收入", "年商"],
    parent_account_id: ["parent", "parent account", "parent company", "subsidiary of", "muttergesellschaft", "konzern", "konzernmutter", "anyavállalat", "anyacég", "empresa matriz", "société mère", "母公司", "上级客户"],
    ...region, ...segment, ...currency, ...owner, ...created
  },
  contact: {name: ["full name", "name"], email, phone: ["phone", "telephone", "mobile", "telefon", "telefonszám", "mobil", "teléfono", "téléphone", "电话", "手机"], title: ["job title", "position", "beosztás", "职位"], ...owner, ...created},
  lead: {
    name: ["full name", "last name", "nachname", "vezetéknév"],
    email,
    company: ["company", "firma", "unternehmen", "cég", "cégnév", "empresa", "société", "公司", "公司名称"],
    status: [...status, "lead status"],
    stage: ["stage", "phase", "szakasz", "阶段"],
    score: ["score", "lead score", "rating", "bewertung", "pontszám", "评分"],
    qualified_at: ["qualified", "qualified at", "qualified date", "qualification date", "qualifiziert am", "minősítve", "minősítés dátuma", "fecha de calificación", "转为合格时间"],
    converted_at: ["converted", "converted at", "converted date", "conversion date", "won date", "won at", "konvertiert am", "konvertierung", "gewonnen am", "konvertálva", "konvertálás dátuma", "átalakítás dátuma", "megnyerés dátuma", "fecha de conversión", "date de conversion", "转化时间", "转换时间", "成交时间", "成交日期"],
    lost_at: ["lost at", "lost date", "disqualified at", "verloren am", "elvesztés dátuma", "流失时间"],
    lost_reason: lostReason,
    last_source: ["last source", "latest source", "latest traffic source", "last touch", "letzte quelle", "utolsó forrás"],
    reopened_at: ["reopened at", "reopened", "wiedereröffnet am", "újranyitva", "újranyitás dátuma"],
    next_follow_up_at: ["next follow up", "next follow-up", "next contact", "follow up date", "nächster kontakt", "wiedervorlage", "következő kapcsolat", "następny kontakt", "下次跟进时间"],
    ...source, ...segment, ...region, ...owner, ...created
  },
  opportunity: {
    name: ["opportunity name", "deal name", "name", "subject", "betreff", "bezeichnung", "tárgy", "megnevezés", "asunto", "objet", "商机名称", "主题"],
    type: ["type", "deal type", "opportunity type", "typ", "art", "típus", "típusa", "tipo", "类型"],
    stage: ["stage", "deal stage", "sales stage", "pipeline stage", "phase", "verkaufsphase", "vertriebsphase", "stufe", "szakasz", "szakasza", "fázis", "értékesítési szakasz", "etapa", "fase", "étape", "阶段", "销售阶段", "商机阶段", "フェーズ", ...status],
    amount,
    probability: ["probability", "chance", "win probability", "wahrscheinlichkeit", "abschlusswahrscheinlichkeit", "valószínűség", "esély", "probabilidad", "probabilité", "probabilità", "概率", "赢率", "可能性", "确度", "確度"],
    forecast_category: ["forecast category", "forecast", "prognosekategorie", "预测类别"],
    closed_at: [
      "close date", "closed", "closed at", "closed on", "closed date", "closing date", "date closed", "won date", "won on", "end date", "abschlussdatum", "abgeschlossen am", "abschluss", "geschlossen am",
      "lezárva", "lezárás", "lezárás dátuma", "zárás", "zárás dátuma", "zárás napja", "fecha de cierre", "date de clôture", "date de signature", "data chiusura", "data di chiusura", "data de fechamento", "成交日期", "成交时间", "关闭日期", "结束日期", "结单日期", "完了日", "成約日"
    ],
    expected_close_date: ["expected close", "expected close date", "expected closing date", "forecast close date", "estimated close date", "target close date", "erwartetes abschlussdatum", "voraussichtlicher abschluss", "geplanter abschluss", "várható zárás", "várható lezárás", "várható zárás dátuma", "cierre previsto", "date de clôture prévue", "chiusura prevista", "预计成交日期", "预计成交时间", "预计结单日期", "完了予定日"],
    next_step: ["next step", "next steps", "nächster schritt", "következő lépés", "siguiente paso", "prochaine étape", "下一步"],
    lost_reason: lostReason,
    competitor: ["competitor", "wettbewerber", "mitbewerber", "versenytárs", "competidor", "concurrent", "concorrente", "竞争对手"],
    ...source, ...segment, ...region, ...currency, ...owner, ...created
  },
  product: {
    family: ["family", "product family", "product line", "category", "series", "line", "group", "produktgruppe", "produktlinie", "kategorie", "warengruppe", "termékcsoport", "termékcsalád", "kategória", "categoría", "familia", "catégorie", "gamme", "categoria", "产品类别", "产品线", "分类"],
    list_price: ["list price", "price", "unit price", "sales price", "listenpreis", "preis", "stückpreis", "listaár", "ár", "egységár", "precio", "prix", "prezzo", "preço", "价格", "单价", "标准价格"],
    active: ["active", "is active", "aktiv", "aktív", "activo", "actif", "启用"],
    ...currency, ...created
  },
  crm_user: {
    name: ["full name", "name"],
    email,
    team: ["team", "sales team", "group", "department", "unit", "abteilung", "gruppe", "csapat", "csoport", "osztály", "equipo", "équipe", "squadra", "departamento", "团队", "部门", "小组", "チーム"],
    role: ["role", "position", "job title", "rolle", "beosztás", "szerepkör", "rol", "rôle", "ruolo", "角色", "职位"],
    manager_id: ["manager", "reports to", "supervisor", "vorgesetzter", "leiter", "teamleiter", "felettes", "vezető", "jefe", "responsable", "上级", "经理", "主管"],
    hired_on: ["hired", "hire date", "hired on", "start date", "eintrittsdatum", "belépés dátuma", "belépés", "fecha de ingreso", "date d'embauche", "入职日期"],
    full_time_share: ["full time share", "part time", "part time factor", "fte", "teilzeitfaktor", "beschäftigungsgrad", "munkaidő aránya"],
    left_on: ["left", "leave date", "end date", "austrittsdatum", "kilépés dátuma", "fecha de baja", "离职日期"],
    active: ["active", "is active", "aktiv", "aktív", "activo", "actif", "在职"],
    ...region, ...created
  },
  campaign: {type: ["type", "typ", "típus"], status, start_date: ["start date", "start", "beginn", "kezdete", "kezdés dátuma", "开始日期"], end_date: ["end date", "end", "ende", "vége", "befejezés dátuma", "结束日期"], ...source, ...created},
  activity: {type: ["type", "activity type", "art", "típus", "类型"], subject: ["subject", "betreff", "tárgy", "主题"], due_at: ["due", "due date", "fällig am", "határidő", "截止日期"], done_at: ["done at", "completed at", "completed date", "erledigt am", "elvégezve", "完成时间"], outcome: ["outcome", "result", "ergebnis", "eredmény", "结果"], ...owner, ...created},
  quote: {status: [...status, "quote stage"], amount, expires_on: ["valid until", "expires", "expiry date", "gültig bis", "érvényesség", "érvényes", "有效期"], ...currency, ...owner, ...created},
  sales_order: {order_date: ["order date", "date", "ordered at", "auftragsdatum", "bestelldatum", "rendelés dátuma", "fecha de pedido", "date de commande", "订单日期", "下单时间"], status, net_amount: amount, ...currency, ...owner, ...created},
  order_line: {quantity, net_amount: amount, cost_amount: ["cost", "kosten", "költség", "coste", "coût", "成本"], ...currency},
  opportunity_line: {quantity, amount, ...currency, ...created},
  invoice: {invoice_date: ["invoice date", "date", "rechnungsdatum", "számla kelte", "számla dátuma", "fecha de factura", "date de facture", "开票日期"], due_date: ["due date", "fällig am", "fälligkeit", "fizetési határidő", "esedékesség", "到期日"], net_amount: amount, paid_at: ["paid at", "payment date", "bezahlt am", "fizetve", "付款日期"], ...currency, ...created},
  contract: {signed_at: ["signed", "signed at", "signature date", "unterzeichnet am", "aláírva", "aláírás dátuma", "签订日期"], start_date: ["start date", "vertragsbeginn", "beginn", "kezdete", "开始日期"], end_date: ["end date", "vertragsende", "ende", "lejárat", "结束日期"], total_value: amount, status, ...currency, ...owner, ...created},
  subscription: {plan: ["plan", "tarif", "csomag", "套餐"], status, started_on: ["started", "start date", "beginn", "kezdete", "开始日期"], cancelled_at: ["cancelled", "cancelled at", "canceled at", "gekündigt am", "lemondva", "取消时间"], ended_on: ["ended", "end date", "ende", "vége", "结束日期"], mrr: ["mrr", "monthly recurring revenue", "monthly amount", "monatsbetrag", "havi díj", "月费"], ...currency, ...created},
  ticket: {type: ["type", "art", "típus", "类型"], channel: ["channel", "origin", "kanal", "csatorna", "渠道"], topic: ["topic", "category", "thema", "kategorie", "téma", "kategória", "主题", "分类"], priority: ["priority", "priorität", "prioritás", "prioridad", "priorité", "优先级"], status, solved_at: ["solved at", "resolved at", "closed at", "closed date", "gelöst am", "lezárva", "megoldva", "解决时间", "关闭时间"], ...owner, ...created}
};
