// SQL text with its bound values. Only checked identifiers and text of our own code ever become SQL; all else is bound.

import {QuestionError} from "./questionError.js";

export type SqlValue = string | number | boolean | null;

/** A piece of a statement; `params` fill its question marks in order. */
export interface Sql {
  readonly text: string;
  readonly params: readonly SqlValue[];
}

/** Returns a piece of SQL: pieces are nested, any other value is bound to a question mark. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | SqlValue)[]): Sql {
  const params: SqlValue[] = [];
  const text = strings.reduce((before, string, k) => {
    const part = parts[k - 1];
    if (part !== null && typeof part === "object") {
      params.push(...part.params);
      return before + part.text + string;
    }
    params.push(part as SqlValue);
    return `${before}?${string}`;
  });
  return {text, params};
}

/** Returns the pieces with a separator between them. */
export const join = (pieces: readonly Sql[], separator = ", "): Sql =>
  ({text: pieces.map(({text}) => text).join(separator), params: pieces.flatMap(({params}) => params)});

/** Returns a quoted column or table name of a declaration or manifest. Throws unless it is plain snake_case. */
export function identifier(name: string): Sql {
  if (!/^[a-z_][a-z0-9_]*$/.test(name))
    throw new QuestionError({code: "identifier", value: name, message: `not a column or table name: ${JSON.stringify(name)}; names have lower-case letters, digits and underscores`});
  return {text: `"${name}"`, params: []};
}

/** Returns a whole number as text of the statement. Throws for anything else. */
export function integer(value: number): Sql {
  if (!Number.isSafeInteger(value)) throw new QuestionError({code: "identifier", value: String(value), message: `not a whole number: ${value}`});
  return {text: String(value), params: []};
}

/** Returns a share as text of the statement: quantiles must be constants. Throws outside 0–1. */
export function share(value: number): Sql {
  if (!(value >= 0 && value <= 1)) throw new QuestionError({code: "identifier", value: String(value), message: `not a share between 0 and 1: ${value}`});
  return {text: value.toFixed(6), params: []};
}
