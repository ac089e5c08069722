// Funnels as anybody would count them by hand: entity by entity, event by event. Slow and obvious; the engine must agree.

import type {EventRule, Funnel} from "../../../src/metrics/funnel.js";
import type {FunnelPlan} from "../../../src/query/funnel/plan.js";

export interface LogEvent {
  readonly entity: number;
  readonly number: number;
  readonly event: string;
  /** Days since 1970. */
  readonly day: number;
  readonly second: number | null;
  readonly is_early: boolean;
  readonly value: number | null;
  readonly dimensions: Readonly<Record<string, string | null>>;
}

export interface Attempt {
  readonly entry: LogEvent;
  readonly steps: readonly (LogEvent | null)[];
  readonly loss: LogEvent | null;
  readonly excluded: boolean;
  readonly mature: boolean;
  readonly member: string | null;
}

export const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const holds = (rules: readonly EventRule[], {event}: LogEvent): boolean => rules.some((rule) => rule.event === event);

/** Seconds from one event to another; whole days where a time is not known. */
export function between(a: LogEvent, b: LogEvent): number {
  return a.second !== null && b.second !== null ? b.second - a.second : (b.day - a.day) * 86_400;
}

function inWindow(entry: LogEvent, other: LogEvent, window: number | null): boolean {
  return window === null || Math.abs(between(entry, other)) <= window * 86_400;
}

/** The events that the funnel names, in order of time; of equal times by step, and losses and exclusions last. */
function scoped(events: readonly LogEvent[], {steps, lost, exclude}: Funnel): LogEvent[] {
  const rank = (event: LogEvent): number => {
    const step = steps.findIndex(({is}) => holds(is, event));
    return step < 0 ? steps.length : step;
  };
  const named = events.filter((event) => steps.some(({is}) => holds(is, event)) || holds(lost, event) || exclude.some(({is}) => holds(is, event)));
  return named.sort((a, b) => a.day - b.day || (a.second ?? 0) - (b.second ?? 0) || rank(a) - rank(b) || a.number - b.number);
}

interface Tried {
  readonly entry: number;
  readonly steps: readonly (number | null)[];
  readonly loss: number | null;
  readonly exclusion: number | null;
}

/** One attempt: `log` is in order, positions are indexes into it. */
function attempt(log: readonly LogEvent[], entry: number, {steps, lost, exclude, mode, window}: Funnel): Tried {
  const is = (k: number, position: number) => holds(steps[k]!.is, log[position]!);
  const isAnyFrom = (k: number, position: number) => steps.some((_, j) => j >= k && is(j, position));
  const find = (from: number, condition: (position: number) => boolean): number | null => {
    for (let position = from; position < log.length; position++) if (condition(position)) return position;
    return null;
  };
  const near = (position: number | null): position is number => position !== null && inWindow(log[entry]!, log[position]!, window);

  const matched: (number | null)[] = [];
  steps.forEach((_, k) => {
    const previous = k === 0 ? null : matched[k - 1]!;
    let position: number | null = null;
    if (mode === "reached") position = find(entry, (p) => isAnyFrom(k, p));
    else if (mode === "any_stage") position = find(entry, (p) => is(k, p));
    else if (k === 0) position = entry;
    else if (mode === "any") position = find(0, (p) => p !== entry && is(k, p) && near(p));
    else if (previous === null) position = null;
    else if (mode === "strict") position = previous + 1 < log.length && is(k, previous + 1) ? previous + 1 : null;
    else {
      const next = find(previous + 1, (p) => is(k, p));
      const skip = mode === "all_stages" ? find(previous + 1, (p) => isAnyFrom(k + 1, p)) : null;
      position = next !== null && skip !== null && skip < next ? null : next;
    }
    const standsAlone = mode === "any_stage";
    const allowed = standsAlone || k === 0 || previous !== null;
    matched.push(allowed && near(position) ? position : null);
  });

  let exclusion: number | null = null;
  for (const rule of exclude) {
    const after = matched[steps.findIndex(({id}) => id === rule.after)]!;
    const before = matched[steps.findIndex(({id}) => id === rule.before)]!;
    if (after === null) continue;
    const hit = find(after + 1, (p) => holds(rule.is, log[p]!) && near(p));
    if (hit !== null && (before === null || hit < before)) exclusion = exclusion === null ? hit : Math.min(exclusion, hit);
  }
  const last = Math.max(-1, ...matched.map((position) => position ?? -1));
  return {entry, steps: matched, exclusion, loss: find(last + 1, (p) => holds(lost, log[p]!) && near(p))};
}

function attemptsOf(log: readonly LogEvent[], {funnel, start, end}: FunnelPlan): Tried[] {
  const {steps, mode, repeat, window} = funnel;
  const isStep = (event: LogEvent) => steps.some(({is}) => holds(is, event));
  const isFirst = (event: LogEvent) => holds(steps[0]!.is, event);
  const isEntry = (event: LogEvent, position: number) => (mode === "any_stage" ? isStep(event) : isFirst(event) || (mode === "reached" && position === log.findIndex(isStep)));
  const isInRange = ({day}: LogEvent) => day >= dayOf(start) && day < dayOf(end);
  const entries = log.flatMap((event, position) => (isEntry(event, position) ? [position] : []));
  const inRange = entries.filter((position) => isInRange(log[position]!));
  const run = (position: number) => attempt(log, position, funnel);
  const reached = ({steps: positions}: Tried) => positions.reduce<number>((far, position, k) => (position === null ? far : k + 1), 0);
  switch (repeat) {
    case "first_in_range": return inRange.slice(0, 1).map(run);
    case "first_ever": return entries.slice(0, 1).filter((position) => isInRange(log[position]!)).map(run);
    case "optimized": {
      const tried = inRange.map(run);
      const better = (a: Tried, b: Tried) => Number(a.exclusion !== null) - Number(b.exclusion !== null) || reached(b) - reached(a) || b.entry - a.entry;
      return tried.sort(better).slice(0, 1);
    }
    case "every_attempt": {
      const all: Tried[] = [];
      let next: number | undefined = entries[0];
      while (next !== undefined) {
        const tried = run(next);
        all.push(tried);
        const {entry, steps: positions, exclusion} = tried;
        const end = Math.max(...positions.map((position) => position ?? -1));
        if (exclusion !== null) next = entries.find((position) => position > exclusion);
        else if (positions.at(-1) !== null) next = entries.find((position) => position > end);
        else next = entries.find((position) => position > entry && !inWindow(log[entry]!, log[position]!, window));
      }
      return all.filter(({entry}) => isInRange(log[entry]!));
    }
  }
}

/** Returns every attempt that counts. */
export function referenceAttempts(plan: FunnelPlan, events: readonly LogEvent[]): Attempt[] {
  const {funnel, by, filters, asOf} = plan;
  const {hold, credit, window} = funnel;
  const picks = (event: LogEvent) => filters.every(({dimension, values}) => values.includes(event.dimensions[dimension] ?? null));
  const known = credit === "all" ? events.filter(picks) : events;
  const keyOf = (event: LogEvent) => JSON.stringify([event.entity, hold === null ? null : event.dimensions[hold] ?? null, credit === "all" && by !== null ? event.dimensions[by] ?? null : null]);
  const groups = new Map<string, LogEvent[]>();
  for (const event of known) groups.set(keyOf(event), [...(groups.get(keyOf(event)) ?? []), event]);
  return [...groups.values()].flatMap((own) => {
    const log = scoped(own, funnel);
    return attemptsOf(log, plan).flatMap((tried): Attempt[] => {
      const steps = tried.steps.map((position) => (position === null ? null : log[position]!));
      const entry = log[tried.entry]!;
      const owner = credit === "first" || credit === "all" ? entry : credit === "last" ? steps.filter((step) => step !== null).at(-1)! : steps[funnel.steps.findIndex(({id}) => id === credit.step)]!;
      if (credit !== "all" && filters.length > 0 && (owner === null || !picks(owner))) return [];
      if (by !== null && owner === null) return [];
      return [{
        entry, steps, loss: tried.loss === null ? null : log[tried.loss]!, excluded: tried.exclusion !== null,
        mature: window === null || entry.day + window <= dayOf(asOf), member: by === null ? null : owner!.dimensions[by] ?? null
      }];
    });
  });
}

/** Counts of some attempts, named as the columns of the counts statement. */
export function referenceCounts(attempts: readonly Attempt[], {window, steps, mode}: Funnel): Record<string, number | null> {
  const kept = attempts.filter(({excluded}) => !excluded);
  const chain = mode !== "any_stage";
  const counts: Record<string, number | null> = {excluded: attempts.length - kept.length, entered: kept.length, entered_mature: kept.filter(({mature}) => mature).length};
  steps.forEach((_, k) => {
    const there = kept.filter((one) => one.steps[k] !== null);
    const left = chain && k < steps.length - 1 ? there.filter((one) => one.steps.slice(k + 1).every((step) => step === null)) : [];
    const passed = left.filter(({loss, mature}) => loss === null && window !== null && mature);
    const gone = left.filter(({loss}) => loss !== null).concat(passed);
    const values = gone.flatMap((one) => one.steps[k]!.value ?? []);
    counts[`reached_${k + 1}`] = there.length;
    counts[`mature_${k + 1}`] = there.filter(({mature}) => mature).length;
    counts[`lost_${k + 1}`] = left.filter(({loss}) => loss !== null).length;
    counts[`passed_${k + 1}`] = passed.length;
    counts[`open_${k + 1}`] = left.length - gone.length;
    counts[`value_${k + 1}`] = values.length ? values.reduce((sum, value) => sum + value, 0) : null;
    counts[`unvalued_${k + 1}`] = gone.length - values.length;
    counts[`ties_${k + 1}`] = chain && k > 0 ? there.filter(({steps: own}) => own[k]!.day === own[k - 1]!.day && own[k]!.second === own[k - 1]!.second).length : 0;
    counts[`early_${k + 1}`] = there.filter(({entry, steps: own}) => own[k]!.is_early || between(entry, own[k]!) < 0).length;
  });
  return counts;
}

/** Times from one step to another, named as the columns of the times statement; null where nobody reached the first. */
export function referenceTimes(attempts: readonly Attempt[], from: number, to: number, {window}: Funnel, asOf: string): Record<string, number | null> | null {
  const begun = attempts.filter(({excluded, steps}) => !excluded && steps[from] !== null);
  if (begun.length === 0) return null;
  const took: number[] = [];
  const watched: {seconds: number; ended: boolean}[] = [];
  let flagged = 0;
  for (const {entry, steps, loss} of begun) {
    const [a, b] = [steps[from]!, steps[to] ?? null];
    if (b === null) {
      const end = Math.min(dayOf(asOf), loss?.day ?? Infinity, window === null ? Infinity : entry.day + window);
      watched.push({seconds: Math.max(0, (end - a.day) * 86_400), ended: false});
    } else if (a.is_early || b.is_early || between(a, b) < 0) flagged++;
    else {
      took.push(between(a, b));
      watched.push({seconds: between(a, b), ended: true});
    }
  }
  took.sort((x, y) => x - y);
  const quantile = (q: number) => {
    if (took.length === 0) return null;
    const at = q * (took.length - 1);
    const [low, high] = [took[Math.floor(at)]!, took[Math.ceil(at)]!];
    return low + (high - low) * (at - Math.floor(at));
  };
  let surviving = 1;
  let half: number | null = null;
  for (const seconds of [...new Set(watched.map((one) => one.seconds))].sort((x, y) => x - y)) {
    const risk = watched.filter((one) => one.seconds >= seconds).length;
    surviving *= 1 - watched.filter((one) => one.ended && one.seconds === seconds).length / risk;
    if (half === null && surviving <= 0.5 + 1e-9) half = seconds;
  }
  return {
    n: took.length, flagged, censored: watched.filter(({ended}) => !ended).length,
    p25: quantile(0.25), p50: quantile(0.5), p75: quantile(0.75), p90: quantile(0.9),
    seconds: took.length ? took.reduce((sum, seconds) => sum + seconds, 0) : null, half
  };
}
