// The one script of a page. It leaves the baked numbers as they are; what can change them is loaded when the page is at
// rest, or at once when the link says more than the default view or a reader reaches for an element.

import {keepState} from "./keepState.js";

const names = ["kpi-card", "kpi-trend", "kpi-bars", "kpi-table", "kpi-headline", "kpi-targets", "kpi-attention", "kpi-signal", "kpi-why", "kpi-drivers", "kpi-filters", "kpi-note", "kpi-stages", "kpi-definitions", "kpi-quality", "kpi-hygiene", "kpi-checks", "kpi-reconcile", "kpi-freshness", "kpi-ledger", "kpi-words"];

/** Elements whose content depends on the reader. */
const hosts = "kpi-card, kpi-trend, kpi-bars, kpi-table, kpi-headline, kpi-targets, kpi-attention, kpi-signal, kpi-why, kpi-drivers, kpi-filters";

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

keepState(document, location);
if (document.querySelector("kpi-definitions")) void import("./findDefinitions.js").then(({findDefinitions}) => findDefinitions(document, window));
if (!document.querySelector(hosts)) {
  // Nothing here depends on the reader.
} else if (location.search.length > 1) start();
else {
  for (const type of ["pointerover", "touchstart", "focusin"]) {
    addEventListener(type, (event) => (event.target as Element).closest?.(hosts) && start(), {passive: true});
  }
  const rest = () => ("requestIdleCallback" in globalThis ? requestIdleCallback(start, {timeout: 2000}) : setTimeout(start, 400));
  if (document.readyState === "complete") rest();
  else addEventListener("load", rest, {once: true});
}
