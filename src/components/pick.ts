/** Returns how a mark or a row spells what a reader chooses with it, as a link would: "region=West", "period=2026-10". Null is the records without a value. */
export const printPick = (key: string, member: string | null): string => new URLSearchParams([[key, member ?? ""]]).toString();
