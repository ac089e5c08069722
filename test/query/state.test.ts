import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {printPick} from "../../src/components/pick.js";
import {leadToCashFunnel} from "../../src/metrics/funnels.js";
import {isPicked, parseState, printState, segmentKey, stateKey, togglePick, type ReaderState} from "../../src/query/state.js";

const context = {
  dimensions: [
    {id: "region", members: ["North", "West", "a&b=c?#%", null]},
    {id: "team", members: ["Alpha", "<b>"]}
  ],
  isPeriod: (key: string) => /^\d{4}-\d\d$/.test(key)
};

describe("parseState", () => {
  it("reads period, comparison and repeated dimensions", () => {
    const {state} = parseState("?period=2026-09&compare=target&region=West&region=North", context);
    expect(state).toEqual({period: "2026-09", compare: "target", filters: [{dimension: "region", values: ["North", "West"]}]});
  });

  it("reads an empty value as the records without one", () => {
    expect(parseState("region=", context).state.filters).toEqual([{dimension: "region", values: [null]}]);
  });

  it("reports values that do not exist, with the nearest, and leaves them out", () => {
    const {state, unread} = parseState("?region=Wst&period=soon&compare=nobody&team=", context);
    expect(state).toEqual({filters: []});
    expect(unread).toEqual([{key: "region", value: "Wst", nearest: "West"}, {key: "period", value: "soon"}, {key: "compare", value: "nobody"}, {key: "team", value: ""}]);
  });

  it("keeps keys that are not the report's", () => {
    const {state, rest} = parseState("?utm_source=mail&region=West&x=1&x=2", context);
    expect(rest).toEqual([["utm_source", "mail"], ["x", "1"], ["x", "2"]]);
    expect(printState(state, rest)).toBe("?region=West&utm_source=mail&x=1&x=2");
  });

  it("reads which definition of a KPI is meant, and says the nearest where there is none", () => {
    const known = {...context, variants: {logo_churn: ["standard", "stripe"], nrr: ["standard", "baremetrics"]}};
    const {state} = parseState("?kpi-variant=nrr:baremetrics&kpi-variant=logo_churn:stripe", known);
    expect(state).toEqual({filters: [], variants: {logo_churn: "stripe", nrr: "baremetrics"}});
    expect(printState(state)).toBe("?kpi-variant=logo_churn%3Astripe&kpi-variant=nrr%3Abaremetrics");
    expect(parseState(printState(state), known).state).toEqual(state);
    expect(parseState("?kpi-variant=nrr:baremetrcs", known).unread).toEqual([{key: "kpi-variant", value: "nrr:baremetrcs", nearest: "nrr:baremetrics"}]);
    expect(parseState("?kpi-variant=nrr:baremetrcs", known).state).toEqual({filters: []});
  });

  it("reads the segment whose customers are listed; a pick of it is taken back by the same pick", () => {
    expect(parseState("?rfm-segment=at_risk", context)).toEqual({state: {filters: [], rfm: "at_risk"}, unread: [], rest: []});
    expect(parseState("?rfm-segment=at_rsk", context)).toEqual({state: {filters: []}, unread: [{key: "rfm-segment", value: "at_rsk", nearest: "at_risk"}], rest: []});
    const pick = printPick(segmentKey, "lost");
    const picked = togglePick({filters: []}, pick, context)!;
    expect([printState(picked), isPicked(picked, pick), isPicked(picked, printPick(segmentKey, "loyal"))]).toEqual(["?rfm-segment=lost", true, false]);
    expect(togglePick(picked, pick, context)).toEqual({filters: []});
  });

  it("is the default state without a query", () => {
    expect(parseState("", context)).toEqual({state: {filters: []}, unread: [], rest: []});
    expect(printState({filters: []})).toBe("");
  });
});

describe("printState", () => {
  const member = fc.constantFrom("North", "West", "a&b=c?#%", null);
  const states: fc.Arbitrary<ReaderState> = fc.record(
    {
      period: fc.constantFrom("2026-01", "2025-12"),
      compare: fc.constantFrom("previous" as const, "last_year" as const, "target" as const),
      filters: fc.tuple(fc.array(member), fc.array(fc.constantFrom("Alpha", "<b>"))).map(([region, team]) => [{dimension: "team", values: team}, {dimension: "region", values: region}])
    },
    {requiredKeys: ["filters"]}
  );

  it("is read back as the same state, whatever the members hold", () => {
    fc.assert(fc.property(states, (state) => {
      const text = printState(state);
      const again = parseState(text, context);
      expect(again.unread).toEqual([]);
      expect(printState(again.state)).toBe(text);
    }));
  });

  it("spells equal states alike in whatever order they were chosen", () => {
    fc.assert(fc.property(states, (state) => {
      const turned = {...state, filters: [...state.filters].reverse().map(({dimension, values}) => ({dimension, values: [...values, ...values].reverse()}))};
      expect(stateKey(turned)).toBe(stateKey(state));
    }));
  });
});

describe("togglePick", () => {
  const toggle = (query: string, pick: string, options?: {add: boolean}) => {
    const next = togglePick(parseState(query, context).state, pick, context, options);
    return next && printState(next);
  };

  it("chooses a member, and takes it back when it is chosen again", () => {
    expect(toggle("", printPick("region", "West"))).toBe("?region=West");
    expect(toggle("?region=West", printPick("region", "West"))).toBe("");
    expect(toggle("", printPick("region", null))).toBe("?region=");
    expect(toggle("?region=", printPick("region", null))).toBe("");
  });

  it("puts a member in the place of others, or beside them", () => {
    expect(toggle("?region=North", printPick("region", "West"))).toBe("?region=West");
    expect(toggle("?region=North&region=West", printPick("region", "West"))).toBe("?region=West");
    expect(toggle("?region=North", printPick("region", "West"), {add: true})).toBe("?region=North&region=West");
    expect(toggle("?region=North&region=West", printPick("region", "West"), {add: true})).toBe("?region=North");
  });

  it("leaves the rest of the choice as it is", () => {
    expect(toggle("?period=2026-09&compare=target&team=Alpha", printPick("region", "West"))).toBe("?period=2026-09&compare=target&region=West&team=Alpha");
    expect(toggle("?region=West", printPick("period", "2026-09"))).toBe("?period=2026-09&region=West");
    expect(toggle("?period=2026-09&region=West", printPick("period", "2026-09"))).toBe("?region=West");
  });

  it("knows nothing of what the report does not have", () => {
    for (const pick of ["region=Nowhere", "planet=Mars", "period=soon", ""]) expect(toggle("?region=West", pick), pick).toBeUndefined();
  });

  it("chooses what isPicked then finds, and undoes itself, whatever a member is called", () => {
    const members = context.dimensions.flatMap(({id, members}) => members.map((member) => ({id, member})));
    fc.assert(fc.property(fc.constantFrom(...members), fc.constantFrom("", "?period=2026-01", "?team=Alpha"), ({id, member}, query) => {
      const {state} = parseState(query, context);
      const pick = printPick(id, member);
      fc.pre(!isPicked(state, pick) && !state.filters.some(({dimension}) => dimension === id));
      const next = togglePick(state, pick, context)!;
      expect(isPicked(next, pick)).toBe(true);
      expect(togglePick(next, pick, context)).toEqual(state);
    }));
  });
});

describe("how funnels are counted", () => {
  const withFunnels = {...context, funnels: [leadToCashFunnel]};
  const spelled = "?funnel-mode=strict&funnel-window=90d&funnel-credit=qualified&funnel-by=region&funnel-beside=last_year&funnel-pair=West&funnel-pair=&funnel-step=won";

  it("stands in a link and is read back", () => {
    const {state, unread} = parseState(spelled, withFunnels);
    expect(unread).toEqual([]);
    expect(state.funnel).toEqual({mode: "strict", window: 90, credit: {step: "qualified"}, by: "region", beside: "last_year", pair: ["West", null], step: "won"});
    expect(printState(state)).toBe(spelled);
    expect(parseState("funnel-window=none", withFunnels).state.funnel).toEqual({window: null});
  });

  it("is left out of the state where it means nothing, with the nearest word", () => {
    const {state, unread} = parseState("?funnel-mode=strikt&funnel-window=soon&funnel-credit=qualifyed&funnel-by=colour&funnel-step=x&funnel-pair=West", withFunnels);
    expect(state).toEqual({filters: []});
    expect(unread.map(({key, nearest}) => [key, nearest])).toEqual([["funnel-mode", "strict"], ["funnel-window", undefined], ["funnel-credit", "qualified"], ["funnel-by", undefined], ["funnel-step", undefined]]);
  });

  it("has one step picked, which is taken back by picking it again", () => {
    const picked = togglePick({filters: []}, "funnel-step=won", withFunnels)!;
    expect(picked).toEqual({filters: [], funnel: {step: "won"}});
    expect(isPicked(picked, "funnel-step=won")).toBe(true);
    expect(togglePick(picked, "funnel-step=won", withFunnels)).toEqual({filters: []});
  });
});
