// The building's floors: who may import whom, what no floor may do. Walks the sources as they are.

import {existsSync, readdirSync, readFileSync} from "node:fs";
import {dirname, join, relative} from "node:path";
import {fileURLToPath} from "node:url";
import {preProcessFile} from "typescript";
import {describe, expect, it} from "vitest";
import en from "../src/format/locales/en.js";
import hu from "../src/format/locales/hu.js";
import {metrics} from "../src/metrics/index.js";
import {fitted} from "./metrics/fitted.js";

const root = fileURLToPath(new URL("..", import.meta.url));

function sources(folder: string, pattern: RegExp): string[] {
  const found = readdirSync(join(root, folder), {recursive: true, encoding: "utf8"});
  return found.map((name) => `${folder}/${name.replaceAll("\\", "/")}`).filter((path) => pattern.test(path) && !path.includes("/.observablehq/")).sort();
}

const read = (path: string) => readFileSync(join(root, path), "utf8");
const modules = [...sources("src", /\.ts$/), ...sources("loaders", /\.ts$/)];

interface Import {
  readonly from: string;
  /** Path below the root for our own files, else the package's specifier. */
  readonly to: string;
  readonly own: boolean;
  /** `import type`: gone before anything runs. */
  readonly typeOnly: boolean;
}

function importsOf(from: string): Import[] {
  const text = read(from);
  return preProcessFile(text, true, true).importedFiles.map(({fileName, pos}) => {
    const statement = text.slice(text.lastIndexOf("\n", text.slice(0, pos).search(/(import|export)[^;]*$/)) + 1, pos);
    const own = fileName.startsWith(".");
    const to = own ? relative(root, join(root, dirname(from), fileName)).replaceAll("\\", "/").replace(/\.js$/, ".ts") : fileName;
    return {from, to, own, typeOnly: /^\s*(import|export)\s+type\b/.test(statement)};
  });
}

const imports = modules.flatMap(importsOf);
const report = ({from, to}: Import) => `${from} imports ${to}`;

/** Folders below src that each floor may import values from, itself included. Types may also come from metrics and query. */
const floors: Readonly<Record<string, readonly string[]>> = {
  format: ["format"],
  theme: ["theme"],
  metrics: ["metrics"],
  query: ["query", "metrics"],
  runtime: ["runtime", "query"],
  components: ["components", "format", "theme"],
  elements: ["elements", "components", "format", "theme", "runtime", "query", "metrics"]
};

const typeFloors = ["metrics", "query"];
const floorOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];

describe("the floors", () => {
  it("of src import only downward", () => {
    const wrong = imports.filter(({from, to, own, typeOnly}) => {
      const allowed = floors[floorOf(from) ?? ""];
      if (!own || allowed === undefined) return false;
      const target = floorOf(to);
      if (target === undefined) return true;
      const types = typeOnly && floorOf(from) !== "metrics" ? typeFloors : [];
      return !allowed.includes(target) && !types.includes(target);
    });
    expect(wrong.map(report)).toEqual([]);
  });

  it("of src never import a loader, but for the thin ones in src/data", () => {
    const wrong = imports.filter(({from, to}) => from.startsWith("src/") && !from.startsWith("src/data/") && from !== "src/definitions.json.ts" && to.startsWith("loaders/"));
    expect(wrong.map(report)).toEqual([]);
  });

  it("of the routes in src/data hold no logic", () => {
    for (const path of sources("src/data", /\.ts$/)) expect({path, lines: read(path).trim().split("\n").length}).toMatchObject({lines: expect.toSatisfy((n: number) => n <= 5)});
  });

  it("of the loaders never import the browser's engine", () => {
    expect(imports.filter(({from, to, typeOnly}) => from.startsWith("loaders/") && to.startsWith("src/runtime/") && !typeOnly).map(report)).toEqual([]);
  });

  it("keep components and elements out of the loaders that make data", () => {
    const readsData = /^loaders\/(sources|canonical|marts|settings|sample)\/|^loaders\/(pipeline|native|parquet|manifest|marts|cubes|martModel|martFiles|martDatabase|settings)\.ts$/;
    const wrong = imports.filter(({from, to, typeOnly}) => readsData.test(from) && /^src\/(components|elements|theme|runtime)\//.test(to) && !typeOnly);
    expect(wrong.map(report)).toEqual([]);
  });

  it("leave Framework's standard library to the runtime, and the engine's packages too", () => {
    const wrong = imports.filter(({from, to}) => {
      if (to.startsWith("observablehq:")) return floorOf(from) !== "runtime";
      return from.startsWith("src/") && /^(@duckdb|apache-arrow|parquet-wasm)/.test(to) && floorOf(from) !== "runtime";
    });
    expect(wrong.map(report)).toEqual([]);
  });

  it("use no Node module in what the browser runs", () => {
    const wrong = imports.filter(({from, to}) => from.startsWith("src/") && !from.startsWith("src/data/") && to.startsWith("node:"));
    expect(wrong.map(report)).toEqual([]);
  });

  it("import files that exist, by their .js name", () => {
    const own = imports.filter((one) => one.own);
    expect(own.length).toBeGreaterThan(100);
    expect(own.filter(({to}) => !existsSync(join(root, to)) && !to.endsWith(".json")).map(report)).toEqual([]);
  });
});

/** Source text without comments: what is said in a comment is not done. */
function code(path: string): string {
  const text = read(path);
  if (path.endsWith(".sql")) return text.replace(/--.*$/gm, "");
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/.*$/gm, "$1");
}

function findings(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) => [...code(path).matchAll(pattern)].map(([found]) => `${path}: ${found}`));
}

describe("no clock", () => {
  const clock = /\bnow\s*\(|\bcurrent_(date|timestamp|time)\b|\btoday\s*\(|\bget_current_time\w*|\blocaltime(stamp)?\b|new Date\(\s*\)|Date\.now|Temporal\.Now|Math\.random|\brandom\s*\(|\buuid\s*\(/gi;
  const pure = [...sources("src/metrics", /\.ts$/), ...sources("src/query", /\.ts$/), ...sources("loaders/marts", /\.sql$/), ...sources("src/format", /\.ts$/), ...sources("src/components", /\.ts$/)];

  it("and no chance decide a number, a mart or a picture", () => {
    expect(pure.length).toBeGreaterThan(30);
    expect(findings(pure, clock)).toEqual([]);
  });

  it("is found where there is one", () => {
    for (const text of ["now()", "select current_date", "new Date()", "Date.now()", "Temporal.Now.plainDateISO()"]) expect(text).toMatch(new RegExp(clock.source, "i"));
  });

  it("and no default zone or locale stands behind a formatted word", () => {
    const silent = /\bIntl\.\w+\(\s*\)|\.toLocale\w+\(\s*\)|Intl\.\w+\(\s*undefined\b/g;
    expect(findings([...pure, ...sources("src/elements", /\.ts$/)], silent)).toEqual([]);
  });
});

describe("no other host", () => {
  // Names of specifications, which nobody fetches, and of no host: example.com is kept free for guides.
  const names = /^https?:\/\/(www\.w3\.org\/|json-schema\.org\/|([\w-]+\.)?example\.com\/)/;
  const local = /^https?:\/\/(localhost|127\.0\.0\.1|\$\{|\[)/;

  it("is named in the code of the report or of its build", () => {
    const paths = [...modules, ...sources("loaders/marts", /\.sql$/), ...sources("src", /\.(css|md)$/), "observablehq.config.ts"].filter((path) => existsSync(join(root, path)));
    const found = paths.flatMap((path) => [...read(path).matchAll(/\bhttps?:\/\/[^\s"'`)>]+/g)].map(([url]) => ({path, url})));
    const foreign = found.filter(({url}) => !names.test(url) && !local.test(url)).map(({path, url}) => `${path}: ${url}`);
    expect(foreign).toEqual([]);
  });

  it("is asked by any style sheet", () => {
    const paths = sources("src", /\.css$/);
    expect(paths.flatMap((path) => [...read(path).matchAll(/@import\s+(url\()?["']?(https?:|\/\/)[^;]*/g)].map(([found]) => `${path}: ${found}`))).toEqual([]);
  });
});

describe("no text from outside becomes markup", () => {
  it("in components, elements and pages", () => {
    const paths = [...sources("src/components", /\.ts$/), ...sources("src/elements", /\.ts$/), ...sources("src/format", /\.ts$/)];
    expect(findings(paths, /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|\beval\(|new Function\(/g)).toEqual([]);
  });
});

describe("every metric", () => {
  const listed = metrics.filter(({internal}) => !internal);

  it("has an id of its own in snake_case", () => {
    const ids = metrics.map(({id}) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(id))).toEqual([]);
  });

  it("has a hand-written check beside its declaration's tests", () => {
    expect(metrics.map(({id}) => id).filter((id) => !fitted.includes(id) && !existsSync(join(root, `test/metrics/${id}.check.sql`)))).toEqual([]);
  });

  it("has its words in every language", () => {
    for (const [language, messages] of Object.entries({en, hu})) {
      const missing = listed.flatMap(({id}) => ["label", "definition", "edges"].map((part) => `metric.${id}.${part}`)).filter((key) => !messages[key]);
      expect({language, missing}).toEqual({language, missing: []});
    }
  });

  it("needs at least one canonical column", () => {
    expect(listed.filter(({needs}) => needs.length === 0).map(({id}) => id)).toEqual([]);
  });

  it("is registered: no declaration is left out of the list", () => {
    const declared = sources("src/metrics", /\.ts$/)
      .filter((path) => !/(define|funnels|goals|index)\.ts$/.test(path))
      .flatMap((path) => [...code(path).matchAll(/^\s*id: "([a-z0-9_]+)"/gm)].map(([, id]) => id!));
    const known = new Set<string>(metrics.map(({id}) => id));
    expect(declared.filter((id) => !known.has(id))).toEqual([]);
  });
});
