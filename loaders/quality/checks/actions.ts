// Actions that mean something in this report.

import type {FactCheck} from "../define.js";

/** One whose KPI, part or expected effect is not understood is listed, and never judged. */
export const actionsReadable: FactCheck = {
  id: "actions_readable",
  grade: "warn",
  find: ({published}) => {
    const {actions = []} = published ?? {};
    if (actions.length === 0) return [];
    const wrong = actions.filter(({fault}) => fault !== undefined);
    const examples = wrong.slice(0, 5).map(({metric, start, fault}) => ({id: `${metric} ${start}`, detail: fault!}));
    return [{id: "actions_readable", table: "action", column: "", count: wrong.length, of: actions.length, examples}];
  }
};
