// <kpi-funnel-switches></kpi-funnel-switches>: how the funnels of the page are counted and laid out.

import {funnelSwitches, updateFunnelSwitches} from "../components/funnel/funnelSwitches.js";
import {funnelModes} from "../metrics/funnel.js";
import {windowsOffered} from "../query/funnel/view.js";
import {defineElement} from "./definition.js";
import {funnelDimensions} from "./funnels.js";

export const kpiFunnelSwitchesElement = defineElement({
  name: "kpi-funnel-switches",
  attributes: {},
  questions: () => [],
  render(_answers, _attributes, state, context) {
    const {manifest, format, document, onFunnelView} = context;
    const funnels = manifest.funnels ?? [];
    const dimensions = funnelDimensions(funnels, context).flatMap((id) => manifest.dimensions.filter((dimension) => dimension.id === id));
    return funnelSwitches({funnels, dimensions, modes: funnelModes, windows: windowsOffered, view: state.funnel ?? {}}, {format, document, ...(onFunnelView && {onChange: onFunnelView})});
  },
  update: (form, {funnel = {}}) => updateFunnelSwitches(form, funnel)
});
