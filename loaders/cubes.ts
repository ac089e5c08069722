// Fills the cubes that the metrics call for from the written marts, and keeps those that are worth their bytes.

import {join} from "node:path";
import type {DimensionId} from "../src/metrics/define.js";
import {compileContext} from "../src/query/ask.js";
import {breakpoints} from "../src/query/breakpoints.js";
import {catalogueOf} from "../src/query/catalogue.js";
import {cubeColumns, cubeDimensions, cubesOf, type Cube, type CubeColumn} from "../src/query/cubes.js";
import type {CubeInfo, Manifest} from "../src/query/manifest.js";
import {combine, measuredRows, type Leaf} from "../src/query/measure.js";
import {anyOf, column} from "../src/query/predicate.js";
import {identifier, join as list, sql, type Sql} from "../src/query/sql.js";
import {columnsOf} from "./marts.js";
import {quoteIdentifier, quoteText, type Native} from "./native.js";
import {writeMart} from "./parquet.js";

/** What makes a cube worth its bytes. */
export interface CubeRule {
  /** Marts with fewer rows have none: reading them takes no longer than the fixed cost of a statement. */
  readonly smallestMart: number;
  /** Share of the rows of the next larger relation that answers the same; a rung with more is left out. */
  readonly largestShare: number;
  /** Share of the mart's rows for cubes of single values: ranking counted values takes longer than adding sums. */
  readonly largestValueShare: number;
  /** Most rows of a part of a funnel's tally: as declared, and of another mode or window. */
  readonly largestTally: readonly [declared: number, other: number];
  /** Most rows of a part of a cohort's tally. */
  readonly largestCohort: number;
  /** Most rows of a part of a funnel's day counts: as declared, and of another window. */
  readonly largestPace: readonly [declared: number, other: number];
}

export const payingCubes: CubeRule = {smallestMart: 100_000, largestShare: 1 / 3, largestValueShare: 1 / 10, largestTally: [250_000, 30_000], largestCohort: 60_000, largestPace: [300_000, 60_000]};

/** Every cube with every rung, whatever it costs. */
export const allCubes: CubeRule = {smallestMart: 0, largestShare: Infinity, largestValueShare: Infinity, largestTally: [Infinity, Infinity], largestCohort: Infinity, largestPace: [Infinity, Infinity]};

/** Writes `<cube>.parquet` beside the marts of `manifest` in `folder` and returns what the manifest says of them. */
export async function writeCubes(native: Native, manifest: Manifest, folder: string, rule: CubeRule = payingCubes, catalogue = catalogueOf(manifest)): Promise<CubeInfo[]> {
  const written: CubeInfo[] = [];
  await createEdges(native, breakpoints(manifest));
  for (const cube of cubesOf(catalogue)) {
    const mart = manifest.marts.find(({name}) => name === cube.mart);
    if (!mart || mart.rows < rule.smallestMart) continue;
    const rows: Sql = {text: `read_parquet(${quoteText(join(folder, `${cube.mart}.parquet`))})`, params: []};
    const worth = mart.rows * (cube.value === undefined ? rule.largestShare : rule.largestValueShare);
    const {dimensions, rungs} = await createRungs(native, cube, {manifest, rows, worth, share: rule.largestShare});
    if (rungs.length > 0) written.push(await writeCube(native, cube, {dimensions, rungs, path: join(folder, `${cube.name}.parquet`)}));
    for (let wide = 0; wide <= dimensions.length; wide++) await native.exec(`drop table if exists ${table(wide)}`);
  }
  await native.exec("drop table cube_day; drop table cube_census");
  return written;
}

/** Creates the tables `cube_day`, every day with the breakpoint that it is counted at, and `cube_census`, the days on which stocks are taken. */
export async function createEdges({exec}: Native, edges: readonly string[]): Promise<void> {
  const values = edges.map((edge) => `(date ${quoteText(edge)})`).join(", ");
  await exec(`create temp table cube_census as from (values ${values}) edge(day)`);
  await exec(`create temp table cube_day as
    select unnest(range(first, past, interval 1 day))::date as day, first as counted
    from (select day as first, lead(day) over (order by day) as past from cube_census) where past is not null`);
}

interface Rung {
  readonly dimensions: readonly DimensionId[];
  readonly rows: number;
}

interface Filling {
  readonly manifest: Manifest;
  readonly rows: Sql;
  /** Most rows of the widest rung. */
  readonly worth: number;
  /** Most rows of any other, as a share of the one before. */
  readonly share: number;
}

const table = (width: number) => quoteIdentifier(`cube_rung_${width}`);

/** Creates one table for each number of dimensions, each from the wider one, and returns those worth keeping, widest first. */
async function createRungs(native: Native, cube: Cube, {manifest, rows, worth, share}: Filling): Promise<{dimensions: DimensionId[]; rungs: Rung[]}> {
  const dimensions = cubeDimensions(cube, manifest.dimensions);
  const columns = cubeColumns(cube, compileContext(manifest));
  const rungs: Rung[] = [];
  let most = worth;
  for (let wide = dimensions.length; wide >= Math.min(1, dimensions.length); wide--) {
    const kept = dimensions.slice(0, wide);
    const {text, params} = wide === dimensions.length ? countedRows(cube, {rows, kept, columns}) : narrowed(cube, kept, columns);
    await native.exec(`create temp table ${table(wide)} as ${text}`, [...params]);
    const [counted] = await native.run({sql: `select count(*) as n from ${table(wide)}`, params: []});
    const count = Number(counted!.n);
    if (count > most) continue;
    rungs.push({dimensions: kept, rows: count});
    most = count * share;
  }
  return {dimensions, rungs};
}

const selected = (columns: readonly Sql[]): Sql => list(columns, ", ");
const timeColumns = ({rule}: Cube): string[] => (rule.kind === "event" ? [rule.time] : [rule.from, rule.to]);
const valueColumn = ({value}: Cube): string[] => (value === undefined ? [] : [value]);

interface Counting {
  readonly rows: Sql;
  readonly kept: readonly DimensionId[];
  readonly columns: readonly CubeColumn[];
}

/** The widest rung, from the records. */
function countedRows({rule, leaves, value}: Cube, {rows, kept, columns}: Counting): Sql {
  const [place, join] = rule.kind === "event"
    ? [sql`coalesce(d.counted, ${column(rule.time)}) as ${identifier(rule.time)}`, sql`left join cube_day as d on ${column(rule.time)} = d.day`]
    : [sql`d.day - 1 as ${identifier(rule.from)}, d.day as ${identifier(rule.to)}`, sql`join cube_census as d on ${column(rule.from)} < d.day and ${column(rule.to)} >= d.day`];
  const groups = [place, ...kept.map((dimension) => column(dimension)), ...(value === undefined ? [] : [measured(value, leaves)])];
  return sql`select ${selected([...groups, ...columns.map(({name, value: held}) => sql`${held} as ${identifier(name)}`)])} from ${rows} as f ${join} group by all`;
}

/** Values that no quantile looks at are counted together. */
function measured(value: string, leaves: readonly Leaf[]): Sql {
  const looked = leaves.flatMap((leaf) => ("aggregate" in leaf ? [measuredRows(leaf)] : []));
  const any = looked.some((condition) => condition === null) ? null : anyOf(looked.flatMap((condition) => condition ?? []));
  return any ? sql`case when ${any} then ${column(value)} end as ${identifier(value)}` : column(value);
}

/** A rung from the next wider one. */
function narrowed(cube: Cube, kept: readonly DimensionId[], columns: readonly CubeColumn[]): Sql {
  const groups = [...timeColumns(cube), ...valueColumn(cube), ...kept].map(identifier);
  const sums = columns.map(({name}) => sql`${combine(name, identifier(name))} as ${identifier(name)}`);
  const wider: Sql = {text: table(kept.length + 1), params: []};
  return sql`select ${selected([...groups, ...sums])} from ${wider} group by all`;
}

interface Writing {
  readonly dimensions: readonly DimensionId[];
  /** At least one. */
  readonly rungs: readonly Rung[];
  readonly path: string;
}

async function writeCube(native: Native, cube: Cube, {dimensions, rungs, path}: Writing): Promise<CubeInfo> {
  const described = await columnsOf(native, `select * from ${table(dimensions.length)}`);
  const cast = described.map(({name, type}) => `${quoteIdentifier(name)}::${narrow[type] ?? type} as ${quoteIdentifier(name)}`);
  const all = rungs.map(({dimensions: kept}, k) => {
    const own = cast.filter((_, c) => !dimensions.slice(kept.length).includes(described[c]!.name));
    return `select ${k}::utinyint as rung, ${own.join(", ")} from ${table(kept.length)}`;
  });
  const rows = all.join(" union all by name ");
  const order = ["rung", ...timeColumns(cube), ...rungs[0]!.dimensions, ...valueColumn(cube)].map(quoteIdentifier);
  const mart = {
    name: cube.name,
    grain: `one row per rung, ${[...timeColumns(cube), ...valueColumn(cube)].join(", ")} and member of each dimension of the rung, over the rows of ${cube.mart}`,
    columns: await columnsOf(native, rows),
    custom: [],
    rows,
    records: rows,
    select: `from (${rows}) order by ${order.join(", ")}`
  };
  return {...(await writeMart(native, mart, path)), mart: cube.mart, rungs};
}

/** Counts fit; what is wider than 64 bits would be written as a binary fraction. */
export const narrow: Readonly<Record<string, string>> = {BIGINT: "INTEGER", HUGEINT: "BIGINT"};
