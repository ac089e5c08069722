// One case of the run: which world, and what is done to it. The same seed and number give the same case anywhere.

import type {Random} from "../../loaders/sample/random.js";
import {bytes} from "./mutations/bytes.js";
import {cells} from "./mutations/cells.js";
import type {Mutation} from "./mutations/define.js";
import {preserving} from "./mutations/preserving.js";
import {settings} from "./mutations/settings.js";
import {formatNames} from "./tables.js";
import {fixture, fixtureNames, madeTables, madeWorld, randomOf, type World} from "./world.js";

export interface Case {
  readonly seed: number;
  readonly number: number;
  readonly world: World;
  /** What was done, in order. */
  readonly steps: readonly string[];
  /** The same exports written otherwise: what the marts have to be like. */
  readonly oracle?: World;
}

/** Most files of a case: a CRM's whole export takes seconds, and damage in one file is damage to one table. */
const mostFiles = 2;

/** Made-up companies of a run: what each gives as plain CSV is read once a process. */
const companies = 12;

/** Returns a case. A third of all write the same otherwise, the others do damage, once to three times. */
export async function makeCase(seed: number, number: number): Promise<Case> {
  const random = randomOf(seed, number);
  const kind = random.pick(["same", "same", "bytes", "bytes", "cells", "cells", "cells", "settings"] as const);
  if (random.chance(0.35)) return made(seed, number, kind, random);
  const start = few(fixture(random.pick(fixtureNames)), random);
  return kind === "same" ? otherwise({seed, number, world: start, steps: [], oracle: start}, random) : damaged({seed, number, world: start, steps: []}, kind, random);
}

async function made(seed: number, number: number, kind: string, random: Random): Promise<Case> {
  const company = random.int(1, companies);
  const tables = madeTables(randomOf(seed, -company));
  const drawn = Object.fromEntries(Object.keys(tables).map((table) => [table, random.pick(formatNames)]));
  if (kind === "same") {
    const oracle = {...(await madeWorld(tables, () => "csv")), name: `made ${company}`};
    if (random.chance(0.5)) return otherwise({seed, number, world: oracle, steps: [], oracle}, random);
    return {seed, number, world: await madeWorld(tables, (table) => drawn[table]!), steps: Object.entries(drawn).map(([table, format]) => `${table} as ${format}`), oracle};
  }
  const plain = kind === "cells";
  const world = await madeWorld(tables, (table) => (plain ? "csv" : drawn[table]!));
  return damaged({seed, number, world, steps: plain ? [] : Object.entries(drawn).map(([table, format]) => `${table} as ${format}`)}, kind, random);
}

/** Of a CRM, whose files are all optional, some; settings that name files keep them. */
function few(world: World, random: Random): World {
  if (/type: csv|files:|folder: WE_|- id: tiny/.test(world.settings) || world.files.size <= mostFiles) return world;
  const from = random.int(0, Math.ceil(world.files.size / mostFiles) - 1) * mostFiles;
  return {...world, name: `${world.name} ${from}`, files: new Map([...world.files].slice(from, from + mostFiles))};
}

async function otherwise(start: Case, random: Random): Promise<Case> {
  return applied(start, preserving, random.pick([1, 1, 2]), random);
}

async function damaged(start: Case, kind: string, random: Random): Promise<Case> {
  const lists: Readonly<Record<string, readonly Mutation[]>> = {bytes, cells, settings};
  return applied(start, lists[kind]!, random.pick([1, 1, 1, 2, 3]), random);
}

/** Applies mutations drawn from a list; one that does not fit is drawn again, a few times. */
async function applied(start: Case, list: readonly Mutation[], count: number, random: Random): Promise<Case> {
  let {world, steps} = start;
  for (let left = count, tries = 20; left > 0 && tries > 0; --tries) {
    const {name, apply} = random.pick(list);
    const changed = await apply(world, random);
    if (!changed) continue;
    world = changed;
    steps = [...steps, name];
    left -= 1;
  }
  return {...start, world, steps};
}
