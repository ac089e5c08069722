// What the engine needs by itself: every CSV of a folder read with DuckDB's own sniffing and written to Parquet once.

import {mkdir} from "node:fs/promises";
import {basename, join} from "node:path";
import {glob} from "tinyglobby";
import {openNative, quoteText} from "../../../loaders/native.js";
import {measureTask} from "../child.js";

await measureTask(async ([source, target]) => {
  if (source === undefined || target === undefined) throw new Error("usage: duckdbAlone <folder with CSV files> <folder for Parquet>");
  await mkdir(target, {recursive: true});
  const native = await openNative({spill: join(target, "spill")});
  let rows = 0;
  for (const file of (await glob("**/*.csv", {cwd: source, absolute: true})).sort()) {
    const parquet = quoteText(join(target, `${basename(file, ".csv")}.parquet`));
    await native.exec(`copy (from read_csv(${quoteText(file)})) to ${parquet} (format parquet, compression zstd)`);
    const [counted] = await native.run({sql: `select count(*) as n from ${parquet}`, params: []});
    rows += Number(counted!.n);
  }
  native.close();
  return {rows};
});
