// What the exports are worth as files: rows in them, rows that could be typed, stages that the settings know.

import type {FactCheck, Facts} from "../define.js";

const sum = (files: Facts["files"], field: "rows" | "kept" | "rejected" | "rejectedCells"): number => files.reduce((total, file) => total + file[field], 0);
const tablesOf = ({files}: Facts): string[] => [...new Set(files.map(({table}) => table))];

/** Exports that came through empty: their numbers are 0, and nobody would know why. */
export const filesFilled: FactCheck = {
  id: "files_filled",
  grade: "warn",
  find: ({files}) =>
    files.map(({source, table, file, rows}) => ({id: "files_filled", table, column: "", beside: file, source, count: rows === 0 ? 1 : 0, of: 1, examples: rows === 0 ? [{id: file}] : []}))
};

/** Files beside those that are read. A report may well need one table of a folder of forty. */
export const filesRead: FactCheck = {id: "files_read", grade: "note", find: ({findings}) => findings.filter(({id}) => id === "files_read")};

/** Stages in none of the lists open, won, lost. The intake finds them while it reads. */
export const knownStages: FactCheck = {
  id: "known_stages",
  grade: "stop",
  always: true,
  find: (facts) =>
    tablesOf(facts)
      .filter((table) => facts.fed.includes(`${table}.stage`) && facts.fed.includes(`${table}.state`))
      .map((table) => {
        const own = facts.files.filter((file) => file.table === table);
        return facts.findings.find((found) => found.id === "known_stages" && found.table === table) ?? {id: "known_stages", table, column: "stage", count: 0, of: sum(own, "kept"), examples: []};
      })
};

/** Rows and cells that could not be typed, once they are more than `reject_limit`. */
export const rejectsFew: FactCheck = {
  id: "rejects_few",
  grade: "stop",
  always: true,
  find: (facts) =>
    tablesOf(facts).map((table) => {
      const of = sum(facts.files.filter((file) => file.table === table), "rows");
      return facts.findings.find((found) => found.id === "rejects_few" && found.table === table) ?? {id: "rejects_few", table, column: "", count: 0, of, examples: []};
    })
};
