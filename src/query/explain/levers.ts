// Who needs help with what: the lever of won value per day (number of deals, win rate, deal size, speed) in which a member
// lies furthest behind the others (kpi-formulas, sales velocity: volume × rate × size ÷ cycle).

import type {AnswerRow} from "../question.js";

export const levers = ["volume", "rate", "size", "cycle"] as const;
export type Lever = (typeof levers)[number];

/** The metrics that the levers are read from; the number of deals is what the win rate rests on. */
export const leverMetrics = {rate: "win_rate", size: "average_deal_size", cycle: "sales_cycle_days"} as const;

/** One lever of one member. */
export interface LeverReading {
  readonly value: number | null;
  /** Records it rests on. */
  readonly n: number;
  /**
   * What the lever alone makes of won value per day against the median: −0.2 is a fifth less, a cycle that is longer
   * counts as less. Null where value or median is missing, or rests on too few.
   */
  readonly gap: number | null;
  /** The median lies inside the value's 95 % interval, where it has one. */
  readonly withinChance: boolean;
}

export interface MemberLevers {
  readonly member: string | null;
  readonly readings: Readonly<Record<Lever, LeverReading>>;
  /** The lever furthest behind, where at least a tenth is lost by it and that is more than chance; null where none is. */
  readonly help: Lever | null;
  /** Closed too few deals to be held against the others. */
  readonly tooFew: boolean;
}

export interface Levers {
  /** The largest loss first; then those with nothing to tell; then those with too few deals; each by member. */
  readonly members: readonly MemberLevers[];
  /** In the order of `levers`: median over the members with enough deals; null where fewer than `leastPeers` have a value. */
  readonly medians: Readonly<Record<Lever, number | null>>;
  /** Members with enough deals. */
  readonly judged: number;
}

/** Fewer have no typical value. */
export const leastPeers = 4;

/** Smaller gaps are not told. */
const told = -0.1;

/**
 * Returns the levers of each member of one answer's current period, `rows` being those of `leverMetrics` by one
 * dimension. A member is held against the median where it closed at least `floor` deals; a size or cycle counts where it
 * rests on at least `leastWon` won deals.
 */
export function readLevers(rows: readonly AnswerRow[], {floor, leastWon = 5}: {readonly floor: number; readonly leastWon?: number}): Levers {
  const of = (metric: string) => new Map(rows.filter((row) => row.metric === metric && row.role === "current" && !row.total).map((row) => [row.members[0] ?? null, row]));
  const [rate, size, cycle] = [of(leverMetrics.rate), of(leverMetrics.size), of(leverMetrics.cycle)];
  const enough = (member: string | null) => (rate.get(member)?.denominator ?? 0) >= floor;
  const reading = (lever: Lever, member: string | null): {value: number | null; n: number; interval?: readonly [number, number]} => {
    const closed = rate.get(member);
    if (lever === "volume") return {value: closed?.denominator ?? null, n: closed?.denominator ?? 0};
    const row = (lever === "rate" ? rate : lever === "size" ? size : cycle).get(member);
    const {value = null, n = 0, interval} = row ?? {};
    return {value, n, ...(interval && {interval})};
  };
  const counts = (lever: Lever, member: string | null) => enough(member) && (lever === "volume" || lever === "rate" || reading(lever, member).n >= leastWon);
  const members = [...rate.keys()];
  const medians = Object.fromEntries(levers.map((lever) => {
    const values = members.filter((member) => counts(lever, member)).map((member) => reading(lever, member).value).filter((value) => value !== null);
    return [lever, values.length < leastPeers ? null : medianOf(values)];
  })) as Record<Lever, number | null>;
  const all = members.map((member): MemberLevers => {
    const readings = Object.fromEntries(levers.map((lever) => {
      const {value, n, interval} = reading(lever, member);
      const median = medians[lever];
      const gap = value === null || median === null || !counts(lever, member) ? null : gapOf(lever, value, median);
      return [lever, {value, n, gap, withinChance: median !== null && interval !== undefined && interval[0] <= median && median <= interval[1]}];
    })) as unknown as Record<Lever, LeverReading>;
    const behind = levers.filter((lever) => (readings[lever].gap ?? 0) <= told && !readings[lever].withinChance);
    const help = behind.reduce<Lever | null>((worst, lever) => (worst === null || readings[lever].gap! < readings[worst].gap! ? lever : worst), null);
    return {member, readings, help, tooFew: !enough(member)};
  });
  const loss = ({readings, help, tooFew}: MemberLevers) => (tooFew ? 2 : help === null ? 1 : readings[help].gap!);
  all.sort((a, b) => loss(a) - loss(b) || ((a.member ?? "\uffff") < (b.member ?? "\uffff") ? -1 : 1));
  return {members: all, medians, judged: all.filter(({tooFew}) => !tooFew).length};
}

/** Null where the part has no meaning: of nothing, or into nothing. */
function gapOf(lever: Lever, value: number, median: number): number | null {
  const [own, usual] = lever === "cycle" ? [median, value] : [value, median];
  return usual <= 0 || own < 0 ? null : own / usual - 1;
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
