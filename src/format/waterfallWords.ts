// What the bars of a waterfall are called beside each other.

import type {WaterfallId} from "../metrics/waterfalls.js";
import type {Formatter} from "./formatter.js";

/** Returns the name of a bar: the pipeline's metrics have short ones. */
export const barName = (of: WaterfallId, {move, metric}: {readonly move: string; readonly metric: string}, {format}: {readonly format: Formatter}): string =>
  (of === "pipeline" ? format.metric(metric) : format.message(`waterfall.${of}.bar.${move}`));
