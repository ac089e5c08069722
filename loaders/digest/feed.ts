// The frozen months as an Atom feed (RFC 4287): an entry for each, the newest first.

import {JSDOM} from "jsdom";
import {plainText} from "../../src/format/text.js";

export interface FeedEntry {
  /** "2026-10", "2026-10-r2". */
  readonly snapshot: string;
  readonly title: string;
  readonly summary: string;
  /** Day on which it was frozen. */
  readonly frozenOn: string;
}

export interface Feed {
  readonly title: string;
  readonly language: string;
  readonly publisher: string | null;
  /** Address of the report; without one nothing is linked. */
  readonly url: string | null;
  /** The newest first. */
  readonly entries: readonly FeedEntry[];
}

const atom = "http://www.w3.org/2005/Atom";

/**
 * Returns the feed. Ids come from the report's address, or from its title where it has none, and the month: they last as
 * long as those do. A day without an hour counts as its midnight in UTC.
 */
export function atomFeed({title, language, publisher, url, entries}: Feed): string {
  const {window} = new JSDOM("");
  const document = window.document.implementation.createDocument(atom, "feed", null);
  const root = document.documentElement;
  const add = (parent: Element, name: string, text?: string, attributes: Readonly<Record<string, string>> = {}): Element => {
    const made = document.createElementNS(atom, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = plainText(text);
    parent.append(made);
    return made;
  };
  const base = url ?? `urn:quarterdeck:${encodeURIComponent(title)}`;
  const idOf = (name: string): string => (url === null ? `${base}:${name}` : `${base}/snapshots/${name}/`);
  root.setAttribute("xml:lang", language);
  add(root, "title", title);
  add(root, "id", url === null ? base : `${base}/snapshots/`);
  add(root, "updated", momentOf(entries[0]?.frozenOn ?? "1970-01-01"));
  add(add(root, "author"), "name", publisher ?? title);
  if (url !== null) add(root, "link", undefined, {href: `${url}/snapshots/`, rel: "alternate", type: "text/html"});
  for (const entry of entries) {
    const made = add(root, "entry");
    add(made, "title", entry.title);
    add(made, "id", idOf(entry.snapshot));
    add(made, "updated", momentOf(entry.frozenOn));
    if (url !== null) add(made, "link", undefined, {href: `${url}/snapshots/${entry.snapshot}/`, rel: "alternate", type: "text/html"});
    add(made, "summary", entry.summary);
  }
  return `<?xml version="1.0" encoding="utf-8"?>\n${new window.XMLSerializer().serializeToString(document)}\n`;
}

const momentOf = (day: string): string => `${day}T00:00:00Z`;
