// The process that loaders/site/framework.ts starts: Framework's build with our config. Framework's modules carry no types.

import {join} from "node:path";
import config from "../../observablehq.config.js";
import {projectFolder} from "../project.js";

const [root, output, date] = process.argv.slice(2) as [string, string, string];

// The parent is gone: nobody waits for this site.
process.on("disconnect", () => process.exit(1));

const framework = join(projectFolder, "node_modules/@observablehq/framework/dist");
const {normalizeConfig, setCurrentDate} = await import(join(framework, "config.js"));
const {build, FileBuildEffects} = await import(join(framework, "build.js"));

// Framework writes modification times into pages and file names; with a set date it takes that for all of them.
setCurrentDate(new Date(date));

const warnings: string[] = [];
const links: string[] = [];
const logger = {log: (text: string) => text.includes("\u21b3") && links.push(text), warn: (text: string) => warnings.push(text), error: (text: string) => warnings.push(text)};
const effects = new FileBuildEffects(output, join(root, ".observablehq/cache"), {logger, output: {write() {}}});
await build({config: normalizeConfig({...config, root, output})}, effects);
for (const text of [...warnings, ...links]) if (!text.includes("the output root")) console.error(text);
process.exit(warnings.some((text) => text.includes("broken link")) ? 1 : 0);
