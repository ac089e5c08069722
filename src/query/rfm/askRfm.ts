// Segments by recency, frequency and value, and who is in one of them. Scores are those of all customers; filters choose among them.

import {concentrationMart, rfmMart, rfmSegments, type RfmSegmentId} from "../../metrics/rfm.js";
import {carriedFilters} from "../carried.js";
import {smallOnes} from "../cohort/hide.js";
import {once} from "../once.js";
import {filterSql} from "../predicate.js";
import type {Filter, Statement} from "../question.js";
import {recordIds} from "../recordIds.js";
import {identifier, integer, join, sql, type Sql} from "../sql.js";
import type {StudyOptions} from "../studies.js";
import {rfmKey, type RfmList, type RfmQuestion, type RfmSegment, type RfmTold} from "./question.js";

const statement = ({text, params}: Sql): Statement => ({sql: text, params});
const chosen = (filters: readonly Filter[]): Sql => join([sql`true`, ...filters.map((filter) => sql`(${filterSql(filter)})`)], " and ");

/** Returns the statement of the segments: one row a segment that has customers. */
export const segmentsStatement = (filters: readonly Filter[]): Statement => statement(sql`select rfm_segment as id, cast(count(*) as double) as customers, cast(sum(value) as double) as revenue,
  cast(median(recency_days) as double) as recency, cast(median(frequency) as double) as frequency
from ${identifier(rfmMart)} as f where ${chosen(filters)} group by rfm_segment`);

/** Returns the statement of how many orders name no customer. */
export const nobodyStatement = (filters: readonly Filter[]): Statement => statement(sql`select cast(count(*) as double) as orders
from ${identifier(concentrationMart)} as f where customer is null and not is_cancelled and not is_return and ${chosen(filters)}`);

/** Returns the statement of a segment's customers, the largest value first. */
export const membersStatement = (segment: RfmSegmentId, filters: readonly Filter[], limit: number): Statement => statement(sql`select cast(customer as double) as customer,
  cast(recency_days as double) as recency, cast(frequency as double) as frequency, cast(value as double) as value
from ${identifier(rfmMart)} as f where rfm_segment = ${segment} and ${chosen(filters)}
order by f.value desc, f.recency_days, f.customer limit ${integer(limit)}`);

/** Returns the answers, in order. Throws a QuestionError for a dimension or member that the report does not know. */
export function askRfm(questions: readonly RfmQuestion[], options: StudyOptions): Promise<RfmTold[]> {
  const segmentsOf = once<RfmTold>();
  return Promise.all(questions.map(async ({filters, members}) => {
    const told = await segmentsOf(rfmKey({filters}), () => askSegments(filters, options));
    return members ? {...told, members: await listOf(told, {filters, members}, options)} : told;
  }));
}

async function askSegments(asked: readonly Filter[], {manifest, run}: StudyOptions): Promise<RfmTold> {
  const {filters, notApplied} = carriedFilters(rfmMart, asked, manifest);
  const [rows, [none]] = await Promise.all([run(segmentsStatement(filters)), run(nobodyStatement(carriedFilters(concentrationMart, filters, manifest).filters))]);
  const found = rfmSegments.flatMap((id): RfmSegment[] => rows.filter((row) => row["id"] === id).map((row) => ({
    id, customers: Number(row["customers"]), revenue: Number(row["revenue"]), medianRecency: Number(row["recency"]), medianFrequency: Number(row["frequency"])
  })));
  const sum = (of: "customers" | "revenue") => found.reduce((all, one) => all + one[of], 0);
  const least = manifest.minGroup ?? 1;
  const hidden = smallOnes(new Map(found.map(({id, customers}) => [id, customers])), least);
  const nobody = Number(none?.["orders"] ?? 0);
  const isHidden = filters.length > 0 && sum("customers") < least;
  const segments = found.map((one): RfmSegment => (isHidden || hidden.has(one.id) ? {id: one.id, customers: 0, revenue: 0, medianRecency: 0, medianFrequency: 0, suppressed: true} : one));
  return {asOf: manifest.asOf, customers: isHidden ? 0 : sum("customers"), revenue: isHidden ? 0 : sum("revenue"), nobody: nobody < least ? 0 : nobody, segments, notApplied};
}

/** Those who stay away, though they bought well: whom to win back comes first. */
const urgent: readonly RfmSegmentId[] = ["cannot_lose", "at_risk", "attention", ...rfmSegments];

async function listOf({segments}: RfmTold, {filters: asked, members: {segment, limit}}: Required<RfmQuestion>, options: StudyOptions): Promise<RfmList | null> {
  const {manifest, run} = options;
  if (manifest.minGroup !== undefined) return null;
  const id = segment ?? urgent.find((one) => segments.some((own) => own.id === one));
  if (id === undefined) return null;
  const rows = await run(membersStatement(id, carriedFilters(rfmMart, asked, manifest).filters, limit));
  const customers = rows.map((row) => Number(row["customer"]));
  const records = await recordIds(rfmMart, "customer", customers, options);
  return {
    segment: id, count: segments.find((own) => own.id === id)?.customers ?? 0,
    entries: rows.map((row, k) => ({customer: customers[k]!, record: records.get(customers[k]!) ?? null, recency: Number(row["recency"]), frequency: Number(row["frequency"]), value: Number(row["value"])}))
  };
}
