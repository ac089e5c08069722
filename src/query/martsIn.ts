// Which marts a statement reads: tables are made of those alone, in the browser and in Node.

/** Returns those of `marts` whose names stand in the statement as words. One too many costs a load, never a wrong number. */
export function martsIn(sql: string, marts: readonly string[]): string[] {
  const words = new Set(sql.match(/\w+/g));
  return marts.filter((mart) => words.has(mart));
}
