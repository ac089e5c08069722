// Unknown exports to what is known of them: columns, relations, mappings, doubts. All that is written is made from this.

import {openFolder} from "../canonical/files.js";
import type {Native} from "../native.js";
import {csvDefaults} from "../sources/csv.js";
import {findCrm, type CrmMatch} from "./crm.js";
import {settleDialect, type SourceDialect} from "./dialect.js";
import {draftMappings, type Draft, type LeftOut} from "./draft.js";
import {findCurrency, findFeeds, newestDay, type Feeds} from "./facts.js";
import {commonFolder, openExports, type OpenOptions} from "./openExports.js";
import {profile} from "./profile.js";
import type {Inspected, Relation} from "./relations.js";

/** One source of the settings to be written. */
export interface SourceDraft {
  readonly type: string;
  /** The CRM that it looks like. */
  readonly crm?: CrmMatch;
  readonly drafts: readonly Draft[];
  readonly dialect: SourceDialect;
}

export interface Inspection {
  readonly files: readonly Inspected[];
  readonly sources: readonly SourceDraft[];
  readonly left: readonly LeftOut[];
  readonly relations: readonly Relation[];
  readonly currency?: {readonly code: string; readonly why: string};
  /** The newest day in the data, where no stamp tells it. */
  readonly newestDay?: string;
  readonly feeds: Feeds;
  readonly given: OpenOptions;
}

/** Looks at export files. Throws OpenError for one that cannot be read. */
export async function inspect(native: Native, paths: readonly string[], given: OpenOptions = {}): Promise<Inspection> {
  const files: Inspected[] = [];
  for (const one of await openExports(native, paths, given)) files.push({...one, columns: await profile(native, one)});
  const crm = await findCrm(native, files, await openFolder(commonFolder(paths)));
  const read = new Set(crm?.drafts.map(({file}) => file));
  const rest = files.filter((file) => !read.has(file));
  const {drafts, left, relations} = await draftMappings(native, rest);
  const sources: SourceDraft[] = [];
  if (crm) sources.push({type: crm.type, crm, drafts: crm.drafts, dialect: settleDialect(crm.drafts, crm.defaults)});
  const fedByCrm = new Set(crm?.drafts.map(({table}) => table));
  const own = drafts.filter(({table}) => !fedByCrm.has(table));
  if (own.length) sources.push({type: "csv", drafts: own, dialect: settleDialect(own, csvDefaults)});
  const all = sources.flatMap((source) => source.drafts);
  const currency = findCurrency(all);
  const newest = await newestDay(native, all);
  const rivals = drafts.filter((draft) => !own.includes(draft)).map(({file, table}): LeftOut => ({file, guess: table, missing: [], rival: crm!.type}));
  return {files, sources, left: [...left, ...rivals], relations, feeds: findFeeds(all), given, ...(currency && {currency}), ...(newest && {newestDay: newest})};
}
