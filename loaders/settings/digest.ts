// What report.yaml says about the digest: which KPIs it tells, and where the report is read.

import {z} from "zod";
import {metrics} from "../../src/metrics/index.js";
import {nearest} from "./problems.js";
import {expandVariables, type Reading} from "./reading.js";

export const digestSchema = z
  .strictObject({
    kpis: z.array(z.string()).min(1).max(20).optional().describe("KPIs that the digest tells, with a variant as win_rate:with_overdue; those of the focus, or the usual ones, where absent"),
    url: z.string().optional().describe("Address at which the report is read: https://example.com/crm; ${NAME} is an environment variable")
  })
  .default({})
  .describe("The mail and the feed of each snapshot");

/** What a digest tells. */
export interface DigestSettings {
  /** Null for those of the focus, or the usual ones. */
  readonly kpis: readonly string[] | null;
  /** Address of the report, without a slash at its end; null where nobody says. */
  readonly url: string | null;
}

/** Returns the digest's settings. Faults are added to those found. */
export function reportDigest({kpis, url}: z.output<typeof digestSchema>, reading: Reading): DigestSettings {
  const {file, lineOf, found} = reading;
  const known = metrics.filter(({internal}) => !internal).map(({id}) => id);
  for (const [k, id] of (kpis ?? []).entries()) {
    if (known.includes(id) || /^[a-z0-9_]+:[a-z0-9_]+$/.test(id)) continue;
    found.push({code: "unknown_key", file, line: lineOf(["digest", "kpis", k]), key: `digest.kpis[${k}]`, value: id, expected: "a KPI of the report", allowed: known, nearest: nearest(id, known)});
  }
  const address = url === undefined ? null : expandVariables(url, ["digest", "url"], reading);
  if (address && !/^https?:\/\/[^\s?#]+$/.test(address)) found.push({code: "wrong_value", file, line: lineOf(["digest", "url"]), key: "digest.url", value: address, expected: "an address such as https://example.com/crm"});
  return {kpis: kpis ?? null, url: address ? address.replace(/\/+$/, "") : null};
}
