// A statement with its bound values written into it, for readers who want to run it themselves. Never run by us.

import type {Statement} from "./question.js";

/** A piece of a filled-in statement: its own text, or a value that was bound to it. */
export interface FilledPiece {
  readonly text: string;
  readonly value: boolean;
}

/** Texts, quoted names and comments hold no parameter. */
const skipped = /('(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*)|\?/g;

/** Returns the statement in pieces, each bound value as an SQL literal. Throws where question marks and values differ in number. */
export function filledPieces({sql, params}: Statement): FilledPiece[] {
  const pieces: FilledPiece[] = [];
  let from = 0;
  let k = 0;
  for (const found of sql.matchAll(skipped)) {
    if (found[1] !== undefined) continue;
    if (k >= params.length) throw new TypeError(`the statement has more parameters than the ${params.length} values bound to it`);
    pieces.push({text: sql.slice(from, found.index), value: false}, {text: literal(params[k++]!), value: true});
    from = found.index + 1;
  }
  if (k < params.length) throw new TypeError(`the statement has ${k} parameters, and ${params.length} values are bound to it`);
  return [...pieces, {text: sql.slice(from), value: false}].filter(({text}) => text !== "");
}

/** Returns the filled-in statement as one text. */
export const filledText = (statement: Statement): string => filledPieces(statement).map(({text}) => text).join("");

/** Numbers are bound as doubles; a bare 0.1 would be a decimal. */
function literal(value: Statement["params"][number]): string {
  if (typeof value === "string") return `'${value.replaceAll("'", "''")}'`;
  return typeof value === "number" && !Number.isInteger(value) ? `${value}::double` : String(value);
}
