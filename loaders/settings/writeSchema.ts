// Writes data/report.schema.json, from which editors complete report.yaml: npx tsx loaders/settings/writeSchema.ts

import {writeFileSync} from "node:fs";
import {settingsJsonSchema} from "./schema.js";

writeFileSync(new URL("../../data/report.schema.json", import.meta.url), `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`);
