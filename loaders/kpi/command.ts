// npm run kpi: arguments to a question, answers to text. All that touches the world is in `effects`.

import {Command, InvalidArgumentError, Option} from "commander";
import {z} from "zod";
import {createFormatter, type Formatter} from "../../src/format/formatter.js";
import {loadMessages} from "../../src/format/messages.js";
import type {Metric} from "../../src/metrics/define.js";
import {cohortFirsts, cohortGrains, cohortMeasures, cohortSpans, type CohortFirst, type CohortGrain, type CohortMeasure, type CohortSpan} from "../../src/metrics/cohort.js";
import {funnelModes, type FunnelCredit, type FunnelMode} from "../../src/metrics/funnel.js";
import {targetMetrics} from "../../src/metrics/targets.js";
import {askMany} from "../../src/query/ask.js";
import {beforeRecords, parsePeriod} from "../../src/query/calendar.js";
import {catalogueOf} from "../../src/query/catalogue.js";
import type {CohortBase, CohortChoices, CohortForm} from "../../src/query/cohort/plan.js";
import type {FunnelChoices} from "../../src/query/funnel/plan.js";
import type {Manifest, OwnerCredit} from "../../src/query/manifest.js";
import type {Filter, Grain, Question, Run} from "../../src/query/question.js";
import {QuestionError} from "../../src/query/questionError.js";
import {chosenId, variantId} from "../../src/query/variants.js";
import {quietly, usageExit} from "../cli/usage.js";
import {openBuilt} from "../native.js";
import {runPipeline, type PipelineEffects} from "../pipeline.js";
import {prepareSample, sampleSettings} from "../sampleSource.js";
import {readSettings, SettingsError} from "../settings.js";
import {commandWords, failureLine} from "../quality/words.js";
import {cohortSchema, kpiCohort} from "./cohort.js";
import {kpiCsv} from "./csv.js";
import {kpiDocument, kpiSchema, type Asked} from "./document.js";
import {fitSchema, kpiFit} from "./fit.js";
import {funnelSchema, kpiFunnel} from "./funnel.js";
import {healthSchema, kpiHealth} from "./health.js";
import {kpiLapsed, lapsedSchema} from "./lapsed.js";
import {kpiList, kpiListCsv, kpiListSchema, kpiListTable, type KpiList} from "./list.js";
import {anyAimed, askTargets, findTarget} from "./targets.js";
import {kpiProducts, productsAsked, productsSchema} from "./products.js";
import {kpiRecords, recordsSchema} from "./records.js";
import {kpiSurvival, survivalSchema} from "./survival.js";
import {kpiTable} from "./table.js";
import {kpiWaterfall, waterfallSchema} from "./waterfall.js";

export interface KpiEffects {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly pipeline?: Partial<PipelineEffects>;
}

interface Options {
  readonly config: string;
  readonly by: readonly string[];
  readonly period?: string;
  readonly where: readonly (readonly [string, string])[];
  readonly compare: readonly ("previous" | "last_year")[];
  readonly trend?: {readonly grain: Grain; readonly count: number};
  readonly format: "table" | "csv" | "json";
  readonly asOf?: string;
  readonly ownerCredit?: OwnerCredit;
  readonly variant?: string;
  readonly of: readonly string[];
  readonly list?: boolean;
  readonly records?: boolean;
  readonly funnel?: string;
  readonly mode?: FunnelMode;
  readonly window?: number | "none";
  readonly credit?: FunnelCredit;
  readonly dropped?: string;
  readonly measure?: CohortMeasure;
  readonly grain?: CohortGrain;
  readonly span?: CohortSpan;
  readonly first?: CohortFirst;
  readonly base?: CohortBase;
  readonly form?: CohortForm;
  readonly key?: string;
  readonly schema?: boolean;
}

/** Exit codes: the question or the settings are wrong; the exports are. */
const wrongQuestion = 1;
const wrongData = 2;

/** Answers the arguments after `kpi` and returns the exit code: 0, 1 for settings or usage, 2 for data. */
export async function kpi(argv: readonly string[], effects: KpiEffects): Promise<number> {
  try {
    const {ids, options} = readArguments(argv, effects);
    effects.out(await answer(ids, options, effects));
    return 0;
  } catch (error) {
    const usage = usageExit(error);
    if (usage !== undefined) return usage;
    effects.err(`${(error as Error).message}\n`);
    return error instanceof SettingsError || error instanceof QuestionError ? wrongQuestion : wrongData;
  }
}

async function answer(ids: readonly string[], options: Options, effects: KpiEffects): Promise<string> {
  if (options.schema) return `${JSON.stringify(z.toJSONSchema(options.list ? kpiListSchema : options.records ? recordsSchema : cohortAsked(ids) !== undefined ? cohortSchema : fitAsked(ids) !== undefined ? fitSchema : survivalAsked(ids) !== undefined ? survivalSchema : customersAsked(ids) === "health" ? healthSchema : customersAsked(ids) === "lapsed" ? lapsedSchema : waterfallAsked(ids) !== undefined ? waterfallSchema : productsAsked(ids) ? productsSchema : options.funnel === undefined ? kpiSchema : funnelSchema), null, 2)}\n`;
  await prepareSample(options.config, (line) => effects.err(`${line}\n`));
  const settings = await readSettings(options.config, {...(options.asOf !== undefined && {as_of: options.asOf}), ...(options.ownerCredit && {owner_credit: options.ownerCredit})}, effects.environment);
  const {folder} = await runPipeline(settings, effects.pipeline);
  const {manifest, run, close} = await openBuilt(folder);
  const told = (manifest.quality?.checks ?? []).filter(({status, grade}) => status === "failed" && grade !== "note");
  const words = await commandWords(manifest.currency);
  for (const check of told) effects.err(`warning: ${failureLine(check, words)}\n`);
  try {
    const format = await formatterOf(manifest);
    const catalogue = catalogueOf(manifest);
    if (options.records) return await kpiRecords({metric: definitionAsked(ids[0]!, options, {manifest, catalogue}), period: periodAsked(options, manifest), filters: filtersOf(options.where)}, options.format, {manifest, catalogue, run, format});
    if (options.list) return listText(kpiList({manifest, catalogue, format}), options.format);
    const cohort = cohortAsked(ids);
    if (cohort !== undefined) return await kpiCohort(cohort, cohortChoices(options), options.format, {manifest, run, format});
    const fit = fitAsked(ids);
    if (fit !== undefined) return await kpiFit(fit, options.format, {manifest, run, format});
    const waterfall = waterfallAsked(ids);
    if (waterfall !== undefined) return await kpiWaterfall(waterfall, {period: waterfallPeriod(options, manifest), filters: filtersOf(options.where), ...(options.by[0] !== undefined && {by: options.by[0]})}, options.format, {manifest, catalogue, run, format});
    const survival = survivalAsked(ids);
    if (survival !== undefined) return await kpiSurvival({id: survival, ...(options.by[0] !== undefined && {by: options.by[0]}), filters: filtersOf(options.where)}, options.format, {manifest, catalogue, run, format});
    const customers = customersAsked(ids);
    if (customers === "health") return await kpiHealth(filtersOf(options.where), options.format, {manifest, catalogue, run, format});
    if (customers === "lapsed") return await kpiLapsed({period: waterfallPeriod(options, manifest), filters: filtersOf(options.where)}, options.format, {manifest, run, format});
    const products = productsAsked(ids);
    if (products) return await kpiProducts({...products, filters: filtersOf(options.where), ...(typeof options.window === "number" && {window: options.window})}, options.format, {manifest, run, format});
    if (options.funnel !== undefined) return await kpiFunnel({id: options.funnel, choices: choicesOf(options, manifest), ...(options.dropped !== undefined && {dropped: options.dropped})}, options.format, {manifest, run, format});
    const asked = await askAll(ids, options, {manifest, run, catalogue});
    const document = kpiDocument(asked, {manifest, catalogue, format});
    if (options.format === "json") return `${JSON.stringify(document, null, 2)}\n`;
    return options.format === "csv" ? kpiCsv(document) : kpiTable(document, format, asked.map(({id, target}) => ({id, ...(target && {of: target.of})})));
  } finally {
    close();
  }
}

function listText(list: KpiList, format: Options["format"]): string {
  if (format === "json") return `${JSON.stringify(list, null, 2)}\n`;
  return format === "csv" ? kpiListCsv(list) : kpiListTable(list);
}

/** Metrics go to the engine together: they share statements. */
async function askAll(ids: readonly string[], options: Options, context: {manifest: Manifest; run: Run; catalogue: readonly Metric[]}): Promise<Asked[]> {
  const {by, where, compare, trend} = options;
  const period = periodAsked(options, context.manifest);
  const asked = [...new Set(ids.map((id) => definitionAsked(id, options, context)))].map((id) => ({id}));
  const question = {period, by, filters: filtersOf(where), compare, trend};
  const aimed = asked.some(({id}) => findTarget(id)) ? (options.of.length ? options.of.map((id) => definitionAsked(id, {variant: undefined}, context)) : await anyAimed(context)) : [];
  const targets = await askTargets([...new Set(aimed)], question, context);
  const plain = asked.filter(({id}) => !findTarget(id));
  const answers = await askMany(plain.map(({id}): Question => ({metrics: [id], ...question})), context);
  return asked.flatMap(({id}): Asked[] => {
    const metric = findTarget(id);
    if (metric) return targets.map(({of, answer, readings}) => ({id, answer, target: {metric, of, readings}}));
    return [{id, answer: answers[plain.findIndex((one) => one.id === id)]!}];
  });
}

/** Of a KPI with several definitions the one named, else the one that stands for it in the report. */
function definitionAsked(id: string, {variant}: Pick<Options, "variant">, {manifest, catalogue}: {manifest: Manifest; catalogue: readonly Metric[]}): string {
  if (findTarget(id)) return id;
  if (!catalogue.some((metric) => metric.id === id)) throw new QuestionError({code: "unknown_metric", value: id, message: `unknown metric: ${JSON.stringify(id)}`, allowed: [...catalogue.filter(({internal}) => !internal), ...targetMetrics].map((metric) => metric.id)});
  return variant === undefined ? chosenId(id, manifest, catalogue) : variantId(id, variant, catalogue);
}

/** Without a period: everything. With a trend, its last whole period, because a part one at the end would read as a fall. */
function periodAsked({period, trend}: Options, manifest: Manifest): string {
  if (period !== undefined || !trend) return period ?? "all";
  const closed = `closed:${trend.grain}`;
  return beforeRecords(parsePeriod(closed, manifest), manifest) ? "all" : closed;
}

/** What the reader chose of a funnel; all else is as it is declared. */
function choicesOf(options: Options, manifest: Manifest): FunnelChoices {
  const {by: [by], where, mode, window, credit} = options;
  return {period: periodAsked(options, manifest), filters: filtersOf(where), ...(by !== undefined && {by}), ...(mode && {mode}), ...(window !== undefined && {window: window === "none" ? null : window}), ...(credit !== undefined && {credit})};
}

/** A cohort stands among the ids as `cohort:purchases`. */
const cohortAsked = (ids: readonly string[]): string | undefined => ids.find((id) => id.startsWith("cohort:"))?.slice("cohort:".length);

/** A fitted model stands among the ids as `fit:clv`. */
const fitAsked = (ids: readonly string[]): string | undefined => ids.find((id) => id.startsWith("fit:"))?.slice("fit:".length);

/** A waterfall stands among the ids as `waterfall:mrr`. */
const waterfallAsked = (ids: readonly string[]): string | undefined => ids.find((id) => id.startsWith("waterfall:"))?.slice("waterfall:".length);

/** Two days are compared: where no period is named, those around the last whole month. */
const waterfallPeriod = ({period}: Options, manifest: Manifest): string => period ?? (beforeRecords(parsePeriod("closed:month", manifest), manifest) ? "all" : "closed:month");

/** How long customers stay stands among the ids as `survival:customers`. */
const survivalAsked = (ids: readonly string[]): string | undefined => ids.find((id) => id.startsWith("survival:"))?.slice("survival:".length);

/** How customers do, and who without a contract is lost, stand among the ids as `health:customers` and `lapsed:customers`. */
const customersAsked = (ids: readonly string[]): "health" | "lapsed" | undefined =>
  (ids.includes("health:customers") ? "health" : ids.includes("lapsed:customers") ? "lapsed" : undefined);

/** The choices of cohorts, as options are called. */
const cohortOptions = ["measure", "grain", "span", "first", "base", "form", "key"] as const;

/** What the reader chose of a cohort; all else is as it is declared. The period is that of the starts. */
function cohortChoices({by: [by], where, period, key, measure, grain, span, first, base, form}: Options): CohortChoices {
  const asked = {measure, grain, span, first, base, form, key, by, range: period};
  return {filters: filtersOf(where), ...(Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as CohortChoices)};
}

/** Several values of one dimension are alternatives; an empty one stands for records without a value. */
function filtersOf(where: Options["where"]): Filter[] {
  const dimensions = [...new Set(where.map(([dimension]) => dimension))];
  return dimensions.map((dimension) => ({dimension, values: where.filter(([name]) => name === dimension).map(([, value]) => (value === "" ? null : value))}));
}

async function formatterOf({locale, currency, dimensions}: Manifest): Promise<Formatter> {
  const labels = Object.fromEntries(dimensions.flatMap(({id, label}) => (label === undefined ? [] : [[`dimension.${id}`, label]])));
  return createFormatter({locale, currency, messages: await loadMessages(locale), labels});
}

const collect = <T>(read: (text: string) => T[]) => (text: string, earlier: readonly T[]): T[] => [...earlier, ...read(text)];
const words = (text: string) => text.split(",").map((word) => word.trim()).filter(Boolean);

function readArguments(argv: readonly string[], {out, err}: KpiEffects): {ids: readonly string[]; options: Options} {
  const command = quietly(new Command("kpi"), {out, err})
    .description("answer from the report’s metric layer: metrics by id (win_rate), funnels (--funnel lead_to_cash), cohorts (cohort:purchases), the model of customers’ value (fit:clv), how long customers stay (survival:customers), how they do (health:customers), who without a contract is lost (lapsed:customers), waterfalls (waterfall:mrr, waterfall:pipeline), and products (next:product, white_space:family)")
    .argument("[ids...]", "what to ask for; --list shows all")
    .option("--config <path>", "settings of the report", sampleSettings)
    .option("--by <dimension>", "break down by a dimension; several with commas", collect(words), [])
    .option("--period <key>", "2017, 2017-Q1, 2017-03, 2017-W10, 2017-03-31, FY2017, A..B, closed:month, current:quarter or all; left out: all, with --trend its last whole period")
    .option("--where <dimension=value>", "only these records; repeat for several, leave the value empty for records without one", collect(readFilter), [])
    .option("--compare <with>", "previous, last_year or both with a comma", collect(readComparisons), [])
    .option("--trend <grain:count>", "that many periods up to the one asked for: month:13", readTrend)
    .addOption(new Option("--format <format>", "how to print").choices(["table", "csv", "json"]).default("table"))
    .option("--as-of <day>", "the last day to know about, in place of the settings’")
    .addOption(new Option("--owner-credit <owner>", "whose an opportunity’s numbers are, in place of the settings’").choices(["at_event", "current"]))
    .option("--variant <name>", "another definition of the KPI: logo_churn --variant stripe; --list names them")
    .option("--of <kpi>", "the KPI whose target is meant: target_attainment --of revenue_won; several with commas; left out: every KPI that has targets", collect(words), [])
    .option("--list", "what can be asked of this report")
    .option("--records", "how one number is made: the records behind it, those left out and why, and the SQL; with --format csv the records themselves")
    .option("--funnel <id>", "how many came how far: --funnel lead_to_cash --by source; --list names them")
    .addOption(new Option("--mode <mode>", "when a step of the funnel counts").choices(funnelModes))
    .option("--window <days>", "days allowed from the entry of a funnel, or none; of next:<level>, days until the next product", readWindow)
    .option("--credit <step>", "whose dimensions an entry has: first, last, all, or a step of the funnel", readCredit)
    .option("--dropped <step>", "who reached that step of the funnel and not the next")
    .addOption(new Option("--measure <measure>", "what is told of a cohort at each age").choices(cohortMeasures))
    .addOption(new Option("--grain <grain>", "how long the periods of a cohort are").choices(cohortGrains))
    .addOption(new Option("--span <span>", "ages of a cohort by the calendar, or from each customer’s own start").choices(cohortSpans))
    .addOption(new Option("--first <first>", "the first start ever of each customer, or all who start in a period").choices(cohortFirsts))
    .addOption(new Option("--base <base>", "what shares of a cohort are of: its first period, or the age before").choices(["first", "previous"]))
    .addOption(new Option("--form <form>", "shares or plain numbers").choices(["share", "absolute"]))
    .option("--key <dimension>", "one line of a cohort a member, in place of the period of the start")
    .option("--schema", "print the JSON Schema of --format json, with --list, --records, --funnel, cohort:<id>, fit:clv, survival:<id>, health:customers, lapsed:customers, waterfall:<id>, next:<level> or white_space:<level> of theirs")
    .addHelpText("after", "\nExit code 1: the question or the settings are wrong. 2: the exports are.");
  command.parse([...argv], {from: "user"});
  const options = command.opts<Options>();
  if (command.args.length === 0 && !options.list && !options.schema && options.funnel === undefined) command.error("error: nothing asked. Name a metric, such as win_rate, or a funnel with --funnel, or see all with --list.");
  if (options.funnel !== undefined && (command.args.length > 0 || options.by.length > 1 || options.compare.length > 0 || options.trend || options.records)) command.error("error: --funnel stands alone: no metrics, at most one --by, no --compare, --trend and --records.");
  const choices = (["mode", "window", "credit", "dropped"] as const).filter((choice) => options[choice] !== undefined);
  const products = productsAsked(command.args);
  const ofFunnel = products?.ask === "next" ? choices.filter((choice) => choice !== "window") : choices;
  if (options.funnel === undefined && ofFunnel.length > 0) command.error(`error: --${ofFunnel[0]} is of a funnel: name it with --funnel lead_to_cash.`);
  if (products && (command.args.length > 1 || options.by.length > 0 || options.period !== undefined || options.compare.length > 0 || options.trend || options.records || options.list || options.funnel !== undefined || options.window === "none" || options.window === 0)) command.error(`error: ${products.ask}:<level> stands alone: no other ids, no --by, --period, --compare, --trend, --records, --list and --funnel; a --window is of a day or more.`);
  const isCohort = cohortAsked(command.args) !== undefined;
  if (isCohort && (command.args.length > 1 || options.by.length > 1 || options.compare.length > 0 || options.trend || options.records || options.funnel !== undefined)) command.error("error: cohort:<id> stands alone: no other ids, at most one --by, no --compare, --trend, --records and --funnel.");
  if (fitAsked(command.args) !== undefined && (command.args.length > 1 || options.by.length > 0 || options.where.length > 0 || options.period !== undefined || options.compare.length > 0 || options.trend || options.records || options.list || options.funnel !== undefined)) command.error("error: fit:<id> stands alone: no other ids, no --by, --where, --period, --compare, --trend, --records, --list and --funnel.");
  if (waterfallAsked(command.args) !== undefined && (command.args.length > 1 || options.by.length > 1 || options.compare.length > 0 || options.trend || options.records || options.list || options.funnel !== undefined)) command.error("error: waterfall:<id> stands alone: no other ids, at most one --by, no --compare, --trend, --records, --list and --funnel.");
  if (survivalAsked(command.args) !== undefined && (command.args.length > 1 || options.by.length > 1 || options.period !== undefined || options.compare.length > 0 || options.trend || options.records || options.list || options.funnel !== undefined)) command.error("error: survival:<id> stands alone: no other ids, at most one --by, no --period, --compare, --trend, --records, --list and --funnel.");
  const customers = customersAsked(command.args);
  if (customers !== undefined && (command.args.length > 1 || options.by.length > 0 || (customers === "health" && options.period !== undefined) || options.compare.length > 0 || options.trend || options.records || options.list || options.funnel !== undefined)) command.error(`error: ${customers}:customers stands alone: no other ids, no --by, ${customers === "health" ? "--period, " : ""}--compare, --trend, --records, --list and --funnel.`);
  const ofCohort = cohortOptions.filter((choice) => options[choice] !== undefined);
  if (!isCohort && ofCohort.length > 0) command.error(`error: --${ofCohort[0]} is of a cohort: name it, such as cohort:purchases.`);
  if (options.records && !options.schema && (command.args.length !== 1 || options.by.length > 0 || options.compare.length > 0 || options.trend)) command.error("error: --records is of one number: name one metric and one --period, and a member by --where region=West, without --by, --compare and --trend.");
  return {ids: command.args, options};
}

function readFilter(text: string): [string, string][] {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("Write dimension=value, such as region=West.");
  return [[text.slice(0, at).trim(), text.slice(at + 1).trim()]];
}

function readWindow(text: string): number | "none" {
  if (text === "none") return text;
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError("Write days, such as 30, or none.");
  return Number(text);
}

const readCredit = (text: string): FunnelCredit => (text === "first" || text === "last" || text === "all" ? text : {step: text});

function readComparisons(text: string): ("previous" | "last_year")[] {
  return words(text).map((word) => {
    if (word !== "previous" && word !== "last_year") throw new InvalidArgumentError("Allowed choices are previous, last_year.");
    return word;
  });
}

function readTrend(text: string): Options["trend"] {
  const [, grain, count] = /^(day|week|month|quarter|year|fiscal_quarter|fiscal_year):([1-9]\d*)$/.exec(text) ?? [];
  if (!grain) throw new InvalidArgumentError("Write a grain and a count, such as month:13.");
  return {grain: grain as Grain, count: Number(count)};
}
