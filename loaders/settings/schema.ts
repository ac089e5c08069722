// The grammar of data/report.yaml. Editors complete from data/report.schema.json, which is made from this file.

import {z} from "zod";
import {canonicalTables} from "../canonical/schema.js";
import type {TableName} from "../canonical/schema.js";
import {crms, type CrmName} from "../sources/index.js";
import {privacyKeys} from "../privacy/settings.js";
import {publishKeys} from "../publish/settings.js";
import {gatesSchema} from "../publish/gates/define.js";
import {pullSchema} from "../pull/settings.js";
import {checksSchema} from "../quality/settings.js";
import {currencyCodes} from "./currencies.js";
import {alertsSchema} from "./alerts.js";
import {cohortsSchema} from "./cohorts.js";
import {digestSchema} from "./digest.js";
import {funnelsSchema} from "./funnels.js";
import {judgingKeys, rulesKeys} from "./rules.js";
import {businessHoursSchema} from "./businessHours.js";
import {lossRules, usualLoss} from "../../src/metrics/purchases.js";
import {graceDays as usualGrace} from "../../src/metrics/subscriptions.js";
import {healthInputs, type HealthInput} from "../../src/metrics/health.js";

const months = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"] as const;
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export {months, weekdays};

const isoDay = /^\d{4}-\d{2}-\d{2}$/;
const name = z.string().regex(/^[a-z][a-z0-9_]*$/, "lower-case letters, digits and _");
const words = z.array(z.string());
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const share = z.union([z.string().regex(/^(100|\d{1,2}(\.\d+)?)%$/, "a share such as 1%"), z.number().min(0).max(1)]);

/** Whether a day such as 2025-02-30 exists. */
function dayExists(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return isoDay.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function zoneExists(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", {timeZone: zone}).format(0) !== "" && !/^[+-]/.test(zone);
  } catch {
    return false;
  }
}

function hasOneGroup(pattern: string): boolean {
  try {
    return new RegExp(`${pattern}|`, "iu").exec("")?.length === 2;
  } catch {
    return false;
  }
}

const zones = Intl.supportedValuesOf("timeZone");

/** Closed sets too long to print; the nearest word is looked up in them. */
export const vocabularies: Readonly<Record<string, readonly string[]>> = {time_zone: [...zones, "UTC"], zone: [...zones, "UTC"], currency: [...currencyCodes]};

const day = z.string().refine(dayExists, "a day as YYYY-MM-DD");
const zone = z.string().refine(zoneExists, "an IANA time zone such as Europe/Budapest");
const currency = z.string().refine((code) => currencyCodes.has(code), "an ISO 4217 code such as EUR");

const baseRule = z.strictObject({
  column: z.union([z.string(), words.min(1)]).optional().describe("Header name, or several of which the first present counts"),
  file: z.string().optional().describe("The file that has the column, where several do"),
  value: scalar.optional().describe("The same value in every row"),
  row: z.literal(true).optional().describe("The name of the file and the number of the record in it: an id where the export has none"),
  columns: words.min(1).optional().describe("Several columns whose texts are joined by a blank"),
  map: z.record(z.string(), scalar.nullable()).optional().describe("Values replaced before casting; null empties the cell"),
  else: scalar.nullable().optional().describe("What values outside the map become"),
  prefix: z.string().optional().describe("Only values that start so count"),
  single: z.boolean().optional().describe("The cell lists several, as in [a, b]: the first counts"),
  where: z.strictObject({column: z.union([z.string(), words.min(1)]), values: words.min(1)}).optional().describe("Only in rows in which another column has one of these"),
  day: z.boolean().optional().describe("Calendar days: a time of day written beside them means nothing"),
  divide: z.number().positive().optional().describe("What the number is divided by: 100 for percentages"),
  optional: z.boolean().optional().describe("The file may lack the column")
});
const rule = z.union([z.string(), baseRule, z.strictObject({first: z.array(z.union([z.string(), baseRule])).min(1).describe("The first rule that gives a value")})]).meta({id: "rule", description: "A column name, or how the value is made"});

const custom = z
  .record(
    name,
    z.strictObject({
      ...baseRule.shape,
      type: z.enum(["text", "integer", "number", "money", "percent", "boolean", "date", "timestamp"]).default("text").describe("How the column is typed"),
      role: z.enum(["dimension", "measure"]).default("dimension").describe("Filters and breaks down, or is summed"),
      label: z.string().describe("What readers see"),
      unit: z.enum(["count", "currency", "percent", "days", "ratio", "score"]).optional().describe("Unit of a measure"),
      privacy: z.enum(["public", "internal", "personal"]).default("internal").describe("Personal columns are never published")
    })
  )
  .meta({id: "custom", description: "Other columns to keep, by a name of your own"});

const stages = z
  .strictObject({
    open: words.default([]).describe("Open stages in pipeline order"),
    won: words.default([]).describe("Stages that mean won"),
    lost: words.default([]).describe("Stages that mean lost")
  })
  .meta({id: "stages", description: "What each stage means"});

const exclude = z
  .array(
    z.strictObject({
      column: z.string().describe("Header name"),
      values: z.array(scalar).optional().describe("Rows with one of these are left out"),
      except: z.array(scalar).optional().describe("Rows without one of these are left out"),
      why: z.enum(["deleted", "merged", "test", "other"]).describe("Counted under this reason")
    })
  )
  .meta({id: "exclude", description: "Rows to leave out"});

const join = z
  .array(
    z.strictObject({
      file: z.string().describe("File name or glob; its key is unique"),
      on: z.union([z.string(), z.strictObject({left: z.string(), right: z.string()})]).describe("The column both files share, or one name each"),
      sheet: z.string().min(1).optional().describe("Sheet of the workbook; the source's where absent"),
      optional: z.boolean().optional().describe("The file may be absent")
    })
  )
  .meta({id: "join", description: "Files joined by a text key"});

const unpivot = z
  .strictObject({
    match: z.string().refine(hasOneGroup, "a regular expression with one group, such as Date entered (.+)").describe("Regular expression over the headers; its one group is the name"),
    name: z.string().min(1).describe("What the column of names is called"),
    value: z.string().min(1).describe("What the column of cells is called")
  })
  .meta({id: "unpivot", description: "Columns turned into rows, one for each filled cell"});

const tableNames = Object.keys(canonicalTables) as TableName[];
const columnsOf = Object.fromEntries(
  tableNames.map((table) => {
    const columns = Object.entries(canonicalTables[table].columns).map(([column, {meaning}]) => [column, rule.optional().describe(meaning)] as const);
    return [table, z.strictObject(Object.fromEntries(columns)).meta({id: `columns_${table}`, description: `Columns of ${table}: ${canonicalTables[table].grain}`})];
  })
) as unknown as Record<TableName, z.ZodType<Record<string, z.output<typeof rule> | undefined>>>;

const mapping = (table: TableName) =>
  z.strictObject({
    file: z.union([z.string(), words.min(1)]).describe("File name or glob"),
    optional: z.boolean().optional().describe("The file may be absent"),
    each: z.string().min(1).optional().describe("A list within each record, one row an element: journals, or issues.journals"),
    unpivot: unpivot.optional(),
    sheet: z.string().min(1).optional().describe("Sheet of a workbook that has several"),
    columns: columnsOf[table],
    join: join.optional(),
    exclude: exclude.optional(),
    custom: custom.optional(),
    stages: stages.optional()
  }).meta({id: `mapping_${table}`});

const tables = z.strictObject(
  Object.fromEntries(
    tableNames.map((table) => {
      const one = mapping(table);
      return [table, z.union([one, z.array(one)]).optional().describe(canonicalTables[table].grain)];
    })
  )
);

const common = {
  id: name.describe("Short name of the source"),
  folder: z.string().optional().describe("Where the exports are, relative to this file; ${NAME} is an environment variable. Of a source that is pulled, where they are kept, a folder a day, if not in exports/<id>"),
  pull: pullSchema.optional(),
  dated: z.boolean().optional().describe("The folder holds one folder a day, 2025-08-01: the newest is the present, the others tell history"),
  vanished: z.enum(["deleted", "out_of_view"]).optional().describe("Of dated exports: what it means that a record is gone from them; out_of_view where they show only some records"),
  sheet: z.string().min(1).optional().describe("Sheet of workbooks that have several"),
  encoding: z.string().optional().describe("utf-8, utf-16le, windows-1252 …; only needed where it is not UTF-8"),
  zone: zone.optional().describe("Time zone of stamps that carry no offset"),
  dates: words.optional().describe("Formats besides ISO, in YYYY MM DD hh mm ss A M D MMM tokens: DD/MM/YYYY; also excel (serial days), epoch, epoch_ms"),
  months: z.string().min(2).optional().describe("Language of the names of months in dates where it is not English: fr, hu, pt-BR"),
  decimal: z.enum([".", ","]).optional().describe("Decimal mark"),
  group: z.enum(["", ",", ".", " ", "'"]).optional().describe("Thousands mark"),
  nulls: words.optional().describe("Cells that mean empty"),
  delimiter: z.string().length(1).optional().describe("Column separator; found by itself among , ; tab |"),
  footer: words.optional().describe("How a line begins that stands below the last record and is none: Grand Total, Copyright")
};

const only = z
  .record(z.string(), z.record(z.string(), z.union([scalar, z.array(scalar).min(1)])))
  .meta({id: "only", description: "Which rows are of a kind, where one list holds all: {opportunity: {Tracker: Deal}}"});

const csvSource = z.strictObject({...common, type: z.literal("csv"), tables: tables.describe("Which file feeds which table")});

const crmSource = z.strictObject({
  ...common,
  type: z.enum(Object.keys(crms) as [CrmName, ...CrmName[]]).describe("The CRM whose exports these are"),
  files: z.record(z.string(), z.string()).optional().describe("File name or glob by object, where it is not the usual one: {Opportunity: extract.csv}"),
  only: only.optional(),
  stages: stages.optional(),
  probability: z.record(z.string(), share).optional().describe("Chance to win by stage, where records carry none"),
  columns: z.strictObject(Object.fromEntries(tableNames.map((table) => [table, columnsOf[table].optional()]))).optional().describe("Columns to take from elsewhere than the CRM's standard field"),
  custom: z.strictObject(Object.fromEntries(tableNames.map((table) => [table, custom.optional()]))).optional().describe("Other columns to keep, by table"),
  exclude: z.strictObject(Object.fromEntries(tableNames.map((table) => [table, exclude.optional()]))).optional().describe("Rows to leave out, by table")
});

const weight = z.number().min(0).max(1000).optional();
const score = z.number().min(0).max(100);
const limits = z.array(z.number().positive()).min(1).max(9).refine((values) => values.every((value, k) => k === 0 || value > values[k - 1]!), "limits in rising order");

export const settingsSchema = z.strictObject({
  title: z.string().min(1).describe("Shown on every page"),
  fictional: z.boolean().default(false).describe("The company is made up; the site says so"),
  language: z.enum(["en", "hu"]).default("en").describe("Language of the pages"),
  time_zone: zone.describe("IANA zone in which days begin and end"),
  currency: currency.describe("ISO 4217 code of the report's amounts"),
  fiscal_year_start: z.enum(months).default("january").describe("First month of the fiscal year"),
  week_start: z.enum(weekdays).default("monday").describe("First day of the week"),
  working_days: z.array(z.enum(weekdays)).min(1).default(["monday", "tuesday", "wednesday", "thursday", "friday"]).describe("Days on which people work"),
  holidays: z.union([z.array(day), z.string()]).default([]).describe("Days off: a list, or a CSV file with a date column"),
  business_hours: businessHoursSchema(weekdays),
  as_of: z.union([z.literal("newest"), day]).default("newest").describe("Last day the data knows about: newest, or YYYY-MM-DD"),
  default_period: z
    .string()
    .regex(/^((closed|current):(week|month|quarter|year|fiscal_quarter|fiscal_year)|all)$/, "closed:month, current:quarter, all …")
    .default("closed:month")
    .describe("Period shown when the reader chose none"),
  reject_limit: share.default("1%").describe("Share of a table's rows with rejects that stops the build"),
  checks: checksSchema,
  reconcile: z.string().optional().describe("CSV file of the CRM’s own totals: metric, period, where, value, tolerance, records"),
  ...privacyKeys,
  gates: gatesSchema,
  ...publishKeys,
  metrics: z
    .record(name, z.strictObject({
      window: z.union([z.literal("none"), z.string().regex(/^\d+d$/, "days such as 90d, or none")]).optional().describe("Time allowed for the conversion"),
      variant: name.optional().describe("Which of its definitions stands for the KPI: `npm run kpi -- --list` names them"),
      ...judgingKeys
    }))
    .default({})
    .describe("Changes to single KPIs, by id"),
  alerts: alertsSchema,
  digest: digestSchema,
  cohorts: cohortsSchema,
  funnels: funnelsSchema,
  ...rulesKeys,
  health: z
    .strictObject({
      weights: z.strictObject(Object.fromEntries(healthInputs.map((input) => [input, weight])) as Record<HealthInput, typeof weight>).optional()
        .describe("How much each input counts for a customer's health; 0 leaves it out"),
      bands: z.strictObject({amber: score.optional(), green: score.optional()}).optional().describe("Lowest score of each band; below amber is red")
    })
    .optional()
    .describe("The customers' health score"),
  assumptions: z
    .strictObject({
      crm_gain: z.strictObject({low: z.number(), base: z.number(), high: z.number()}).optional()
        .describe("What the CRM is taken to gain the company a year, in the report's currency: a range from low to high")
    })
    .default({})
    .describe("Numbers that no data hold"),
  activity_points: z.strictObject({email: weight, call: weight, meeting: weight, task: weight}).optional()
    .describe("Points of one activity by its type, for the race of activities; 0 leaves it out"),
  owner_credit: z.enum(["at_event", "current"]).default("at_event")
    .describe("Whose an opportunity's numbers are: the owner's on the day of the event, or the present one's"),
  lost_reasons: z.strictObject({
    duplicate: words.optional().describe("Reasons that call it a duplicate"),
    test: words.optional().describe("Reasons that call it a test")
  }).optional().describe("Reasons for which a lost opportunity was none: it is left out and counted. In place of the shipped words; with an empty list they count as lost"),
  hygiene: z
    .strictObject({uncontacted_hours: z.number().int().min(1).max(8760).optional().describe("Hours after which an open lead that nobody contacted is listed; default 24")})
    .default({})
    .describe("The lists of what to mend"),
  churn: z
    .strictObject({
      grace_days: z.number().int().min(1).max(365).default(usualGrace).describe("Days without any paid subscription from which on a customer has left; who is back sooner never did"),
      lost_by: z.enum(lossRules).default(usualLoss.by).describe("When a customer without a contract counts as lost: gap, no order for as long as nine in ten gaps of its segment; alive, a chance of still buying below alive_under (by the gap who ordered once, and all where no model holds). The next order takes it back"),
      alive_under: z.number().min(0.01).max(0.99).default(usualLoss.under).describe("The chance of still buying below which a customer without a contract is taken for lost")
    })
    .prefault({})
    .describe("When a customer has left"),
  survival: z
    .strictObject({observed_from: day.optional().describe("First day from which it is recorded who leaves: customers who began before it enter late; all are observed from their start where absent")})
    .default({})
    .describe("How long customers stay"),
  bands: z.strictObject({
    size: limits.optional().describe("What deals are worth, in the report's currency: bands begin at each; quartiles of what was won and lost where absent"),
    cycle: limits.optional().describe("Days that deals took: bands end with each")
  }).optional().describe("Limits of the bands of deals"),
  snapshots: z.strictObject({
    store: z.string().min(1).default("snapshots").describe("Folder that keeps frozen months, relative to this file; ${NAME} is an environment variable"),
    publisher: z.string().min(1).optional().describe("Who publishes them, shown beside each month; ${NAME} is an environment variable"),
    drift: z.enum(["stop", "warn", "off"]).default("stop").describe("What happens where a headline KPI leaves what is usual for it: stop asks for --accept REASON")
  }).prefault({}).describe("Months frozen by npm run snapshot"),
  sources: z.array(z.discriminatedUnion("type", [csvSource, crmSource])).min(1).describe("Where the data comes from")
});

export type SettingsDocument = z.output<typeof settingsSchema>;
export type CsvSourceSettings = z.output<typeof csvSource>;
export type CrmSourceSettings = z.output<typeof crmSource>;
export type RuleSettings = z.output<typeof rule>;

/** The JSON Schema that editors read: data/report.schema.json holds this, indented by two blanks. */
export function settingsJsonSchema(): unknown {
  return z.toJSONSchema(settingsSchema, {io: "input"});
}
