// Reads loaders/marts/*.sql: a bare SELECT below a header that states grain, sources, custom columns and order.

import {readdir, readFile} from "node:fs/promises";
import {fileURLToPath} from "node:url";
import {canonicalTables} from "../canonical/schema.js";

/** Tables beside the canonical ones that models may read, each with the canonical table without which it says nothing. */
export const otherTables: Readonly<Record<string, string>> = {
  stage_map: "opportunity", left_out: "account", health_weight: "subscription", health_band: "subscription",
  customer_value: "sales_order", value_model: "sales_order", value_holdout: "sales_order", crm_gain: "assumption",
  activity_weight: "activity", band_limit: "opportunity", target_rule: "target", target_reference: "target"
};

export const martFolder = fileURLToPath(new URL("../marts/", import.meta.url));

/** One .sql file. Models named `int_…` are steps on the way and never leave the build. */
export interface MartModel {
  readonly name: string;
  /** What one row is. */
  readonly grain: string;
  /** Canonical tables and other models that are read; the mart says something without the optional ones. */
  readonly sources: readonly {readonly name: string; readonly optional: boolean}[];
  /** Canonical tables whose custom columns the mart carries, joined by their key. */
  readonly custom: readonly string[];
  /** Leading sort columns of the published file. */
  readonly order: readonly string[];
  /** Columns that tell its rows apart, as its grain says. */
  readonly key: readonly string[];
  /** Column with the CRM's id of what a row is about, where that is not in its key. */
  readonly record?: string;
  readonly sql: string;
}

/** Returns the models of a folder, each after the models it reads. Throws on a header without grain or with an unknown source. */
export async function readModels(folder = martFolder): Promise<MartModel[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
  const models = await Promise.all(files.map(async (file) => parseModel(file.slice(0, -4), await readFile(`${folder}/${file}`, "utf8"))));
  return inDependencyOrder(models);
}

/**
 * Returns a model from the text of its file. The header is the run of `--` lines at the top: first the grain, then
 * `-- sources: a, b?` (? = optional), `-- custom: table`, `-- order: column`, `-- record: column`.
 */
export function parseModel(name: string, text: string): MartModel {
  const header = /^(--.*\n)+/.exec(text)?.[0].split("\n").map((line) => line.replace(/^--\s?/, "")) ?? [];
  const list = (field: string) =>
    header
      .flatMap((line) => (line.startsWith(`${field}:`) ? line.slice(field.length + 1).split(",") : []))
      .map((word) => word.trim());
  const grain = header.slice(0, header.findIndex((line) => /^\w+:/.test(line))).join(" ").trim();
  const [record] = list("record");
  if (!grain) throw new Error(`loaders/marts/${name}.sql: the header does not say what one row is. Begin it with “-- one row per …; key (…)”.`);
  return {
    name,
    grain,
    sources: list("sources").map((word) => ({name: word.replace(/\?$/, ""), optional: word.endsWith("?")})),
    custom: list("custom"),
    order: list("order"),
    key: /; key \(([^)]*)\)/.exec(grain)?.[1]!.split(",").map((word) => word.trim()) ?? [],
    ...(record !== undefined && {record}),
    sql: text
  };
}

function inDependencyOrder(models: readonly MartModel[]): MartModel[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const done = new Set<MartModel>();
  const visit = (model: MartModel, path: readonly string[]) => {
    if (path.includes(model.name)) throw new Error(`loaders/marts: ${[...path, model.name].join(" reads ")}. Break the circle.`);
    for (const {name} of model.sources) {
      const source = byName.get(name);
      if (source) visit(source, [...path, model.name]);
      else if (!(name in canonicalTables) && !(name in otherTables)) {
        throw new Error(`loaders/marts/${model.name}.sql: no table or model is named “${name}”. Mend the “sources” line of its header.`);
      }
    }
    done.add(model);
  };
  for (const model of models) visit(model, []);
  return [...done];
}

/**
 * Whether the canonical tables behind a model are fed: every required one, or, where all are optional, at least one
 * that is not a dimension. `fed` holds table names.
 */
export function isFed(model: MartModel, models: readonly MartModel[], fed: ReadonlySet<string>): boolean {
  const has = ({name}: {name: string}): boolean => {
    const source = models.find((other) => other.name === name);
    return source ? isFed(source, models, fed) : fed.has(otherTables[name] ?? name);
  };
  const required = model.sources.filter(({optional}) => !optional);
  return required.length > 0 ? required.every(has) : model.sources.some((source) => !source.name.startsWith("dim_") && has(source));
}
