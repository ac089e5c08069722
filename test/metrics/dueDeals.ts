// What becomes of what is due in a period, deal by deal and day by day: the slow reference of the waterfall.

/** How a deal stands from a day on. Days count from the world's first. */
export interface Standing {
  readonly day: number;
  readonly state: "open" | "won" | "lost";
  readonly cents: number;
  /** Expected close day; null for none. */
  readonly due: number | null;
  readonly owner: number;
}

/** In order of days, one a day; the first is its creation. */
export type Deal = readonly Standing[];

export const moves = ["created", "pulled_in", "reopened", "increased", "transferred_in", "decreased", "transferred_out", "pushed_out", "won", "lost"] as const;
export type Bars = Record<(typeof moves)[number] | "start" | "end", number>;

/** A closed deal is due on the day it closed, has the owner of that day and the amount it is left with. */
function standingOn(deal: Deal, day: number): Standing | null {
  const at = deal.filter((standing) => standing.day <= day).length - 1;
  if (at < 0 || deal[at]!.state === "open") return deal[at] ?? null;
  const {state} = deal[at]!;
  let [first, last] = [at, at];
  while (first > 0 && deal[first - 1]!.state === state) first--;
  while (last + 1 < deal.length && deal[last + 1]!.state === state) last++;
  return {day, state, cents: deal[last]!.cents, due: deal[first]!.day, owner: deal[first]!.owner};
}

/** Returns the bars of what is due from `first` to `past` (exclusive), as of the census day, of some owners; of all for null. */
export function barsOf(deals: readonly Deal[], [first, census, past]: readonly [number, number, number], owners: readonly number[] | null): Bars {
  const bars = Object.fromEntries([...moves, "start", "end"].map((move) => [move, 0])) as Bars;
  const isOurs = (standing: Standing) => owners === null || owners.includes(standing.owner);
  const isDue = (standing: Standing | null): standing is Standing => standing !== null && standing.due !== null && standing.due >= first && standing.due < past;
  for (const deal of deals) {
    const before = standingOn(deal, first - 1);
    const now = standingOn(deal, census);
    const was = before?.state === "open" && isDue(before) ? before : null;
    const is = isDue(now) ? now : null;
    if (was && isOurs(was)) bars.start += was.cents;
    if (was && isOurs(was) && !is) bars.pushed_out += was.cents;
    if (was && is && isOurs(was) && !isOurs(is)) bars.transferred_out += was.cents;
    if (!is || !isOurs(is)) continue;
    if (is.state === "open") bars.end += is.cents;
    else bars[is.state] += is.cents;
    if (was && !isOurs(was)) bars.transferred_in += was.cents;
    if (was) bars[is.cents > was.cents ? "increased" : "decreased"] += Math.abs(is.cents - was.cents);
    else if (deal[0]!.day >= first) bars.created += is.cents;
    else bars[before!.state === "open" ? "pulled_in" : "reopened"] += is.cents;
  }
  return bars;
}
