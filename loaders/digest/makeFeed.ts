// The feed of a store: what each frozen month said of its own month.

import {reportFormatter} from "../../src/elements/report.js";
import {loadMessages} from "../../src/format/messages.js";
import {parsePeriod} from "../../src/query/calendar.js";
import {catalogueOf, findMetric} from "../../src/query/catalogue.js";
import type {Settings} from "../settings.js";
import {readPublished} from "../snapshot/published.js";
import {standing, type Snapshot} from "../snapshot/store.js";
import {atomFeed, type FeedEntry} from "./feed.js";
import {digestKpis, manifestOf} from "./makeDigest.js";

/** Months that a feed holds, and KPIs that an entry tells. */
const [months, told] = [24, 4];

/** Returns the feed of the frozen months, a corrected one in place of what it corrects. Throws what readPublished throws. */
export async function makeFeed(snapshots: readonly Snapshot[], settings: Pick<Settings, "digest" | "snapshots">): Promise<string> {
  const newest = standing(snapshots).slice(-months).reverse();
  const entries = await Promise.all(newest.map((one) => entryOf(one, settings)));
  const {title, language, publisher} = newest[0]!;
  return atomFeed({title, language, publisher, url: settings.digest.url, entries});
}

async function entryOf(snapshot: Snapshot, settings: Pick<Settings, "digest" | "snapshots">): Promise<FeedEntry> {
  const {id, month, revision, title, frozenOn} = snapshot;
  const manifest = await manifestOf(settings.snapshots.store, snapshot);
  const catalogue = catalogueOf(manifest);
  const format = reportFormatter(manifest, catalogue, await loadMessages(manifest.locale));
  const {values} = await readPublished(settings.snapshots.store, id);
  const numbers = digestKpis(settings, manifest).slice(0, told).flatMap((metric) => {
    const [value] = values[metric]?.[month] ?? [null];
    return value === null ? [] : [`${format.metric(metric)} ${format.value(value, findMetric(metric, catalogue).unit)}`];
  });
  return {
    snapshot: id, frozenOn, summary: numbers.join("; "),
    title: format.message("digest.entry", {title, month: format.period(parsePeriod(month, manifest)), revision: revision === 1 ? "first" : "corrected"})
  };
}
