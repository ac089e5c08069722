// What fires now beside what fired at the last snapshot: new, ongoing, recovered. Pure.

import {Temporal} from "temporal-polyfill";
import type {AlertEntry, AlertFinding, AlertMemory, AlertReport, AlertRule} from "./rules.js";

export interface Compared {
  readonly rules: readonly AlertRule[];
  readonly findings: readonly AlertFinding[];
  /** What went on at the last snapshot. */
  readonly memory: readonly AlertMemory[];
  readonly asOf: string;
}

const states = ["new", "ongoing", "recovered"] as const;

/**
 * Returns an entry for everything that fires, goes on or has ended since: by rule, then new before ongoing before recovered, then the
 * largest value. What a rule that is no more was about is forgotten.
 */
export function compareAlerts({rules, findings, memory, asOf}: Compared): AlertEntry[] {
  return rules.flatMap((rule) => {
    const now = new Map(findings.filter(({alert}) => alert === rule.id).map((finding) => [finding.entity, finding]));
    const before = new Map(memory.filter(({alert}) => alert === rule.id).map((one) => [one.entity, one]));
    const entries = [...new Set([...now.keys(), ...before.keys()])].flatMap((entity): AlertEntry[] => {
      const [finding, known] = [now.get(entity), before.get(entity)];
      // A record that left its list is done with; a number without a finding has no data.
      const standing = finding?.standing ?? (rule.kind === "list" ? "clear" : "unknown");
      const about = {alert: rule.id, entity, value: finding?.value ?? null, owner: finding?.owner ?? rule.owner};
      if (!known) return standing === "fires" ? [{...about, state: "new", since: asOf, told: asOf, tell: true}] : [];
      if (standing === "clear") return [{...about, state: "recovered", since: known.since, told: asOf, tell: true}];
      const tell = rule.again !== null && standing === "fires" && daysBetween(known.told, asOf) >= rule.again;
      return [{...about, state: "ongoing", since: known.since, told: tell ? asOf : known.told, tell}];
    });
    return entries.sort((a, b) => states.indexOf(a.state) - states.indexOf(b.state) || (b.value ?? -Infinity) - (a.value ?? -Infinity) || ((a.entity ?? "") < (b.entity ?? "") ? -1 : 1));
  });
}

/** Returns what the next run has to know. */
export const memoryOf = ({entries}: Pick<AlertReport, "entries">): AlertMemory[] =>
  entries.filter(({state}) => state !== "recovered").map(({alert, entity, since, told}) => ({alert, entity, since, told}));

const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), {largestUnit: "days"}).days;
