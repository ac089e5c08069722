// <kpi-funnel-dropped funnel="lead_to_cash" rows="10"></kpi-funnel-dropped>: those who got to a step and no further: that
// which the reader picks, else the one after which most is lost.

import {droppedCsv, funnelDropped} from "../components/funnel/funnelDropped.js";
import {listedDimensions} from "../query/funnel/statements.js";
import {count, funnelId, optional} from "./attributes.js";
import {defineElement} from "./definition.js";
import {download} from "./download.js";
import {funnelLook, funnelQuestion} from "./funnels.js";

/** Most lines of a file. */
const mostSaved = 100_000;

export const kpiFunnelDroppedElement = defineElement({
  name: "kpi-funnel-dropped",
  attributes: {funnel: funnelId(), rows: optional(count(100))},
  questions: () => [],
  funnels({funnel, rows = 10}, state, context) {
    const step = state.funnel?.step;
    return [{...funnelQuestion(funnel, state, context), dropped: {limit: rows, ...(step !== undefined && {step})}}];
  },
  render(_answers, {funnel}, state, context, [told] = []) {
    const {document, format, manifest, askFunnels, onFailure} = context;
    const dimensions = listedDimensions.filter((id) => manifest.dimensions.some((dimension) => dimension.id === id));
    const save = askFunnels && (async () => {
      const [all] = await askFunnels([{...funnelQuestion(funnel, state, context), dropped: {limit: mostSaved, step: told!.dropped!.step}}]);
      download(document, `${funnel}.csv`, new Blob([droppedCsv(all!.dropped!, {format, dimensions})], {type: "text/csv"}));
    });
    return funnelDropped(told!, {...funnelLook(told!, context), dimensions, ...(save && {save: () => void save().catch(onFailure)})});
  }
});
