// The one script of a page. It leaves the baked numbers as they are; what can change them is loaded when the page is at
// rest, or at once when the link says more than the default view or a reader reaches for an element.

import {hosts} from "./hosts.js";
import {keepState} from "./keepState.js";
import {openPastMonth} from "./pastMonth.js";
import {closeMenus} from "./siteMenu.js";

const names = ["kpi-card", "kpi-trend", "kpi-bars", "kpi-table", "kpi-headline", "kpi-targets", "kpi-attention", "kpi-actions", "kpi-signal", "kpi-why", "kpi-levers", "kpi-drivers", "kpi-filters", "kpi-variants", "kpi-note", "kpi-stages", "kpi-goals", "kpi-milestones", "kpi-waterfall", "kpi-movements", "kpi-lapsed", "kpi-churn-rules", "kpi-leaving", "kpi-survival", "kpi-churn-by", "kpi-replay", "kpi-funnel", "kpi-funnel-times", "kpi-funnel-trend", "kpi-funnel-breakdown", "kpi-funnel-compare", "kpi-funnel-dropped", "kpi-funnel-switches", "kpi-cohort", "kpi-cohort-curves", "kpi-cohort-segments", "kpi-cohort-compare", "kpi-cohort-members", "kpi-cohort-switches", "kpi-next-products", "kpi-white-space", "kpi-value-model", "kpi-clv-cac", "kpi-rfm", "kpi-rfm-members", "kpi-concentration", "kpi-health", "kpi-health-replay", "kpi-health-list", "kpi-what-if", "kpi-definitions", "kpi-quality", "kpi-hygiene", "kpi-checks", "kpi-reconcile", "kpi-freshness", "kpi-ledger", "kpi-snapshots", "kpi-compared", "kpi-restatements", "kpi-frozen-forecasts", "kpi-words"];

/** What a reader reaches for when the engine may be wanted. */
const touched = `${hosts}, .qd-making`;

let live: Promise<typeof import("./live.js")> | undefined;

/** Loads the part that answers questions, once. */
function start() {
  live ??= import("./live.js");
  live.then(
    ({startPage}) => startPage(),
    () => (live = undefined)
  );
}

for (const name of names) {
  customElements.define(
    name,
    class extends HTMLElement {
      connectedCallback() {
        // Written by a cell after the build: there is no baked content to keep.
        if (document.readyState === "complete" && this.childNodes.length === 0) live?.then(({showElement}) => showElement(this)) ?? start();
      }
    }
  );
}

openPastMonth(document, location);
keepState(document, location);
closeMenus(document);
if (document.querySelector("kpi-definitions")) void import("./findDefinitions.js").then(({findDefinitions}) => findDefinitions(document, window));
if (document.querySelector("kpi-goals")) void import("./chooseGoal.js").then(({chooseGoal}) => chooseGoal(document, window));
const depends = document.querySelector(hosts) !== null;
if (depends && location.search.length > 1) start();
else if (document.querySelector(touched)) {
  for (const type of ["pointerover", "touchstart", "focusin"]) {
    addEventListener(type, (event) => (event.target as Element).closest?.(touched) && start(), {passive: true});
  }
  const rest = () => ("requestIdleCallback" in globalThis ? requestIdleCallback(start, {timeout: 2000}) : setTimeout(start, 400));
  if (!depends) {
    // Only what a reader unfolds depends on them here.
  } else if (document.readyState === "complete") rest();
  else addEventListener("load", rest, {once: true});
}
