// What an example may show: ids, never a person.

const mail = /[^\s@]+@[^\s@]+/g;
const phone = /\+?\d[\d\s()/.-]{7,}\d/g;

/** Tables whose ids may be names: the records are people. */
const people = new Set(["contact", "lead", "crm_user"]);

/**
 * Returns an id as it may be shown. Addresses and telephone numbers keep their first character; an id of a person's
 * record that has no digit is taken for a name and keeps its first letter.
 */
export function maskId(id: string, table: string): string {
  const shapes = id.replace(mail, (found) => `${found[0]}…@…`).replace(phone, (found) => (/[\s()/.-]|^\+/.test(found) && !/^\d{4}-\d{2}-\d{2}/.test(found) ? `${found.slice(0, 2)}…` : found));
  return people.has(table) && !/\d/.test(shapes) && !shapes.includes("…") ? `${[...shapes][0] ?? ""}…` : shapes;
}

/**
 * Returns the id of a record of a table as it may be shown, as SQL: addresses keep their first character; of people's
 * records telephone numbers too, and what has no digit is taken for a name.
 */
export function maskedIdSql(column: string, table: string): string {
  const mail = `regexp_replace(${column}, '([^\\s@])[^\\s@]*@[^\\s@]+', '\\1…@…', 'g')`;
  if (!people.has(table)) return mail;
  const isPhone = `regexp_full_match(${column}, '\\+?\\d[\\d\\s()/.-]{7,}\\d') and regexp_matches(${column}, '[\\s()/.-]|^\\+') and not regexp_matches(${column}, '^\\d{4}-\\d{2}-\\d{2}')`;
  return `case when not regexp_matches(${column}, '[0-9@]') then concat(${column}[1], '…') when ${isPhone} then concat(${column}[:2], '…') else ${mail} end`;
}
