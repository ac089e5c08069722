// The build of a report's data, exports to marts, with a cache folder of its own.

import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {runPipeline} from "../../../loaders/pipeline.js";
import {readSettings} from "../../../loaders/settings.js";
import {measureTask} from "../child.js";

await measureTask(async ([settings, cache]) => {
  if (settings === undefined || cache === undefined) throw new Error("usage: marts <report.yaml> <cache folder>");
  const {folder, manifest, cached} = await runPipeline(await readSettings(settings), {cache});
  return {
    cached,
    folder,
    rows: manifest.files.reduce((sum, {rows}) => sum + rows, 0),
    bytes: manifest.files.reduce((sum, {bytes}) => sum + bytes, 0),
    files: [...new Set(manifest.files.map(({file}) => file))],
    timings: JSON.parse(await readFile(join(folder, "timings.json"), "utf8")) as unknown
  };
});
