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
