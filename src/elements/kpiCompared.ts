// <kpi-compared></kpi-compared>: two frozen months side by side, KPI by KPI. The last two at build; a reader chooses any.

import {comparedCsv, comparedMonths, comparedRows, lastPair, type ComparedMonthsOptions} from "../components/snapshots/comparedMonths.js";
import {parsePeriod} from "../query/calendar.js";
import type {ToldMonth} from "../query/manifest.js";
import {defineElement, faceOf, type ReportContext} from "./definition.js";
import {download} from "./download.js";

/** Of the address: "months=2026-09..2026-10". */
const parameter = "months";

const look = (context: ReportContext): ComparedMonthsOptions => {
  const {manifest, catalogue, format, document, definitionHref} = context;
  return {
    format, document, hrefOf: definitionHref, periodOf: (month) => parsePeriod(month, manifest),
    metrics: catalogue.filter(({internal}) => !internal).map(({id}) => faceOf(id, context))
  };
};

export const kpiComparedElement = defineElement({
  name: "kpi-compared",
  attributes: {},
  questions: () => [],
  render(_answers, _attributes, _state, context) {
    const told = context.manifest.archive?.told ?? [];
    return comparedMonths(told, lastPair(told), look(context));
  },
  enliven(host, _attributes, _state, context) {
    const figure = host.querySelector<HTMLElement>(".qd-compared");
    if (!figure) return;
    const told = JSON.parse(figure.dataset["told"]!) as readonly ToldMonth[];
    const options = look(context);
    const window = context.document.defaultView!;
    const show = (pair: readonly [string, string], focused?: string): void => {
      const [then, now] = pair.map((id) => told.find((one) => one.id === id)!) as [ToldMonth, ToldMonth];
      const save = () => download(context.document, `compared-${pair.join("-")}.csv`, new Blob([comparedCsv(comparedRows(then, now, options.metrics), pair)], {type: "text/csv"}));
      host.replaceChildren(comparedMonths(told, pair, {...options, onChange: choose, save}));
      if (focused !== undefined) host.querySelector<HTMLElement>(`[name="${focused}"]`)?.focus();
    };
    const choose = (pair: readonly [string, string]): void => {
      const address = new URL(window.location.href);
      address.searchParams.set(parameter, pair.join(".."));
      window.history.replaceState(window.history.state, "", address);
      show(pair, context.document.activeElement?.getAttribute("name") ?? undefined);
    };
    const asked = new URL(window.location.href).searchParams.get(parameter)?.split("..") ?? [];
    const known = asked.length === 2 && asked.every((id) => told.some((one) => one.id === id));
    show(known ? (asked as [string, string]) : lastPair(told)!);
  }
});
