// The door to what follows which product and what is not bought yet: the terminal, the build and the browser all ask here.

import type {DimensionId} from "../../metrics/define.js";
import {checkDimensions} from "../filters.js";
import type {Manifest} from "../manifest.js";
import type {Filter, Run} from "../question.js";
import {QuestionError} from "../questionError.js";
import {recordIds} from "../recordIds.js";
import {wilson} from "../wilson.js";
import {fedLevels, leastCustomers, leastShare, productMart, usualWindow, type NextPair, type NextProducts, type ProductQuestion, type ProductTold, type SpaceEntry, type SpaceOffer, type WhiteSpace} from "./question.js";
import {nextStatement, offersStatement, reachStatement, spaceStatement, type ProductPlan} from "./statements.js";

export interface ProductOptions {
  readonly manifest: Manifest;
  readonly run: Run;
}

type Row = Awaited<ReturnType<Run>>[number];
/** Returns the answers, in order. Throws a QuestionError as askProduct does. */
export const askProducts = (questions: readonly ProductQuestion[], options: ProductOptions): Promise<ProductTold[]> => Promise.all(questions.map((question) => askProduct(question, options)));

/** Returns the answer to one question. Throws a QuestionError for a level that is not fed, and for dimensions and members that the report does not know. */
export async function askProduct(question: ProductQuestion, options: ProductOptions): Promise<ProductTold> {
  const {manifest} = options;
  const {level, filters = []} = question;
  const levels = fedLevels(manifest);
  if (!levels.includes(level)) throw new QuestionError({code: "unknown_choice", value: level, message: `no source feeds the products by ${level}`, allowed: levels});
  const picked = filters.filter(({values}) => values.length > 0);
  checkDimensions({by: [], filters: picked}, manifest.dimensions);
  const carries = ({dimension}: Filter): boolean => manifest.marts.some(({name, columns}) => name === productMart && columns.some((column) => column.name === dimension));
  const notApplied = picked.filter((filter) => !carries(filter)).map(({dimension}) => dimension);
  const plan: ProductPlan = {level, filters: picked.filter(carries), asOf: manifest.asOf};
  return question.ask === "next" ? nextProducts(plan, question, notApplied, options) : whiteSpace(plan, question, notApplied, options);
}

/** Pairs that are looked at: ranking by rate happens among the most followed. */
const mostPairs = 5_000;

async function nextProducts(plan: ProductPlan, {window = usualWindow, limit}: ProductQuestion, notApplied: readonly DimensionId[], {manifest, run}: ProductOptions): Promise<NextProducts> {
  const [rows, [reach]] = await Promise.all([run(nextStatement(plan, window, mostPairs)), run(reachStatement(plan, window))]);
  const least = manifest.minGroup ?? 1;
  const all = rows.map(pairOf).filter(({n, followed, together}) => n > 0 && followed + together > 0);
  const isHidden = ({n, followed, together, before}: NextPair): boolean => n < least || [followed, together, before].some((part) => part > 0 && part < least);
  const told = all.filter((pair) => !isHidden(pair));
  const byRate = (a: NextPair, b: NextPair): number => Number(a.small) - Number(b.small) || b.rate - a.rate || b.n - a.n || compare(a.from, b.from) || compare(a.to, b.to);
  return {
    ask: "next", level: plan.level, window, asOf: plan.asOf, customers: Number(reach!["customers"]), mature: Number(reach!["mature"]),
    pairs: told.sort(byRate).slice(0, limit), count: told.length, hidden: all.length - told.length, notApplied
  };
}

function pairOf(row: Row): NextPair {
  const [buyers, before, together, followed, baseFollowed, baseN] = ["buyers", "before", "together", "followed", "base_followed", "base_n"].map((name) => Number(row[name])) as [number, number, number, number, number, number];
  const n = buyers - before - together;
  const [low, high] = n > 0 ? wilson(followed, n) : [0, 0];
  const rate = n > 0 ? followed / n : 0;
  const base = baseN > 0 ? baseFollowed / baseN : 0;
  return {
    from: String(row["first_item"]), to: String(row["next_item"]), buyers, before, together, n, followed, rate, low, high,
    days: row["days"] === null ? null : Number(row["days"]), base, lift: base > 0 ? rate / base : null, small: n < leastCustomers
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function whiteSpace(plan: ProductPlan, {limit}: ProductQuestion, notApplied: readonly DimensionId[], {manifest, run}: ProductOptions): Promise<WhiteSpace> {
  const rules = {customers: Math.max(leastCustomers, manifest.minGroup ?? 1), share: leastShare};
  const isListed = manifest.minGroup === undefined;
  const [rows, list] = await Promise.all([run(offersStatement(plan, rules)), isListed ? run(spaceStatement(plan, rules, limit)) : []]);
  const least = manifest.minGroup ?? 1;
  const offers = rows.filter(({item}) => item !== null).map(offerOf).filter(({open, bought}) => open >= least && bought >= least)
    .sort((a, b) => b.total - a.total || compare(a.item, b.item) || compare(a.segment ?? "", b.segment ?? ""));
  const records = await recordIds(productMart, "customer", list.map(({customer}) => Number(customer)), {manifest, run});
  return {
    ask: "white_space", level: plan.level, asOf: plan.asOf, customers: Number(rows[0]?.["customers"] ?? 0), least: rules, offers,
    expected: offers.reduce((sum, {total}) => sum + total, 0), count: offers.reduce((sum, {open}) => sum + open, 0), notApplied,
    entries: isListed ? list.map((row): SpaceEntry => ({
      customer: Number(row["customer"]), record: records.get(Number(row["customer"])) ?? null, segment: textOf(row["segment"]), item: String(row["item"]),
      share: Number(row["share"]), expected: Number(row["expected"]), lastDay: String(row["last_day"]).slice(0, 10)
    })) : null
  };
}

const textOf = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));

function offerOf(row: Row): SpaceOffer {
  const [n, bought, value] = [Number(row["n"]), Number(row["bought"]), Number(row["value"])];
  const share = bought / n;
  const [low, high] = wilson(bought, n);
  return {segment: textOf(row["segment"]), item: String(row["item"]), n, bought, share, low, high, value, expected: share * value, open: n - bought, total: share * value * (n - bought)};
}
