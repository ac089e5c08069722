// What a machine and a settings file have to bring along before the first run. Facts come in, sentences go out: pure.

export interface MachineFacts {
  /** "v20.19.0". */
  readonly node: string;
  /** Of package.json: ">=20.19". */
  readonly engines: string;
  /** Bytes of memory, and free on the disks of the temporary folder and of the project. */
  readonly memory: number;
  readonly freeDisk: number;
  /** Path of a browser; null where none is found. */
  readonly browser: string | null;
  /** "git version 2.39.5"; null where there is none. */
  readonly git: string | null;
  /** Folders that have to be written to, and why each cannot be; null where it can. */
  readonly folders: readonly {readonly path: string; readonly fault: string | null}[];
  /** Lines about what is wrong with the settings; none where they can be read. */
  readonly settings: {readonly path: string; readonly faults: readonly string[]};
}

export interface Finding {
  /** `stop`: the report cannot be built or kept so. `warn`: something cannot be done, or may fail. */
  readonly grade: "ok" | "warn" | "stop";
  readonly text: string;
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

/** Returns a finding for everything that was looked at. */
export function examine({node, engines, memory, freeDisk, browser, git, folders, settings}: MachineFacts): Finding[] {
  const least = /(\d+)\.(\d+)/.exec(engines)!.slice(1).map(Number) as [number, number];
  const [major, minor] = /(\d+)\.(\d+)/.exec(node)!.slice(1).map(Number) as [number, number];
  const isNew = major > least[0] || (major === least[0] && minor >= least[1]);
  const one = (grade: Finding["grade"], text: string): Finding => ({grade, text});
  return [
    isNew ? one("ok", `Node ${node}`) : one("stop", `Node ${node} is too old: ${engines} is needed. Install a newer one from nodejs.org or your system's packages.`),
    memory >= 3.5e9 ? one("ok", `memory ${gigabytes(memory)}`) : one("warn", `memory ${gigabytes(memory)}: builds are made for 4 GB; large exports may not fit.`),
    freeDisk >= 2e9 ? one("ok", `${gigabytes(freeDisk)} free on disk`) : one(freeDisk < 0.5e9 ? "stop" : "warn", `only ${gigabytes(freeDisk)} free on disk: a build of the sample company takes 0.5 GB, a larger one several. Make room.`),
    browser !== null ? one("ok", `browser ${browser}`) : one("warn", "no Chrome or Chromium: pages are not looked at before they are published. npx playwright-core install --with-deps chromium, or CHROMIUM_PATH."),
    git !== null ? one("ok", git) : one("warn", "no git: publishing to a branch needs it."),
    ...folders.map(({path, fault}) => (fault === null ? one("ok", `${path} can be written to`) : one("stop", `${path} cannot be written to: ${fault}. Have it made writable, or name another folder.`))),
    settings.faults.length === 0 ? one("ok", `${settings.path} and the exports that it names`) : one("stop", [`${settings.path} cannot be used:`, ...settings.faults.map((line) => `  ${line}`)].join("\n"))
  ];
}

/** Returns the findings in lines, those that matter most first. */
export function doctorLines(findings: readonly Finding[]): string[] {
  const order = ["stop", "warn", "ok"] as const;
  return order.flatMap((grade) => findings.filter((finding) => finding.grade === grade)).flatMap(({grade, text}) => text.split("\n").map((line, k) => `  ${(k === 0 ? grade : "").padEnd(6)}${line}`));
}
