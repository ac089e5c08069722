// npm run dev -- --config PATH: the pages in Framework's live preview, baked again whenever what they rest on changes.

import {spawn} from "node:child_process";
import {existsSync, watch} from "node:fs";
import {cp, mkdir, mkdtemp, readdir, rename, rm, utimes} from "node:fs/promises";
import {tmpdir} from "node:os";
import {dirname, join} from "node:path";
import {Command} from "commander";
import {reportVariable} from "../site/baked.js";
import {typescript} from "../site/framework.js";
import {readSettings} from "../settings.js";
import {prepareCache} from "../site/workspace.js";
import {projectFolder} from "../project.js";
import {prepareSample, sampleSettings} from "../sampleSource.js";

const program = new Command("dev")
  .description("live preview of the report: pages, settings, exports, metrics and marts are watched")
  .option("--config <path>", "settings of the report", sampleSettings)
  .option("--port <n>", "port of the preview", "3000")
  .parse();

const {config, port} = program.opts<{config: string; port: string}>();
const root = join(projectFolder, "src");
const report = await mkdtemp(join(tmpdir(), "quarterdeck-dev-"));
process.on("exit", () => void rm(report, {recursive: true, force: true}));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void rm(report, {recursive: true, force: true}).then(() => process.exit(0)));

await prepareSample(config, (text) => console.log(text));
await prepareCache(root);
if (!(await rebake())) process.exit(1);

const preview = spawn(process.execPath, ["--import", typescript, join(projectFolder, "node_modules/@observablehq/framework/dist/bin/observable.js"), "preview", "--no-open", "--port", port], {
  cwd: projectFolder,
  stdio: ["ignore", "ignore", "inherit"],
  env: {...process.env, [reportVariable]: report, QUARTERDECK_PREVIEW: "1", OBSERVABLE_TELEMETRY_DISABLE: "true"}
});
preview.on("exit", (code) => process.exit(code ?? 1));
await listening();
console.log(`The preview is at http://127.0.0.1:${port}/ . Ctrl+C ends it.`);
await watchInputs();

/** Resolves once the preview answers; its own end ends this process too. */
async function listening(): Promise<void> {
  while (!(await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.body?.cancel().then(() => true) ?? true, () => false))) await new Promise((resume) => setTimeout(resume, 100));
}

/** Bakes in a process of its own, so that changed metrics and marts are read anew; an error leaves the last good report. */
async function rebake(): Promise<boolean> {
  const aside = `${report}.next`;
  await rm(aside, {recursive: true, force: true});
  const script = join(projectFolder, "loaders/site/bakeOnce.ts");
  const child = spawn(process.execPath, ["--import", typescript, script, config, aside], {cwd: process.cwd(), stdio: ["ignore", "inherit", "inherit"]});
  const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
  if (code !== 0) return false;
  await rm(join(root, ".observablehq/cache/data"), {recursive: true, force: true});
  for (const name of await readdir(aside)) {
    // baked.json goes last: it is what the pages look at.
    if (name !== "baked.json") {
      await rm(join(report, name), {recursive: true, force: true});
      await cp(join(aside, name), join(report, name), {recursive: true});
    }
  }
  await mkdir(report, {recursive: true});
  await cp(join(aside, "baked.json"), join(report, "baked.json.next"));
  await rename(join(report, "baked.json.next"), join(report, "baked.json"));
  await rm(aside, {recursive: true, force: true});
  return true;
}

/** Watches settings, exports, pages and code; a change that comes while baking starts one more bake afterwards. */
async function watchInputs(): Promise<void> {
  const settings = await readSettings(config);
  const folders = new Set([dirname(settings.path), ...settings.sources.map(({folder}) => folder), root, join(projectFolder, "loaders")]);
  let busy = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = async () => {
    if (busy) return void (again = true);
    busy = true;
    do {
      again = false;
      console.log("baking …");
      // The preview looks at a page again when its file is touched.
      if (await rebake()) for (const page of await pages()) await utimes(page, new Date(), new Date());
      console.log("baked");
      await new Promise((resume) => setTimeout(resume, 300));
    } while (again);
    busy = false;
  };
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    watch(folder, {recursive: true}, (_event, name) => {
      const file = String(name ?? "");
      if (/(^|[\\/])(\.observablehq|node_modules|\.git)([\\/]|$)/.test(file)) return;
      // Our own touch comes back as a change.
      if (busy && file.endsWith(".md")) return;
      clearTimeout(timer);
      timer = setTimeout(() => void run(), 200);
    });
  }
}

async function pages(): Promise<string[]> {
  return (await readdir(root, {recursive: true})).filter((file) => file.endsWith(".md") && !file.startsWith(".observablehq")).map((file) => join(root, file));
}
