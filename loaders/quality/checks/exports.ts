// Sources that keep their exports: whether what one export says and the next does not can be taken for history. The
// comparison finds it (loaders/history/findings.ts).

import type {FactCheck, Facts, Finding} from "../define.js";

const compared = ({findings}: Facts, id: string): readonly Finding[] => findings.filter((found) => found.id === id);
const passed = (found: Finding): Finding => ({...found, count: 0, examples: []});

/** Records that are gone from the newest export: more than a few, or where no export holds a closed one, the exports may show only some. */
export const exportsWhole: FactCheck = {
  id: "exports_whole",
  grade: "warn",
  limits: {share: 0.05},
  find: (facts, {share = 0}) => compared(facts, "exports_whole").map((found) => (found.column === "state" || found.count > share * found.of ? found : passed(found)))
};

/** Tables of the export before that the newest lacks. */
export const exportsComplete: FactCheck = {id: "exports_complete", grade: "warn", find: (facts) => compared(facts, "exports_complete")};

/** Records that an earlier export should hold by their date of creation. */
export const recordsTimely: FactCheck = {id: "records_timely", grade: "note", find: (facts) => compared(facts, "records_timely")};

/** Ids of an earlier export that belong to a record created later. */
export const idsNotReused: FactCheck = {id: "ids_not_reused", grade: "warn", find: (facts) => compared(facts, "ids_not_reused")};
