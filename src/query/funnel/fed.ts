// Which steps of a funnel the report's data can tell.

import type {DimensionId} from "../../metrics/define.js";
import {funnelEvents, funnelMart, type EventRule, type Funnel} from "../../metrics/funnel.js";
import type {Manifest} from "../manifest.js";
import type {MissingStep} from "./answer.js";

/** What has to be fed for cases to have any step. */
const caseNeeds = "case_event.step";

const needOf = (funnel: Funnel, {event}: EventRule): string => (funnel.entity === "case" ? caseNeeds : funnelEvents[funnel.entity][event] ?? caseNeeds);

/** Whether the events of a funnel carry the dimension. */
export const carriesDimension = ({entity}: Pick<Funnel, "entity">, dimension: DimensionId, {marts}: Pick<Manifest, "marts">): boolean =>
  marts.some(({name, columns}) => name === funnelMart[entity] && columns.some((column) => column.name === dimension));

/** Returns the funnel with only those steps, and exclusions between them, whose events some source feeds, and what its events carry held constant; and the other steps. */
export function fedFunnel(funnel: Funnel, manifest: Pick<Manifest, "fed" | "marts">): {readonly funnel: Funnel; readonly missing: MissingStep[]} {
  const {fed, marts} = manifest;
  const published = marts.some(({name}) => name === funnelMart[funnel.entity]);
  const isFed = (need: string) => published && need.split("|").some((column) => fed.includes(column));
  const missing = funnel.steps.flatMap(({id, is}): MissingStep[] => {
    const needs = [...new Set(is.map((rule) => needOf(funnel, rule)))];
    return needs.some(isFed) ? [] : [{step: id, columns: needs}];
  });
  const isOut = (id: string) => missing.some(({step}) => step === id);
  const credit = typeof funnel.credit === "object" && isOut(funnel.credit.step) ? "first" : funnel.credit;
  return {
    missing,
    funnel: {...funnel, credit, hold: funnel.hold !== null && carriesDimension(funnel, funnel.hold, manifest) ? funnel.hold : null, steps: funnel.steps.filter(({id}) => !isOut(id)), exclude: funnel.exclude.filter(({after, before}) => !isOut(after) && !isOut(before))}
  };
}
