import {createHash} from "node:crypto";
import {mkdir, mkdtemp, readdir, readFile, rm, stat} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, it, onTestFinished} from "vitest";
import {writeMartDatabase} from "../../loaders/build/martDatabase.js";
import {writeMartFiles} from "../../loaders/build/martFiles.js";
import {openNative, type Native} from "../../loaders/native.js";

const mart = `
  select date '2023-01-01' + (i % 700)::integer as day, case when hash(i) % 9 > 0 then 'R-' || hash(i) end as record_id, ['open', 'won', null][1 + i % 3] as state, 'Owner ' || (i % 40) as owner, null::varchar as team,
    (hash(i) % 1000000 / 100)::decimal(18, 2) as amount, i % 2 = 0 as is_won,
    case when hash(i) % 3 > 0 then hash(i) % 5 = 0 end as is_next, case when hash(i) % 7 > 0 then hash(i) % 2 end::utinyint as part, case when hash(i) % 7 > 0 then -(hash(i) % 100)::integer end::tinyint as change from range(80000) t(i) order by all`;

describe("a mart's database file", () => {
  let folder: string;
  let native: Native;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "quarterdeck-mart-"));
    native = await openNative();
    await native.exec(`copy (${mart}) to '${join(folder, "m.parquet")}' (format parquet, row_group_size 4096)`);
  });

  afterAll(async () => {
    native.close();
    await rm(folder, {recursive: true});
  });

  const write = async (name: string) => {
    const path = join(folder, name);
    await writeMartDatabase("m", join(folder, "m.parquet"), path);
    return path;
  };

  it("holds the rows of the Parquet file, in its order", async () => {
    const path = await write("rows.duckdb");
    await native.exec(`attach '${path}' as f (read_only)`);
    const parquet = `from read_parquet('${join(folder, "m.parquet")}')`;
    const [differing] = await native.run({sql: `select count(*) as n from ((${parquet} except all from f.m) union all (from f.m except all ${parquet}))`, params: []});
    expect(differing).toEqual({n: 0});
    expect(await native.run({sql: "from f.m limit 500", params: []})).toEqual(await native.run({sql: `${parquet} limit 500`, params: []}));
    await native.exec("detach f");
  });

  it("names the values of a text column beforehand, of ids the few that two of their letters have", async () => {
    const path = await write("types.duckdb");
    await native.exec(`attach '${path}' as f (read_only)`);
    const types = async (relation: string) => Object.fromEntries((await native.run({sql: `describe ${relation}`, params: []})).map(({column_name, column_type}) => [column_name, String(column_type)]));
    expect(await types("f.m")).toMatchObject({owner: expect.stringMatching(/^ENUM/) as unknown, record_id: "VARCHAR"});
    const stored = await types("f.stored");
    const pieces = Object.keys(stored).filter((name) => name.startsWith("record_id"));
    expect(pieces.length).toBeGreaterThan(5);
    for (const piece of pieces) expect(stored[piece]!.split(",").length).toBeLessThan(200);
    await native.exec("detach f");
  });

  it("has the same bytes every time, whatever the memory held before", async () => {
    const hashes = new Set<string>();
    for (const filling of [0n, -1n, 0x123456789abcdefn, 77n]) {
      // Leaves another pattern in the memory that the writer gets next.
      const poison = await openNative({threads: 1});
      await poison.exec(`create table poison as select ${filling} + i % 3 as a, repeat('${filling}', 9) || i as b from range(500000) t(i)`);
      poison.close();
      hashes.add(createHash("sha256").update(await readFile(await write("bytes.duckdb"))).digest("hex"));
    }
    expect(hashes.size).toBe(1);
  });

  it("replaces an earlier file, also one that is no database", async () => {
    const path = await write("again.duckdb");
    const {size} = await stat(path);
    await write("again.duckdb");
    expect((await stat(path)).size).toBe(size);
  });
});

describe("the files of a report's marts", () => {
  const build = async (marts: Readonly<Record<string, string>>) => {
    const folder = await mkdtemp(join(tmpdir(), "quarterdeck-marts-"));
    onTestFinished(() => rm(folder, {recursive: true}));
    await mkdir(join(folder, "build/marts"), {recursive: true});
    const native = await openNative();
    for (const [name, rows] of Object.entries(marts)) await native.exec(`copy (${rows}) to '${join(folder, `build/marts/${name}.parquet`)}' (format parquet)`);
    native.close();
    const names = await writeMartFiles(join(folder, "build"), join(folder, "marts"));
    return {names, found: await readdir(join(folder, "marts")), folder};
  };

  it("are those of the build, as Parquet and as database, under names that say what is in them", async () => {
    const {names, found, folder} = await build({fct_order: "select 1 as n", dim_owner: "select 'a' as owner"});
    expect(Object.keys(names)).toEqual(["dim_owner", "fct_order"]);
    expect(found.sort()).toEqual(Object.values(names).flatMap(({parquet, database}) => [database!, parquet!]).sort());
    for (const name of found) {
      const hash = createHash("sha256").update(await readFile(join(folder, "marts", name))).digest("hex");
      expect(name).toMatch(new RegExp(`^(dim_owner|fct_order)\\.${hash.slice(0, 8)}\\.(parquet|duckdb)$`));
    }
  });

  it("hold the ids of records as database alone", async () => {
    const {names, found} = await build({fct_order: "select 1 as n", ids_of_fct_order: "select 'x' as record_id"});
    expect(Object.keys(names.ids_of_fct_order!)).toEqual(["database"]);
    expect(found.length).toBe(3);
  });

  it("keep their names where their rows are the same, and change them where one differs", async () => {
    const {names: before} = await build({fct_order: "select 1 as n", dim_owner: "select 'a' as owner"});
    const {names: after} = await build({fct_order: "select 1 as n", dim_owner: "select 'b' as owner"});
    expect(after.fct_order).toEqual(before.fct_order);
    expect(after.dim_owner!.parquet).not.toBe(before.dim_owner!.parquet);
    expect(after.dim_owner!.database).not.toBe(before.dim_owner!.database);
  });
});
