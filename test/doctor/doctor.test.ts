import {mkdtempSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, it} from "vitest";
import {doctor} from "../../loaders/doctor/command.js";
import {examine, type MachineFacts} from "../../loaders/doctor/examine.js";

const well: MachineFacts = {
  node: "v22.3.0", engines: ">=20.19", memory: 8e9, freeDisk: 50e9, browser: "/usr/bin/chromium", git: "git version 2.39.5",
  folders: [{path: "dist", fault: null}], settings: {path: "report.yaml", faults: []}
};
const graded = (more: Partial<MachineFacts>): string[] => examine({...well, ...more}).filter(({grade}) => grade !== "ok").map(({grade, text}) => `${grade}: ${text.split("\n")[0]}`);

describe("examine(facts)", () => {
  it("finds nothing on a machine that has all", () => expect(graded({})).toEqual([]));
  it.each([
    [{node: "v18.20.0"}, "stop: Node v18.20.0 is too old: >=20.19 is needed. Install a newer one from nodejs.org or your system's packages."],
    [{node: "v20.18.9"}, "stop: Node v20.18.9 is too old: >=20.19 is needed. Install a newer one from nodejs.org or your system's packages."],
    [{memory: 2e9}, "warn: memory 2.0 GB: builds are made for 4 GB; large exports may not fit."],
    [{freeDisk: 1e9}, "warn: only 1.0 GB free on disk: a build of the sample company takes 0.5 GB, a larger one several. Make room."],
    [{freeDisk: 1e8}, "stop: only 0.1 GB free on disk: a build of the sample company takes 0.5 GB, a larger one several. Make room."],
    [{browser: null}, "warn: no Chrome or Chromium: pages are not looked at before they are published. npx playwright-core install --with-deps chromium, or CHROMIUM_PATH."],
    [{git: null}, "warn: no git: publishing to a branch needs it."],
    [{folders: [{path: "/srv/www", fault: "EACCES"}]}, "stop: /srv/www cannot be written to: EACCES. Have it made writable, or name another folder."],
    [{settings: {path: "r.yaml", faults: ["r.yaml:3: unknown key"]}}, "stop: r.yaml cannot be used:"]
  ] as const)("tells %j", (more, text) => expect(graded(more as Partial<MachineFacts>)).toEqual([text]));
});

describe("npm run doctor", () => {
  const run = async (argv: readonly string[], machine?: Partial<MachineFacts>): Promise<{readonly code: number; readonly out: string}> => {
    let out = "";
    const code = await doctor(argv, {out: (text) => (out += text), err: (text) => (out += text), environment: {}, ...(machine && {machine})});
    return {code, out};
  };
  it("is content with this machine and the tiny world's settings", async () => {
    const {code, out} = await run(["--config", "test/fixtures/tiny/report.yaml", "--out", join(tmpdir(), "quarterdeck-doctor-out")]);
    expect([code, /^Ready/.test(out)]).toEqual([0, true]);
    expect(out).toContain("  ok    test/fixtures/tiny/report.yaml and the exports that it names");
  });
  it("names every fault of the settings, with exit code 1", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "quarterdeck-doctor-")), "report.yaml");
    writeFileSync(path, "title: T\nlanguage: en\ntime_zone: Mars/Olympus\ncurrency: EUR\nas_of: newest\nsources: []\n");
    const {code, out} = await run(["--config", path]);
    expect([code, out.split("\n")[0]]).toEqual([1, expect.stringMatching(/stands? in the way$/)]);
    expect(out).toContain("Mars/Olympus");
  });
  it("says what is missing without refusing", async () => expect((await run(["--config", "test/fixtures/tiny/report.yaml"], {browser: null})).out).toMatch(/^Ready, with something missing\n {2}warn {2}no Chrome/));
});
