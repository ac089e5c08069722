// The report that is built when none is named: the made-up company's, whose exports are generated on first use.

import {join, relative, resolve} from "node:path";
import {ensureSample} from "../sample/ensure.js";
import {projectFolder} from "../workspace.js";

const file = join(projectFolder, "data/report.yaml");

/** Settings of the sample report, as the commands show them. */
export const sampleSettings = relative(process.cwd(), file) || file;

/** Makes the sample's exports when the sample report is asked for; does nothing for another report. */
export async function prepareSample(config: string, log: (text: string) => void): Promise<void> {
  if (resolve(config) === file) await ensureSample(join(projectFolder, "data/sample"), {log});
}
