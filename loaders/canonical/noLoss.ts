// Reasons of lost opportunities that say there never was one: such records are left out and counted, as deleted ones are.

/** Why a lost opportunity is left out. */
export const noLossKinds = ["duplicate", "test"] as const;
export type NoLossKind = (typeof noLossKinds)[number];

/** Lost reasons by what they mean, compared as `plainReason` spells them. */
export type NoLossReasons = Readonly<Record<NoLossKind, readonly string[]>>;

/** Words of the CRMs and of what their users call it. Words that also mean a trial are none. */
export const noLossReasons: NoLossReasons = {
  duplicate: [
    "duplicate", "duplicated", "duplicates", "dupe", "double entry", "duplicate entry", "duplicate record", "duplicate deal", "duplicate opportunity", "duplicate test", "merged",
    "duplikátum", "duplikált", "duplikáció", "kettőzött", "ismétlődő rekord", "összevont",
    "duplikat", "dublette", "doppelt", "doppelter eintrag", "doppelt angelegt", "zusammengeführt",
    "doublon", "en double", "dupliqué", "duplicado", "duplicada", "oportunidad duplicada", "duplicato", "doppione", "duplicata", "oportunidade duplicada",
    "duplicaat", "dubbel", "dubbele invoer", "dubblett", "dublet", "duplikaatti", "duplicita", "duplikát", "duplicitní", "zdublowane", "dublat", "дубль", "дубликат", "дублікат",
    "重复", "重复商机", "重複"
  ],
  test: [
    "test", "tests", "testing", "test deal", "test opportunity", "test record", "test data", "test entry",
    "teszt", "teszt rekord", "teszt ügylet", "teszt lehetőség", "testdatensatz", "testeintrag", "testdaten", "enregistrement test", "registro de prueba", "oportunidad de prueba",
    "record di prova", "teste", "testpost", "testi", "testovací", "testowy", "тест", "тестовая", "тестовая сделка", "测试", "測試", "テスト", "테스트"
  ]
};

/** Returns a reason as reasons are compared: lower-case, with single blanks for spaces and punctuation. */
export const plainReason = (reason: string): string => reason.toLowerCase().replaceAll(/[\s_\-/.:,;()]+/gu, " ").trim();

/** Returns the same of a column, as SQL. */
export const plainReasonSql = (column: string): string => `trim(regexp_replace(lower(${column}), '[\\s_\\-/.:,;()]+', ' ', 'g'))`;
