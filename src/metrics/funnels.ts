// The funnels that every report has, as far as its data feed them. Adding one: declare it here, its words are
// `funnel.<id>.label` and `step.<id>.label`. Settings declare more and change these.

import type {Funnel, FunnelStep} from "./funnel.js";

const event = (id: string, ...events: string[]): FunnelStep => ({id, is: (events.length ? events : [id]).map((name) => ({event: name}))});
/** CRMs log few of the days: who has come further has passed the earlier steps. Half a year holds nine in ten sales cycles. */
const usual = {mode: "reached", window: 180, repeat: "first_in_range", exclude: [], hold: null, credit: "first"} as const;

/** A lead from its creation to the money; what becomes of it is its opportunity's. */
export const leadToCashFunnel: Funnel = {
  ...usual, id: "lead_to_cash", entity: "lead",
  steps: [
    event("lead", "lead_created"),
    event("qualified", "lead_qualified"),
    event("converted", "lead_converted", "opportunity_created"),
    event("quote_sent"),
    event("won", "opportunity_won"),
    event("paid", "invoice_paid")
  ],
  lost: [{event: "lead_lost"}, {event: "opportunity_lost"}]
};

/** An opportunity through the open stages of the stage map. */
export const opportunityStagesFunnel: Funnel = {
  ...usual, id: "opportunity_stages", entity: "opportunity", stages: true,
  steps: [event("created", "opportunity_created"), event("won", "opportunity_won")],
  lost: [{event: "opportunity_lost"}]
};

export const funnels: readonly Funnel[] = [leadToCashFunnel, opportunityStagesFunnel];

/** Returns a funnel over stages with one step for each open stage, in order, before its last step; others as they are. */
export function withStages({stages, ...funnel}: Funnel, open: readonly string[]): Funnel {
  if (!stages) return funnel;
  const steps = open.map((stage, k): FunnelStep => ({id: `stage_${k + 1}`, label: stage, is: [{event: "stage_entered", where: [{column: "stage", is: "=", values: [stage]}]}]}));
  return {...funnel, steps: [...funnel.steps.slice(0, -1), ...steps, ...funnel.steps.slice(-1)]};
}
