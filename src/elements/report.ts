// The report around the elements, at build and in the browser.

import {createFormatter, type Formatter} from "../format/formatter.js";
import type {Messages} from "../format/messages.js";
import type {Metric} from "../metrics/define.js";
import type {Manifest} from "../query/manifest.js";

/** Returns the formatter of a report, with the labels of its custom dimensions and measures. */
export function reportFormatter(manifest: Manifest, catalogue: readonly Metric[], messages: Messages): Formatter {
  const labels = Object.fromEntries([
    ...manifest.dimensions.flatMap(({id, label}) => (label === undefined ? [] : [[`dimension.${id}`, label]])),
    ...catalogue.flatMap((metric) => (metric.label === undefined ? [] : [[`metric.${metric.id}`, metric.label]]))
  ]);
  return createFormatter({locale: manifest.locale, currency: manifest.currency, messages, labels});
}
