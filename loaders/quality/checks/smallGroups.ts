// Whether what is published lets somebody count the groups that min_group hides.

import type {FactCheck} from "../define.js";

/** Marts of single records with columns to group by, one example each. Nothing to look at where min_group is not set. */
export const smallGroups: FactCheck = {
  id: "small_groups",
  grade: "warn",
  find: ({published}) => {
    if (published?.minGroup === undefined) return [];
    const {dimensions, marts} = published;
    const open = marts.map(({name}) => ({id: name, detail: dimensions.filter((dimension) => dimension.marts.includes(name)).map(({id}) => id).join(", ")})).filter(({detail}) => detail !== "");
    return [{id: "small_groups", table: "", column: "", count: open.length, of: marts.length, examples: open}];
  }
};
