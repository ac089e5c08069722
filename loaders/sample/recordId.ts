// Salesforce record ids: three characters that name the object, twelve that count, three that guard the case.

export const prefixes = {
  account: "001", contact: "003", user: "005", opportunity: "006", opportunity_history: "008",
  opportunity_field_history: "017", opportunity_line: "00k", lead: "00Q", task: "00T", event: "00U", role: "00E",
  product: "01t", campaign: "701", ticket: "500", ticket_history: "01a", quote: "0Q0", order: "801",
  order_line: "802", contract: "800", queue: "00G"
} as const;

export type RecordKind = keyof typeof prefixes;

/** What the weekly export writes where a reference is empty. */
export const emptyReference = "000000000000000AAA";

const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const guards = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** The 18-character id of the nth record of its kind. */
export function recordId(kind: RecordKind, n: number): string {
  let count = "";
  for (let rest = n; rest > 0; rest = Math.floor(rest / 62)) count = digits[rest % 62]! + count;
  const id = `${prefixes[kind]}Qd${"0000000000".slice(count.length)}${count}`;
  return id + guard(id, 0) + guard(id, 5) + guard(id, 10);
}

/** Counters of one run: next("lead") is a new id of that kind. */
export function createIds(): (kind: RecordKind) => string {
  const counts = new Map<RecordKind, number>();
  return (kind) => {
    const n = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, n);
    return recordId(kind, n);
  };
}

function guard(id: string, from: number): string {
  let bits = 0;
  for (let i = 0; i < 5; ++i) {
    const code = id.charCodeAt(from + i);
    if (code >= 65 && code <= 90) bits |= 1 << i;
  }
  return guards[bits]!;
}
