// Writes src/runtime/files.ts: `npx tsx loaders/build/writeFileList.ts` after a mart or a metric with a new date was added.

import {writeFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {fileListText} from "./fileList.js";
import {publishedMarts} from "./martFiles.js";

await writeFile(fileURLToPath(new URL("../../src/runtime/files.ts", import.meta.url)), fileListText(await publishedMarts()));
