// Golden vectors of kpi-formulas b.9 as marts of a few rows, asked through the whole of the metric layer.

import {openNative, type Native} from "../../loaders/native.js";
import {conversion, cumulative, derived, movement, ratio, simple, type Metric, type MovementPart} from "../../src/metrics/define.js";
import type {Manifest} from "../../src/query/manifest.js";

const described = {
  unit: "ratio", direction: "context", dateRule: "E", processStage: "closing", owner: "nobody", status: "exploratory", version: 1, since: "2026-11-22",
  page: "index", needs: ["opportunity.created_at"], dimensions: []
} as const;
const lasting = {...described, mart: "fct_case", time: "day"} as const;
const part = (mart: string, name: MovementPart, measure: "value" | "count" = "value") =>
  movement({...described, id: `${mart}_${name}_${measure}`, mart, entity: "customer", from: "valid_from", to: "valid_to", value: "mrr", part: name, measure});
const over = (id: string, numerator: Metric, denominator: Metric) => ratio({...described, id, numerator, denominator});
const quotient = (id: string, inputs: Readonly<Record<string, Metric>>, formula: Parameters<typeof derived>[0]["formula"]) => derived({...described, id, inputs, formula});

const names = ["start", "end", "new", "reactivation", "expansion", "contraction", "churn", "kept", "kept_all", "lost_within"] as const;
const values = (mart: string) => Object.fromEntries(names.map((name) => [name, part(mart, name)]));
const counts = (mart: string) => Object.fromEntries(names.map((name) => [name, part(mart, name, "count")]));
const rates = (mart: string): Metric[] => {
  const of = values(mart);
  const logos = counts(mart);
  return [
    ...names.map((name) => of[name]!),
    ...names.map((name) => logos[name]!),
    over(`${mart}_grr`, of["kept"]!, of["start"]!),
    over(`${mart}_nrr`, of["kept_all"]!, of["start"]!),
    quotient(`${mart}_gross`, {churn: of["churn"]!, contraction: of["contraction"]!, start: of["start"]!}, ["/", ["+", "churn", "contraction"], "start"]),
    quotient(`${mart}_net`, {churn: of["churn"]!, contraction: of["contraction"]!, expansion: of["expansion"]!, start: of["start"]!}, ["/", ["-", ["+", "churn", "contraction"], "expansion"], "start"]),
    over(`${mart}_churn`, logos["churn"]!, logos["start"]!),
    quotient(`${mart}_churn_stripe`, {churn: logos["churn"]!, start: logos["start"]!, fresh: logos["new"]!}, ["/", "churn", ["+", "start", "fresh"]])
  ];
};

const ranked = (id: string, person: string, minN = 3) =>
  simple({...described, id, mart: "fct_rank", time: "day", minN, where: [{column: "example", is: "=", values: [person]}], aggregate: {fn: "rank_correlation", per: "who", of: ["x", "y"]}});

const survival = (id: string, q: number) => simple({...lasting, id, aggregate: {fn: "survival", duration: "days", ended: "has_ended", q}});

export const vectorMetrics: readonly Metric[] = [
  survival("km_1666", 0.1666), survival("km_1667", 0.1667), survival("km_3333", 0.3333), survival("km_3334", 0.3334), survival("km_5555", 0.5555), survival("km_5556", 0.5556),
  survival("km_median", 0.5), survival("km_last", 1),
  simple({...lasting, id: "km_never", aggregate: {fn: "survival", duration: "days", ended: "has_ended", q: 0.5}, where: [{column: "has_ended", is: "=", values: [false]}]}),
  simple({...lasting, id: "latency_p50", aggregate: {fn: "survival", duration: "days", weight: "requests", q: 0.5}}),
  simple({...lasting, id: "latency_p95", aggregate: {fn: "survival", duration: "days", weight: "requests", q: 0.95}}),
  simple({...described, id: "nps", mart: "fct_answer", time: "day", aggregate: {fn: "avg", column: "points", moe: true}}),
  over("wilson", simple({...described, id: "wilson_won", mart: "fct_try", time: "day", aggregate: {fn: "count"}, where: [{column: "is_won", is: "=", values: [true]}]}), simple({...described, id: "wilson_all", mart: "fct_try", time: "day", aggregate: {fn: "count"}})),
  over("weighted_mean", simple({...described, id: "weighted_kept", mart: "fct_cohort", time: "day", aggregate: {fn: "sum", column: "kept"}}), simple({...described, id: "weighted_size", mart: "fct_cohort", time: "day", aggregate: {fn: "sum", column: "size"}})),
  simple({...described, id: "busy_twice", mart: "fct_case", time: "day", aggregate: {fn: "count_distinct", column: "who", atLeast: 2}}),
  ranked("spearman", "television"), ranked("spearman_ties", "ties"), ranked("spearman_same", "same"), ranked("spearman_few", "ties", 5),
  conversion({...described, id: "renewed_value", mart: "fct_due", time: "due", conversion: "renewed", window: 30, weight: "amount"}),
  ...["fct_plain", "fct_logos", "fct_mrr", "fct_set", "fct_within"].flatMap(rates),
  cumulative({...described, id: "fct_set_nrr_year", measure: over("fct_set_nrr_once", part("fct_set", "kept_all"), part("fct_set", "start")), window: {months: 12}})
];

const spans = (rows: readonly (readonly [customer: number, from: string, to: string, mrr: number])[]) =>
  `select customer::integer as customer, valid_from::date as valid_from, valid_to::date as valid_to, mrr::decimal(18, 2) as mrr,
    min(valid_from::date) over (partition by customer) as first_day
  from (values ${rows.map(([customer, from, to, mrr]) => `(${customer}, '${from}', '${to}', ${mrr})`).join(", ")}) t(customer, valid_from, valid_to, mrr)`;

const forever = "9999-12-31";

/** All in January 2025, as of the end of February. */
const marts: Readonly<Record<string, string>> = {
  // KM: (1,1)(2,1)(2,0)(3,1)(4,0)(5,1)
  fct_case: `select date '2025-01-10' as day, days, has_ended, requests, who from (values
    (1, true, 50, 'a'), (2, true, 30, 'a'), (2, false, 10, 'b'), (3, true, 5, 'b'), (4, false, 3, 'b'), (5, true, 2, 'c')) t(days, has_ended, requests, who)`,
  // The worked example of the Wikipedia on Spearman's coefficient: hours of television a week and intelligence quotient of ten
  // people, Σd² = 194, ρ = 1 − 6 × 194 ÷ 990 = −29 ÷ 165; one's hours in two rows. Ties by hand: ranks 1, 2.5, 2.5, 4 against 1
  // to 4: 4.5 ÷ √(4.5 × 5).
  fct_rank: `select date '2025-01-10' as day, example, who, x, y::decimal(18, 2) as y from (values
    ('television', 'a', 7, 106), ('television', 'b', 27, 100), ('television', 'c', 2, 86), ('television', 'd', 20, 101), ('television', 'd', 30, null),
    ('television', 'e', 28, 99), ('television', 'f', 29, 103), ('television', 'g', 20, 97), ('television', 'h', 12, 113), ('television', 'i', 6, 112),
    ('television', 'j', 17, 110), ('ties', 'a', 1, 10), ('ties', 'b', 2, 20), ('ties', 'c', 2, 30), ('ties', 'd', 3, 40),
    ('same', 'a', 1, 10), ('same', 'b', 2, 10), ('same', 'c', 3, 10)) t(example, who, x, y)`,
  // 60 promoters, 20 passive, 20 detractors
  fct_answer: "select date '2025-01-10' as day, case when i < 60 then 100 when i < 80 then 0 else -100 end::smallint as points from range(100) t(i)",
  fct_try: "select date '2025-01-10' as day, i < 3 as is_won from range(20) t(i)",
  fct_cohort: "select date '2025-01-10' as day, size, kept from (values (10, 2), (100, 0)) t(size, kept)",
  // Due 10 January: one renewed early, one in grace, one a day late, one not; due 15 February is too young.
  fct_due: `select due::date as due, renewed::date as renewed, amount::decimal(18, 2) as amount from (values
    ('2025-01-10', '2025-01-02', 100.10), ('2025-01-10', '2025-02-09', 200.20), ('2025-01-10', '2025-02-10', 300.30), ('2025-01-10', null, 399.40), ('2025-02-15', '2025-02-15', 1000)) t(due, renewed, amount)`,
  // start 100, churn 10, contraction 10, expansion 10
  fct_plain: spans([[1, "2024-05-01", "2025-01-15", 10], [2, "2024-05-01", "2025-01-10", 40], [2, "2025-01-10", forever, 30], [3, "2024-05-01", "2025-01-20", 50], [3, "2025-01-20", forever, 60]]),
  // start 100, new 20, lost 8
  fct_logos: spans([
    ...Array.from({length: 100}, (_, k) => [k, "2024-05-01", k < 8 ? "2025-01-20" : forever, 1] as const),
    ...Array.from({length: 20}, (_, k) => [200 + k, "2025-01-05", forever, 1] as const)
  ]),
  // 10.0, −0.6, −0.9, +1.8
  fct_mrr: spans([[1, "2024-05-01", "2025-01-15", 0.6], [2, "2024-05-01", "2025-01-15", 2.9], [2, "2025-01-15", forever, 2], [3, "2024-05-01", "2025-01-15", 6.5], [3, "2025-01-15", forever, 8.3]]),
  // A 100 at the start of the year, churns, back at 80 at its end; B not there at the start, 50 at the end.
  fct_set: spans([[1, "2023-06-01", "2024-06-01", 100], [1, "2025-01-10", forever, 80], [2, "2024-09-01", forever, 50]]),
  // One came and went inside the month, one was back for a week.
  fct_within: spans([[1, "2025-01-05", "2025-01-20", 7], [2, "2024-02-01", "2024-03-01", 9], [2, "2025-01-05", "2025-01-12", 9], [3, "2024-02-01", forever, 5]])
};

export interface VectorWorld extends Native {
  readonly manifest: Manifest;
  readonly catalogue: readonly Metric[];
}

export async function openVectors(): Promise<VectorWorld> {
  const native = await openNative({threads: 1});
  for (const [name, select] of Object.entries(marts)) await native.exec(`create table ${name} as ${select}`);
  const described = await Promise.all(Object.keys(marts).map(async (name) => ({
    name, grain: "", rows: 0, bytes: 0, sha256: "",
    columns: (await native.run({sql: `select column_name as name, data_type as type from duckdb_columns() where table_name = '${name}' order by column_index`, params: []})).map((row) => ({name: String(row["name"]), type: String(row["type"])}))
  })));
  const manifest: Manifest = {
    title: "Vectors", locale: "en", currency: "EUR", asOf: "2025-02-28", asOfRule: "set", firstDay: "2023-01-01", fictional: true,
    calendar: {timeZone: "UTC", fiscalYearStart: 1, weekStart: 1, workingDays: [1, 2, 3, 4, 5], holidays: []}, defaultPeriod: "closed:month",
    fed: ["opportunity.created_at"], dimensions: [], measures: [], marts: described, files: [], windows: {}, hash: ""
  };
  return {...native, manifest, catalogue: vectorMetrics};
}

interface Expected {
  readonly value: number | null;
  readonly n?: number;
  readonly interval?: readonly [number, number];
  readonly reason?: string;
  readonly censored?: number;
  readonly inProgress?: number;
}

/** What January 2025 must give. */
export const vectors: Readonly<Record<string, Expected>> = {
  // S(t): .8333, .6667, .4444, 0, each shown by the shares on either side of it
  km_1666: {value: 1, n: 6, censored: 2}, km_1667: {value: 2}, km_3333: {value: 2}, km_3334: {value: 3}, km_5555: {value: 3}, km_5556: {value: 5},
  km_median: {value: 3}, km_last: {value: 5}, km_never: {value: null, reason: "not_reached", censored: 2},
  latency_p50: {value: 1, n: 100}, latency_p95: {value: 3},
  nps: {value: 40, n: 100, interval: [40 - 15.68, 40 + 15.68]},
  wilson: {value: 0.15, n: 20, interval: [0.0524, 0.3604]},
  weighted_mean: {value: 2 / 110},
  busy_twice: {value: 2},
  spearman: {value: -29 / 165, n: 10}, spearman_ties: {value: 4.5 / Math.sqrt(22.5), n: 4}, spearman_same: {value: null, reason: "undefined", n: 3},
  spearman_few: {value: null, reason: "too_few", n: 4},
  renewed_value: {value: 0.3003, n: 4, inProgress: 0},
  fct_plain_start_value: {value: 100}, fct_plain_churn_value: {value: 10, n: 1}, fct_plain_contraction_value: {value: 10}, fct_plain_expansion_value: {value: 10}, fct_plain_gross: {value: 0.2}, fct_plain_net: {value: 0.1},
  fct_logos_start_count: {value: 100}, fct_logos_new_count: {value: 20}, fct_logos_churn: {value: 0.08, n: 100, interval: [0.0411, 0.15]}, fct_logos_churn_stripe: {value: 8 / 120},
  fct_mrr_start_value: {value: 10}, fct_mrr_grr: {value: 0.85}, fct_mrr_nrr: {value: 1.03},
  fct_set_nrr_year: {value: 0.8}, fct_set_reactivation_value: {value: 80}, fct_set_start_value: {value: 50}, fct_set_end_value: {value: 130},
  fct_within_start_count: {value: 1}, fct_within_end_count: {value: 1}, fct_within_lost_within_count: {value: 1}, fct_within_lost_within_value: {value: 7}, fct_within_reactivation_count: {value: 0}, fct_within_churn: {value: 0}
};
