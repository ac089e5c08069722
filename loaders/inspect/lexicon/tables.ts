// What the records of a table are called, in file names and headers. Words of the trade in several languages; a word
// that only one company uses has no place here.

import type {TableName} from "../../canonical/schema.js";

/** Entity words by canonical table, lower-case; a column called by one alone is the table's key, or a reference to it. */
export const entityWords: Readonly<Partial<Record<TableName, readonly string[]>>> = {
  account: [
    "account", "company", "customer", "client", "organization", "organisation", "firm",
    "kunde", "kunden", "firma", "unternehmen", "ügyfél", "ügyfelek", "cég", "partner", "vállalat",
    "cliente", "empresa", "société", "entreprise", "compte", "azienda", "klient", "zákazník", "客户", "公司", "企业", "顧客", "取引先"
  ],
  contact: ["contact", "person", "people", "kontakt", "kontakte", "ansprechpartner", "kapcsolattartó", "kapcsolat", "contacto", "contatto", "联系人", "連絡先"],
  lead: ["lead", "mql", "prospect", "enquiry", "inquiry", "interessent", "interessenten", "anfrage", "érdeklődő", "érdeklődés", "prospecto", "piste", "线索", "潜在客户"],
  opportunity: [
    "opportunity", "deal", "potential", "pipeline", "verkaufschance", "verkaufschancen", "chance", "geschäft", "geschäfte", "vorgang",
    "lehetőség", "lehetőségek", "üzlet", "üzletek", "ügylet", "ügyletek", "oportunidad", "negocio", "opportunité", "affaire", "opportunità",
    "oportunidade", "szansa", "obchod", "商机", "销售机会", "商談"
  ],
  opportunity_stage_history: ["stage history", "opportunity history", "deal history", "phasenverlauf", "阶段历史"],
  product: ["product", "produkt", "produkte", "artikel", "termék", "termékek", "producto", "produit", "prodotto", "produto", "产品", "商品", "製品"],
  crm_user: [
    "user", "owner", "agent", "sales agent", "rep", "sales rep", "salesperson", "sales person", "seller team", "sales team", "employee", "benutzer", "besitzer",
    "vertriebsmitarbeiter", "verkäufer", "vertriebler", "mitarbeiter", "felhasználó", "értékesítő", "értékesítők", "üzletkötő", "munkatárs", "munkatársak",
    "usuario", "vendedor", "utilisateur", "vendeur", "commercial", "utente", "venditore", "用户", "员工", "销售员", "销售人员", "業務", "担当者"
  ],
  activity: ["activity", "task", "call", "meeting", "event", "aktivität", "aktivitäten", "termin", "aufgabe", "tevékenység", "actividad", "activité", "attività", "跟进记录", "活动", "活動"],
  campaign: ["campaign", "kampagne", "kampagnen", "kampány", "kampányok", "campaña", "campagne", "campagna", "市场活动"],
  quote: ["quote", "quotation", "offer", "proposal", "angebot", "angebote", "ajánlat", "ajánlatok", "árajánlat", "presupuesto", "cotización", "devis", "preventivo", "报价", "报价单", "見積"],
  sales_order: ["order", "sales order", "auftrag", "aufträge", "bestellung", "bestellungen", "rendelés", "rendelések", "megrendelés", "pedido", "commande", "ordine", "订单", "受注"],
  order_line: ["order line", "order item", "auftragsposition", "bestellposition", "rendelési tétel", "订单明细"],
  opportunity_line: ["opportunity line", "opportunity line item", "opportunity product", "deal product", "商机明细"],
  invoice: ["invoice", "bill", "rechnung", "rechnungen", "számla", "számlák", "factura", "facture", "fattura", "发票", "請求書"],
  contract: ["contract", "vertrag", "verträge", "szerződés", "szerződések", "contrato", "contrat", "contratto", "合同", "契約"],
  subscription: ["subscription", "abonnement", "abo", "előfizetés", "előfizetések", "suscripción", "abbonamento", "订阅"],
  ticket: ["ticket", "case", "support case", "issue", "service request", "vorfall", "störung", "jegy", "bejelentés", "panasz", "incidencia", "工单"],
  survey_response: ["survey", "survey response", "nps", "csat", "umfrage", "felmérés", "encuesta", "enquête", "调查"],
  target: ["target", "quota", "goal", "ziel", "zielvorgabe", "célérték", "kvóta", "objetivo", "objectif", "目标"],
  training: ["training", "schulung", "képzés", "formación", "培训"]
};

/** Words that make a key of an entity word: "opportunity_id", "Kundennummer", "客户编号". */
export const keyWords: readonly string[] = [
  "id", "uuid", "guid", "no", "nr", "number", "key", "code", "identifier", "record id", "system id", "num", "nummer", "kennung", "azonosító", "azonosítója", "kód", "kódja",
  "sorszám", "száma", "szám", "código", "identificador", "identifiant", "numéro", "codice", "číslo", "编号", "编码", "号码", "番号"
];

/** Words that say that a column holds a name. */
export const nameWords: readonly string[] = ["name", "title", "label", "bezeichnung", "titel", "név", "neve", "megnevezés", "cím", "nombre", "título", "nom", "titre", "nome", "titolo", "název", "nazwa", "名称", "姓名", "名"];

/** Words that say that a column holds a person. */
export const personWords: readonly string[] = [
  "owner", "manager", "agent", "rep", "representative", "assignee", "assigned to", "created by", "modified by", "contact", "person", "first name", "last name", "full name", "surname", "author",
  "mail", "email", "e-mail", "phone", "mobile", "fax", "address", "street", "vorname", "nachname", "ansprechpartner", "besitzer", "verantwortlich", "verkäufer", "telefon", "straße",
  "anschrift", "név", "felelős", "értékesítő", "kapcsolattartó", "utca", "nombre", "apellido", "teléfono", "dirección", "prénom", "téléphone", "adresse", "姓名", "联系人", "负责人", "电话", "手机", "邮箱", "地址"
];

/** Words that say that a column of whole numbers may hold days. */
export const dateWords: readonly string[] = ["date", "time", "day", "at", "on", "created", "closed", "updated", "modified", "datum", "zeit", "am", "dátum", "dátuma", "nap", "időpont", "ideje", "fecha", "jour", "data", "日期", "时间", "日", "日付"];
