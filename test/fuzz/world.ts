// What a case begins with: settings and the exports they name, from the fixtures of all CRMs, or made up in any format.

import {existsSync, readFileSync, readdirSync, statSync} from "node:fs";
import {join, relative} from "node:path";
import {fileURLToPath} from "node:url";
import {createRandom, type Random} from "../../loaders/sample/random.js";
import {formats, writeTable, type FormatName, type Table} from "./tables.js";

export interface World {
  readonly name: string;
  /** Text of report.yaml. */
  readonly settings: string;
  /** Content by path, relative to the folder of the settings. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Lists are taken apart or columns turned: records and rows are not one to one. */
  readonly layered: boolean;
}

const fixtures = fileURLToPath(new URL("../fixtures/", import.meta.url));

/** Names of all fixtures that are folders of settings and exports. */
export const fixtureNames: readonly string[] = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, "report.yaml"))).sort();

const read = new Map<string, World>();

/** Returns a fixture as it is. */
export function fixture(name: string): World {
  const found = read.get(name) ?? readFixture(name);
  read.set(name, found);
  return found;
}

function readFixture(name: string): World {
  const folder = join(fixtures, name);
  const settings = readFileSync(join(folder, "report.yaml"), "utf8");
  const paths = (readdirSync(folder, {recursive: true}) as string[]).map((path) => join(folder, path)).filter((path) => statSync(path).isFile());
  const files = paths.map((path) => [relative(folder, path).replaceAll("\\", "/"), readFileSync(path)] as const).filter(([path]) => !/^(report\.yaml|expected\.json|README\.md)$/.test(path));
  return {name, settings, files: new Map(files.sort(([a], [b]) => (a < b ? -1 : 1))), layered: /\beach:|\bunpivot:|type: (hubspot|redmine|easy_redmine|clickup|zoho|espocrm|suitecrm)/.test(settings)};
}

const stages = {open: ["Ajánlat", "Tárgyalás"], won: ["Nyert"], lost: ["Vesztett"]};

/** Returns the tables of a made-up company: accounts of which some are merged, deals with their versions, leads, changes of stage. */
export function madeTables(random: Random): Record<string, Table> {
  const day = (): string => `202${random.int(4, 5)}-${String(random.int(1, 12)).padStart(2, "0")}-${String(random.int(1, 28)).padStart(2, "0")}`;
  const stamp = (): string => `${day()} ${String(random.int(0, 23)).padStart(2, "0")}:${String(random.int(0, 59)).padStart(2, "0")}:00`;
  const count = random.int(5, 60);
  const ids = Array.from({length: count}, (_, index) => `D${index + 1}`);
  const accounts = Array.from({length: random.int(3, 12)}, (_, index) => `A${index + 1}`);
  const text = (): string => random.pick(["Kőszegi Kft", "a \"quoted\" name", "x, y; z", "line one\nline two", "=1+1", "Ünnep", "日本", "", "  padded  "]);
  return {
    accounts: {header: ["id", "name", "merged", "updated"], rows: accounts.map((id) => [id, `${id} ${text()}`, random.chance(0.15) ? random.pick(accounts.filter((other) => other < id).concat("")) : "", stamp()])},
    deals: {
      header: ["id", "account", "name", "stage", "amount", "created", "closed", "updated"],
      rows: ids.flatMap((id) =>
        Array.from({length: random.chance(0.2) ? 2 : 1}, (_, version) => [id, random.pick(accounts), text(), random.pick([...stages.open, ...stages.won, ...stages.lost]), random.chance(0.1) ? "" : String(random.int(-1000, 1e6) / 100), stamp(), random.chance(0.5) ? day() : "", stamp().replace(/\d\d$/, String(10 + version))])
      )
    },
    leads: {header: ["id", "source", "state", "created", "deal", "updated"], rows: ids.map((id, index) => [`L${index}`, random.pick(["Web", "Fair", ""]), random.pick(["open", "won", "lost"]), stamp(), random.chance(0.4) ? id : "", stamp()])},
    changes: {header: ["id", "deal", "stage", "at"], rows: ids.map((deal, index) => [`H${index}`, deal, random.pick([...stages.open, ...stages.won]), stamp()])}
  };
}

/** Returns the made-up company as exports in the formats given, by table. */
export async function madeWorld(tables: Readonly<Record<string, Table>>, format: (table: string) => FormatName): Promise<World> {
  const names = Object.fromEntries(Object.keys(tables).map((table) => [table, `${table}.${formats[format(table)].ending}`]));
  const settings = `title: Made
time_zone: Europe/Budapest
currency: HUF
reject_limit: 60%
sources:
  - id: made
    type: csv
    folder: exports
    tables:
      account: {file: ${names["accounts"]}, columns: {account_id: id, name: name, merged_into_id: merged, updated_at: updated}}
      opportunity:
        file: [${names["deals"]}, more_deals*]
        columns: {opportunity_id: id, account_id: account, name: name, stage: stage, amount: amount, created_at: created, closed_at: closed, updated_at: updated}
        stages: {open: [Ajánlat, Tárgyalás], won: [Nyert], lost: [Vesztett]}
      lead: {file: ${names["leads"]}, columns: {lead_id: id, source: source, state: state, created_at: created, converted_opportunity_id: deal, updated_at: updated}}
      opportunity_stage_history: {file: ${names["changes"]}, columns: {history_id: id, opportunity_id: deal, stage: stage, entered_at: at}, stages: {open: [Ajánlat, Tárgyalás], won: [Nyert], lost: [Vesztett]}}
`;
  const files = await Promise.all(Object.entries(tables).map(async ([table, content]) => [`exports/${names[table]}`, await writeTable(content, format(table))] as const));
  return {name: "made", settings, files: new Map(files), layered: false};
}

/** A stream of numbers for one case. */
export const randomOf = (seed: number, number: number): Random => createRandom("fuzz", seed, number);
