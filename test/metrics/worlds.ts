// The reports that metrics are checked on: every folder test/fixtures/tiny* with a report.yaml, and the sample company.

import {existsSync, readdirSync, readFileSync} from "node:fs";
import {fileURLToPath} from "node:url";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));

/** Value (a fraction as text, "2/3") and n by period and metric, worked out by hand in the world's README. */
export type Paper = Readonly<Record<string, Readonly<Record<string, readonly [number | string | null, number]>>>>;

export interface World {
  /** Folder name of a tiny world; "sample" for the sample company. */
  readonly name: string;
  readonly settings: string;
  readonly paper: Paper;
  /** In which checks are held against compiled metrics. */
  readonly periods: readonly string[];
}

export const tinyWorlds: readonly World[] = readdirSync(path("test/fixtures"))
  .filter((name) => name.startsWith("tiny") && existsSync(path(`test/fixtures/${name}/report.yaml`)))
  .map((name) => {
    const file = path(`test/fixtures/${name}/paper.json`);
    const paper = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Paper) : {};
    return {name, settings: path(`test/fixtures/${name}/report.yaml`), paper, periods: [...new Set([...Object.keys(paper), "closed:quarter", "current:month", "current:quarter", "all"])]};
  });

/** A month, a year and a week: whole company, so few. */
export const sampleWorld: World = {name: "sample", settings: path("data/report.yaml"), paper: {}, periods: ["closed:month", "2025", "2024-W20"]};
