// One bake of the pages in src, for the live preview: settings file, then the folder that is written.

import {join} from "node:path";
import {bake} from "../bake.js";
import {runPipeline} from "../pipeline.js";
import {readSettings} from "../settings.js";
import {projectFolder} from "../project.js";

const [config, report] = process.argv.slice(2) as [string, string];
try {
  const {folder} = await runPipeline(await readSettings(config));
  await bake({root: join(projectFolder, "src"), built: folder, report});
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
