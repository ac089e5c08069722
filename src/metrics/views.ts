// Sets of numbers that are read together. A new kind is one member of `View` in define.ts, one list here and one reader
// in src/query/views.

import type {View} from "./define.js";
import {leadsReachedConverted, leadsReachedQualified, leadsReachedWon, newLeads} from "./leads.js";

/** Leads by the day they were created; a lead that reached a later step has reached the earlier ones. */
export const leadToCash: View = {
  id: "funnel:lead_to_cash", kind: "funnel", page: "funnel",
  steps: [
    {id: "lead", reached: newLeads},
    {id: "qualified", reached: leadsReachedQualified},
    {id: "converted", reached: leadsReachedConverted},
    {id: "won", reached: leadsReachedWon}
  ]
};

export const views: readonly View[] = [leadToCash];

const byId = new Map(views.map((view) => [view.id, view]));

/** Returns the declared view of that id ("funnel:lead_to_cash"), or undefined. */
export const viewById = (id: string): View | undefined => byId.get(id);
