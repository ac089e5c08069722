// What customers pay and what becomes of it, day by day and one by one: the slow reference of the marts and movements.

/** One change of what a subscription brings a month, in cents, from its day on; 0 is a pause. */
export interface Change {
  readonly day: number;
  readonly cents: number;
}

/** A subscription: days count from the world's first; `ended` is the first day without service. */
export interface Log {
  readonly customer: number;
  readonly started: number;
  readonly changes: readonly Change[];
  readonly ended: number | null;
}

export interface Movement {
  start: number;
  end: number;
  new: number;
  reactivation: number;
  expansion: number;
  contraction: number;
  churn: number;
}

const grace = 30;

/** Returns what the subscription brings on a day, null where it is not paid for. */
function paidOn({started, changes, ended}: Log, day: number): number | null {
  if (day < started || (ended !== null && day >= ended)) return null;
  const said = changes.filter((change) => change.day <= day);
  const cents = said.length > 0 ? said.at(-1)!.cents : changes[0]!.cents;
  return cents > 0 ? cents : null;
}

/** Returns what a customer pays on each day up to and with the last, null for nothing; breaks of fewer than 30 days are filled. */
export function payments(logs: readonly Log[], customer: number, last: number): (number | null)[] {
  const own = logs.filter((log) => log.customer === customer);
  const days = Array.from({length: last + 1}, (_, day) => {
    const parts = own.map((log) => paidOn(log, day)).filter((cents) => cents !== null);
    return parts.length > 0 ? parts.reduce((sum, cents) => sum + cents, 0) : null;
  });
  let paid: number | null = null;
  for (let day = 0; day <= last; day++) {
    if (days[day] === null) continue;
    if (paid !== null && day - paid - 1 > 0 && day - paid - 1 < grace) days.fill(days[paid]!, paid + 1, day);
    paid = day;
  }
  return days;
}

/** Returns what became of the customers' payments between the day before `first` and `census`. */
export function movementsOf(paid: readonly (readonly (number | null)[])[], first: number, census: number): Movement {
  const sum: Movement = {start: 0, end: 0, new: 0, reactivation: 0, expansion: 0, contraction: 0, churn: 0};
  for (const days of paid) {
    const before = first > 0 ? days[first - 1]! : null;
    const after = days[census]!;
    const born = days.findIndex((cents) => cents !== null);
    sum.start += before ?? 0;
    sum.end += after ?? 0;
    if (before === null && after !== null) sum[born >= first ? "new" : "reactivation"] += after;
    if (before !== null && after === null) sum.churn += before;
    if (before !== null && after !== null) sum[after > before ? "expansion" : "contraction"] += Math.abs(after - before);
  }
  return sum;
}
