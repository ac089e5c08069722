// Targets that mean something in this report.

import type {FactCheck} from "../define.js";

/** One whose KPI, period, day, reference or parent is not understood is listed, and held against nothing. */
export const targetsReadable: FactCheck = {
  id: "targets_readable",
  grade: "warn",
  find: ({published}) => {
    const {goals = []} = published ?? {};
    if (goals.length === 0) return [];
    const wrong = goals.filter(({fault}) => fault !== undefined);
    const examples = wrong.slice(0, 5).map(({metric, period, level, member, fault}) => ({id: [metric, period, level, ...(member === null ? [] : [member])].join(" "), detail: fault!}));
    return [{id: "targets_readable", table: "target", column: "", count: wrong.length, of: goals.length, examples}];
  }
};
