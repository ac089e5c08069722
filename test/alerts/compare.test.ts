import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {compareAlerts, memoryOf} from "../../loaders/alerts/compare.js";
import type {AlertFinding, AlertMemory, AlertRule, AlertStanding} from "../../loaders/alerts/rules.js";

const told = {above: 0.05, again: null, due: 7, task: null, owner: null};
const churn: AlertRule = {...told, id: "churn", kind: "metric", metric: "logo_churn", by: "segment", period: "closed:month", below: null, signal: null, recover: 0.04};
const stale: AlertRule = {...told, above: null, id: "stale", kind: "list", list: "stale_in_stage", owner: "head of sales"};
const found = (alert: string, entity: string | null, standing: AlertStanding, value: number | null = 1, owner: string | null = null): AlertFinding => ({alert, entity, standing, value, owner});
const known = (alert: string, entity: string | null, since = "2026-08-31", last = since): AlertMemory => ({alert, entity, since, told: last});
const compare = (findings: readonly AlertFinding[], memory: readonly AlertMemory[] = [], rules: readonly AlertRule[] = [churn, stale]) => compareAlerts({rules, findings, memory, asOf: "2026-09-30"});
const states = (entries: ReturnType<typeof compare>) => entries.map(({alert, entity, state, tell}) => [alert, entity, state, tell]);

describe("alerts beside the last snapshot", () => {
  it("are new where they fire and were not known", () => {
    expect(compare([found("churn", "SMB", "fires", 0.06)])).toEqual([{alert: "churn", entity: "SMB", state: "new", since: "2026-09-30", told: "2026-09-30", tell: true, value: 0.06, owner: null}]);
  });
  it("go on from the day on which they were found first, and are told once", () => {
    expect(states(compare([found("churn", "SMB", "fires")], [known("churn", "SMB")]))).toEqual([["churn", "SMB", "ongoing", false]]);
    expect(compare([found("churn", "SMB", "fires")], [known("churn", "SMB")])[0]).toMatchObject({since: "2026-08-31", told: "2026-08-31"});
  });
  it("are told again after the days that the rule gives, and the days count anew", () => {
    const again = {...churn, again: 30};
    const fires = [found("churn", "SMB", "fires")];
    expect(compare(fires, [known("churn", "SMB")], [again])[0]).toMatchObject({state: "ongoing", since: "2026-08-31", told: "2026-09-30", tell: true});
    expect(compare(fires, [known("churn", "SMB", "2026-07-31", "2026-09-15")], [again])[0]).toMatchObject({told: "2026-09-15", tell: false});
  });
  it("recover where the number is back, not where it is only back over the limit", () => {
    expect(states(compare([found("churn", "SMB", "held", 0.045)], [known("churn", "SMB")]))).toEqual([["churn", "SMB", "ongoing", false]]);
    expect(states(compare([found("churn", "SMB", "held", 0.045)]))).toEqual([]);
    expect(states(compare([found("churn", "SMB", "clear", 0.03)], [known("churn", "SMB")]))).toEqual([["churn", "SMB", "recovered", true]]);
  });
  it("go on where nothing can be said of a number; a record that left its list has recovered", () => {
    expect(states(compare([found("churn", "SMB", "unknown", null)], [known("churn", "SMB"), known("churn", "Gone"), known("stale", "D7")]))).toEqual([["churn", "Gone", "ongoing", false], ["churn", "SMB", "ongoing", false], ["stale", "D7", "recovered", true]]);
  });
  it("of a rule that is no more are forgotten", () => expect(compare([], [known("retired", "x")])).toEqual([]));
  it("have the rule's owner where what they are about has none", () => {
    expect(compare([found("stale", "D1", "fires", 10), found("stale", "D2", "fires", 20, "Ana")]).map(({entity, owner}) => [entity, owner])).toEqual([["D2", "Ana"], ["D1", "head of sales"]]);
  });

  const standing = fc.constantFrom<AlertStanding>("fires", "held", "clear", "unknown");
  const run = fc.uniqueArray(fc.record({entity: fc.constantFrom("a", "b", "c", "d"), standing}), {selector: ({entity}) => entity});
  it("tell every beginning and every end once, however the runs follow", () => {
    fc.assert(fc.property(fc.array(run, {minLength: 1, maxLength: 12}), (runs) => {
      let memory: AlertMemory[] = [];
      const open = new Set<string>();
      for (const [k, findings] of runs.entries()) {
        const entries = compareAlerts({rules: [churn], findings: findings.map(({entity, standing}) => found("churn", entity, standing)), memory, asOf: `2026-01-${String(k + 1).padStart(2, "0")}`});
        for (const {entity, state, tell} of entries) {
          if (state === "new") expect([open.has(entity!), tell]).toEqual([false, true]);
          else expect([open.has(entity!), tell]).toEqual([true, state === "recovered"]);
          if (state === "recovered") open.delete(entity!);
          else open.add(entity!);
        }
        memory = memoryOf({entries});
        expect(new Set(memory.map(({entity}) => entity))).toEqual(open);
      }
    }), {seed: 5, numRuns: 200});
  });
});
