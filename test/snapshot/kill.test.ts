// kill -9 at seeded points of npm run snapshot: the store is as it was, or has the month whole, and the next run goes on from
// there as if nothing had been. A few points in npm test, 50 with FULL=1.

import {spawn, type ChildProcess} from "node:child_process";
import {readdirSync, writeFileSync} from "node:fs";
import {join} from "node:path";
import {expect, it} from "vitest";
import {projectFolder} from "../../loaders/project.js";
import {typescript} from "../../loaders/site/framework.js";
import {lastDayOf} from "../../loaders/snapshot/month.js";
import {faultOf} from "../../loaders/snapshot/objects.js";
import {readLedger, readPublished} from "../../loaders/snapshot/published.js";
import {readStore} from "../../loaders/snapshot/store.js";
import {stepWords} from "../../loaders/snapshot/text.js";
import {isFull} from "../helpers/needs.js";
import {seeded} from "../helpers/seeded.js";
import {freeze, frozenReport, january, textOf, type FrozenReport} from "./frozenReport.js";

/** Steps behind which a run is killed; what is written to the store is written in the first and the last of them. */
const steps = ["hash", "keep", "values", "keep", "compare", "keep"] as const;
const now = "2031-01-03T08:00:00Z";
const monthAt = (k: number): string => `${2025 + Math.floor(k / 12)}-${String((k % 12) + 1).padStart(2, "0")}`;
const write = (report: FrozenReport, month: string): void => report.write(january, lastDayOf(month));

/** The command on a report's settings, which prints its steps. */
function scriptOf({folder, store, config}: FrozenReport): string {
  const script = join(folder, "freeze.mts");
  const path = (file: string) => JSON.stringify(join(projectFolder, file));
  writeFileSync(script, `
    import {snapshot} from ${path("loaders/snapshot/command.ts")};
    import {code, pages} from ${path("test/snapshot/frozenReport.ts")};
    process.exitCode = await snapshot(["--config", ${JSON.stringify(config)}], {
      out: () => {}, err: (text) => process.stderr.write(text), progress: (text) => process.stdout.write(text + "\\n"), done: () => {},
      now: ${JSON.stringify(now)}, environment: {STORE: ${JSON.stringify(store)}}, build: {pages, code, pipeline: {cache: ${JSON.stringify(join(folder, "cache"))}}}
    });`);
  return script;
}

async function killAt(script: string, step: (typeof steps)[number], delay: number): Promise<void> {
  const child = spawn(process.execPath, ["--import", typescript, script], {cwd: projectFolder, stdio: ["ignore", "pipe", "inherit"]});
  const reached = new Promise<void>((resolve) => child.stdout!.on("data", (text: Buffer) => String(text).includes(stepWords(step)) && resolve()));
  await Promise.race([reached, ended(child)]);
  await new Promise((resolve) => setTimeout(resolve, delay));
  child.kill("SIGKILL");
  await ended(child);
}

const ended = (child: ChildProcess) => new Promise<void>((resolve) => (child.exitCode !== null || child.signalCode !== null ? resolve() : child.once("exit", () => resolve())));

/** Returns the months of the store; every file of each is there and is what was kept. */
async function wholeMonths(store: string): Promise<string[]> {
  const snapshots = await readStore(store);
  for (const {id, files} of snapshots) {
    for (const [name, file] of Object.entries(files)) if (!["values.json", "ledger.json"].includes(name)) expect(await faultOf(store, file), `${id}/${name}`).toBeNull();
    expect(Object.keys((await readPublished(store, id)).values)).toContain("win_rate");
    expect((await readLedger(store, id)).lines).toBeInstanceOf(Array);
  }
  return snapshots.map(({id}) => id);
}

it("a run that is killed leaves the store as it was, or with the whole month", async () => {
  const report = frozenReport();
  write(report, monthAt(0));
  await freeze(report, [], {now});
  const script = scriptOf(report);
  const random = seeded(88);
  let months = [monthAt(0)];
  const points = isFull ? 50 : 4;
  for (let point = 0; point < points; point++) {
    const next = monthAt(months.length);
    write(report, next);
    const step = steps[point % steps.length]!;
    await killAt(script, step, random() * (step === "keep" ? 40 : 250));
    const found = await wholeMonths(report.store);
    expect([months, [...months, next]]).toContainEqual(found);
    months = found;
  }
  const last = monthAt(months.length);
  write(report, last);
  expect(await freeze(report, [], {now})).toMatchObject({exitCode: 0, err: ""});
  expect(await wholeMonths(report.store)).toEqual([...months, last]);
  expect([report.store, join(report.store, "objects")].flatMap((folder) => readdirSync(folder).filter((name) => name.startsWith(".")))).toEqual([]);

  const calm = frozenReport();
  for (const month of [...months, last]) {
    write(calm, month);
    await freeze(calm, [], {now});
    for (const file of ["snapshot.json", "values.json", "ledger.json"]) expect(textOf(report, month, file), `${month}/${file}`).toBe(textOf(calm, month, file));
  }
}, isFull ? 900_000 : 120_000);
