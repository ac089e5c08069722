// npm run sample -- --scale N --out DIR --seed S: writes the made-up company's exports.

import {Command, InvalidArgumentError} from "commander";
import {defaultSeed, maxScale} from "../sample/generate.js";
import {replaceSample} from "../sample/ensure.js";

const program = new Command("sample")
  .description("write the exports of a made-up company (see data/README.md)")
  .option("--scale <n>", `size: 1 is 12,000 leads and 4,000 opportunities, at most ${maxScale}`, readScale, 1)
  .option("--out <dir>", "folder that becomes the sample; a sample in it is replaced", "data/sample")
  .option("--seed <text>", "another seed is another company of the same kind", defaultSeed)
  .parse();

const {scale, out, seed} = program.opts<{scale: number; out: string; seed: string}>();
try {
  const {files} = await replaceSample({out, scale, seed});
  const all = Object.values(files);
  const rows = all.reduce((sum, file) => sum + file.rows, 0);
  const bytes = all.reduce((sum, file) => sum + file.bytes, 0);
  console.log(`${out}: ${all.length} files, ${rows} rows, ${(bytes / 1e6).toFixed(1)} MB`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function readScale(text: string): number {
  const scale = Number(text);
  if (!(scale > 0 && scale <= maxScale)) throw new InvalidArgumentError(`expected a number above 0 and at most ${maxScale}`);
  return scale;
}
