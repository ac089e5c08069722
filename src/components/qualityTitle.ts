// What the data quality page has found, in its title: deals to see to, checks that fail, rows that count.

import type {Manifest} from "../query/manifest.js";
import {element} from "./element.js";
import type {ComponentOptions} from "./options.js";

/** Returns the title, the line below it and what became of the rows. */
export function qualityTitle({title, asOf, files, quality}: Manifest, {format, document}: ComponentOptions): HTMLElement {
  const strong = (text: string) => element(document, "strong", {}, text);
  const number = (value: number) => format.value(value, "count", {precise: true});
  const {deals, leads} = quality?.hygiene ?? {};
  const checks = quality?.checks ?? [];
  const failed = new Set(checks.filter(({status}) => status === "failed").map(({id}) => id)).size;
  const looked = new Set(checks.filter(({status}) => status === "failed" || status === "passed").map(({id}) => id)).size;
  const sum = (field: "rows" | "kept" | "rejected" | "excluded" | "superseded") => files.reduce((total, file) => total + file[field], 0);
  const attention = deals && deals.of > 0 ? format.parts<HTMLElement>(deals.count > 0 ? "quality.deals" : "quality.no_deals", {count: strong(number(deals.count)), of: number(deals.of), value: strong(format.value(deals.value, "currency"))}) : [];
  const verdict = format.parts<HTMLElement>(failed > 0 ? "quality.failed" : "quality.passed", {failed: strong(number(failed)), looked: number(looked)});
  return element(
    document,
    "div",
    {class: "qd-title"},
    element(document, "h1", {}, attention, attention.length > 0 && " ", verdict),
    element(document, "p", {class: "qd-subtitle"}, `${title} · ${format.message("site.as_of", {date: format.date(asOf)})}`),
    element(
      document,
      "p",
      {class: "qd-headline"},
      leads && leads.of > 0 && [format.parts<HTMLElement>("quality.leads", {count: strong(number(leads.count)), of: number(leads.of)}), " "],
      format.message("note.ledger", {files: files.length, rows: sum("rows"), kept: number(sum("kept")), rejected: number(sum("rejected")), excluded: number(sum("excluded")), superseded: number(sum("superseded"))})
    )
  );
}
