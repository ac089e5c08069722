// The funnels of report.yaml: changes to shipped ones, and the report's own.

import {z} from "zod";
import {funnelEvents, funnelModes, funnelRepeats, type EventRule, type Funnel, type FunnelStep} from "../../src/metrics/funnel.js";
import {funnels as shipped} from "../../src/metrics/funnels.js";
import {nearest, type SettingsProblem} from "./problems.js";

const name = z.string().regex(/^[a-z][a-z0-9_]*$/, "lower-case letters, digits and _");
const one = z.union([z.string(), z.array(z.string()).min(1)]);
const what = {
  event: one.optional().describe("What happened: one of the entity's events; of cases, a step of the log"),
  stage: one.optional().describe("Of opportunities: the stage that was entered")
};

/** Most steps and exclusions of one funnel. */
const most = 12;

export const funnelsSchema = z
  .record(name, z.strictObject({
    label: z.string().min(1).optional().describe("What readers see; shipped funnels have a name"),
    entity: z.enum(["lead", "opportunity", "case"]).optional().describe("Whose steps they are; case: of a plain event log"),
    kind: z.string().optional().describe("Of cases: which log, where the report has several"),
    steps: z.array(z.strictObject({id: name.describe("Short name of the step"), label: z.string().min(1).optional().describe("What readers see"), ...what})).min(2).max(most).optional()
      .describe("What an entity goes through, in order; any of a step's events will do"),
    lost: z.array(z.string()).optional().describe("Events that end it without success"),
    mode: z.enum(funnelModes as [Funnel["mode"], ...Funnel["mode"][]]).optional().describe("When a step counts: ordered, strict (nothing between), all_stages (none skipped), any (any order), reached (it or a later one), any_stage (each alone)"),
    window: z.union([z.literal("none"), z.string().regex(/^\d{1,5}d$/, "days such as 90d, or none")]).optional().describe("Time allowed from the entry"),
    repeat: z.enum(funnelRepeats as [Funnel["repeat"], ...Funnel["repeat"][]]).optional().describe("Which entries of an entity count"),
    exclude: z.array(z.strictObject({...what, after: name.describe("Step after which"), before: name.describe("Step before which")})).max(most).optional().describe("Events that take an entry out of the funnel"),
    hold: z.union([z.literal("none"), z.enum(["owner", "team", "region", "source", "product", "segment"])]).optional().describe("What must stay the same over all steps"),
    credit: z.string().optional().describe("Whose dimensions an entry has: first, last, all, or a step")
  }))
  .default({})
  .describe("Funnels: changes to lead_to_cash and opportunity_stages, and your own by a name of your own");

type Written = z.output<typeof funnelsSchema>;
type WrittenFunnel = Written[string];
type WrittenRule = {readonly event?: string | string[] | undefined; readonly stage?: string | string[] | undefined};

interface Reading {
  readonly file: string;
  readonly lineOf: (path: (string | number)[]) => number | undefined;
  readonly found: SettingsProblem[];
}

/** Returns the report's funnels, shipped ones first. Faults are added to those found. */
export function reportFunnels(written: Written, reading: Reading): Funnel[] {
  const own = Object.keys(written).filter((id) => !shipped.some((funnel) => funnel.id === id));
  const changed = shipped.map((funnel) => (written[funnel.id] ? changedFunnel(funnel, written[funnel.id]!, reading) : funnel));
  return [...changed, ...own.flatMap((id) => {
    const {label, entity, steps} = written[id]!;
    for (const [key, value] of Object.entries({label, entity, steps})) {
      if (value === undefined) reading.found.push({code: "missing_key", file: reading.file, line: reading.lineOf(["funnels", id]), key: `funnels.${id}`, value: key, expected: `${key}, or one of the shipped funnels: ${shipped.map((funnel) => funnel.id).join(", ")}`});
    }
    if (!label || !entity || !steps) return [];
    const lost = {lead: ["lead_lost", "opportunity_lost"], opportunity: ["opportunity_lost"], case: []}[entity];
    return [changedFunnel({
      id, entity, steps: [], lost: lost.map((event) => ({event})), mode: "ordered", window: null, repeat: "first_in_range", exclude: [], hold: null, credit: "first"
    }, written[id]!, reading)];
  })];
}

function changedFunnel({stages, ...funnel}: Funnel, written: WrittenFunnel, {file, lineOf, found}: Reading): Funnel {
  const path = ["funnels", funnel.id];
  const wrong = (at: (string | number)[], value: string, allowed: readonly string[]) => {
    if (allowed.includes(value)) return;
    const meant = nearest(value, allowed);
    found.push({code: "wrong_value", file, line: lineOf([...path, ...at]), key: [...path, ...at].join("."), value, allowed, ...(meant !== undefined && {nearest: meant})});
  };
  const entity = written.entity ?? funnel.entity;
  const rules = (rule: WrittenRule, at: (string | number)[]): EventRule[] => {
    const events = [rule.event ?? []].flat();
    const entered = [rule.stage ?? []].flat();
    if (entity !== "case") for (const event of events) wrong([...at, "event"], event, Object.keys(funnelEvents[entity]));
    if (events.length + entered.length === 0 || (entered.length > 0 && entity === "case"))
      found.push({code: "missing_key", file, line: lineOf([...path, ...at]), key: [...path, ...at].join("."), value: "event", expected: entity === "case" ? "event, a step of the log" : "event or stage"});
    return [...events.map((event) => ({event})), ...entered.map((stage): EventRule => ({event: "stage_entered", where: [{column: "stage", is: "=", values: [stage]}]}))];
  };
  const steps = written.steps?.map(({id, label, ...rule}, k): FunnelStep => ({id, ...(label !== undefined && {label}), is: rules(rule, ["steps", k])})) ?? funnel.steps;
  const ids = steps.map(({id}) => id);
  for (const id of new Set(ids.filter((id, k) => ids.indexOf(id) !== k))) found.push({code: "conflict", file, line: lineOf([...path, "steps"]), key: [...path, "steps"].join("."), value: `the step ${id} stands twice`});
  const lost = written.lost?.map((event, k) => {
    if (entity !== "case") wrong(["lost", k], event, Object.keys(funnelEvents[entity]));
    return {event};
  }) ?? funnel.lost;
  const exclude = written.exclude?.map(({after, before, ...rule}, k) => {
    for (const [key, id] of Object.entries({after, before})) wrong(["exclude", k, key], id, ids);
    if (ids.includes(after) && ids.includes(before) && ids.indexOf(after) >= ids.indexOf(before))
      found.push({code: "conflict", file, line: lineOf([...path, "exclude", k]), key: [...path, "exclude", k].join("."), value: `${after} is not before ${before}`});
    return {is: rules(rule, ["exclude", k]), after, before};
  }) ?? funnel.exclude;
  if (written.credit !== undefined) wrong(["credit"], written.credit, ["first", "last", "all", ...ids]);
  return {
    ...funnel, entity, steps, lost, exclude,
    ...(stages && written.steps === undefined && {stages}),
    ...(written.label !== undefined && {label: written.label}),
    ...(written.kind !== undefined && {kind: written.kind}),
    mode: written.mode ?? funnel.mode, repeat: written.repeat ?? funnel.repeat,
    window: written.window === undefined ? funnel.window : written.window === "none" ? null : Number.parseInt(written.window, 10),
    hold: written.hold === undefined ? funnel.hold : written.hold === "none" ? null : written.hold,
    credit: creditOf(written.credit) ?? funnel.credit
  };
}

const creditOf = (credit: string | undefined): Funnel["credit"] | undefined =>
  credit === undefined || credit === "first" || credit === "last" || credit === "all" ? credit : {step: credit};

