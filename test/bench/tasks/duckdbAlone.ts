// What the engine needs by itself: each CSV read once with DuckDB's own sniffing and written to Parquet.

import {mkdir} from "node:fs/promises";
import {basename, join} from "node:path";
import {openNative, quoteText} from "../../../loaders/native.js";
import {measureTask} from "../child.js";

await measureTask(async ([folder, ...files]) => {
  if (folder === undefined || files.length === 0) throw new Error("usage: duckdbAlone <folder for Parquet> <CSV file> …");
  await mkdir(folder, {recursive: true});
  const native = await openNative({spill: join(folder, "spill")});
  let rows = 0;
  for (const file of files) {
    const parquet = quoteText(join(folder, `${basename(file, ".csv")}.parquet`));
    await native.exec(`copy (from read_csv(${quoteText(file)})) to ${parquet} (format parquet, compression zstd)`);
    const [counted] = await native.run({sql: `select num_rows from parquet_file_metadata(${parquet})`, params: []});
    rows += Number(counted!.num_rows);
  }
  native.close();
  return {rows};
});
