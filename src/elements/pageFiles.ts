// The data files that a page names in its head.

import type {MartFile, PublishedReport} from "../query/manifest.js";
import type {PackedAnswers, PackedChoices} from "../query/pack.js";

export interface PageFiles {
  readonly report: PublishedReport;
  /** Absolute addresses of the files of every mart and cube. */
  readonly marts: Readonly<Record<string, MartFile>>;
  /** Absent on a page without numbers. */
  readonly packed: PackedAnswers | undefined;
  /** Reads the answers of a kind of single choices that the first file had no room for; undefined where the page has no file of them. */
  readonly fetchChoices: (kind: string) => Promise<PackedChoices> | undefined;
}

/** Returns what the page rests on. Rejects when a file does not load. */
export async function readPageFiles(document: Document): Promise<PageFiles> {
  const address = (name: string) => document.querySelector<HTMLLinkElement>(`link[${name}]`)?.href;
  const answers = address("data-answers");
  const [report, packed] = await Promise.all([fetchJson<PublishedReport>(address("data-report")), answers === undefined ? undefined : fetchJson<PackedAnswers>(answers)]);
  const fetchChoices = (kind: string) => {
    const link = [...document.querySelectorAll<HTMLLinkElement>("link[data-choices]")].find((one) => one.dataset.choices === kind);
    return link && fetchJson<PackedChoices>(link.href);
  };
  return {report, fetchChoices, marts: martAddresses(report.files, address("data-report")!), packed};
}

/** Marts stand in a folder beside that of the answers, wherever the site is. */
function martAddresses(files: PublishedReport["files"], report: string): Record<string, MartFile> {
  const absolute = (name: string) => new URL(`../marts/${name}`, report).href;
  return Object.fromEntries(Object.entries(files).map(([mart, {parquet, database}]) => [mart, parquet === undefined ? {database: absolute(database)} : {parquet: absolute(parquet), ...(database !== undefined && {database: absolute(database)})}]));
}

async function fetchJson<T>(address: string | undefined): Promise<T> {
  if (address === undefined) throw new Error("the page names no data file");
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return (await response.json()) as T;
}
