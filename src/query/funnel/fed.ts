// Which steps of a funnel the report's data can tell.

import {funnelEvents, funnelMart, type EventRule, type Funnel} from "../../metrics/funnel.js";
import type {Manifest} from "../manifest.js";
import type {MissingStep} from "./answer.js";

/** What has to be fed for cases to have any step. */
const caseNeeds = "case_event.step";

const needOf = (funnel: Funnel, {event}: EventRule): string => (funnel.entity === "case" ? caseNeeds : funnelEvents[funnel.entity][event] ?? caseNeeds);

/** Returns the funnel with only those steps, and exclusions between them, whose events some source feeds; and the others. */
export function fedFunnel(funnel: Funnel, {fed, marts}: Pick<Manifest, "fed" | "marts">): {readonly funnel: Funnel; readonly missing: MissingStep[]} {
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
    funnel: {...funnel, credit, steps: funnel.steps.filter(({id}) => !isOut(id)), exclude: funnel.exclude.filter(({after, before}) => !isOut(after) && !isOut(before))}
  };
}
