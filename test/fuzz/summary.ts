// What a run of cases came to, as text.

import type {Told} from "./fuzz.js";

/** A fault, and the command that shows it again. */
export const replay = (seed: number, {number, world, steps, about}: Told): string =>
  `Fault in case ${number}${world ? ` (${world}: ${steps.join(", ")})` : ""}: ${about}\n  npm run fuzz -- --seed ${seed} --case ${number}`;

/** Endings with their counts, errors by kind, time and memory. */
export function summary(told: readonly Told[], seconds: number): string {
  const count = (of: (one: Told) => string | undefined): [string, number][] => {
    const counts = new Map<string, number>();
    for (const name of told.map(of)) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1]);
  };
  const times = told.map(({milliseconds}) => milliseconds).sort((a, b) => a - b);
  const at = (share: number): string => `${Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0)} ms`;
  const peak = Math.max(0, ...told.map(({peak}) => peak));
  return [
    `${told.length} cases in ${seconds.toFixed(0)} s; a case takes ${at(0.5)} (p50), ${at(0.95)} (p95), ${at(1)} at most; a process held ${Math.round(peak / 2 ** 20)} MiB at most`,
    ...count(({ending}) => ending).map(([ending, n]) => `  ${String(n).padStart(5)} ${words[ending] ?? ending}`),
    ...count(({ending, about}) => (ending === "error" ? about : undefined)).map(([about, n]) => `        ${String(n).padStart(5)} ${about}`)
  ].join("\n");
}

const words: Readonly<Record<string, string>> = {
  same: "a right report: as the oracle says",
  read: "read whole, the books in order",
  rejects: "counted rejects, the books in order",
  error: "one clear error",
  fault: "FAULTS"
};
