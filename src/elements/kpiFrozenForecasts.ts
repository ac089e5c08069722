// <kpi-frozen-forecasts></kpi-frozen-forecasts>: what each frozen month forecast of the next, beside what was won. Made at build.

import {forecastTable} from "../components/snapshots/forecastTable.js";
import {forecastQuestions, forecastWays} from "../query/archive.js";
import {parsePeriod} from "../query/calendar.js";
import type {Archive} from "../query/manifest.js";
import {defineElement} from "./definition.js";

const none: Archive = {months: [], restated: []};

export const kpiFrozenForecastsElement = defineElement({
  name: "kpi-frozen-forecasts",
  attributes: {},
  questions: (_attributes, _state, {manifest}) => forecastQuestions(manifest.archive ?? none, manifest.asOf),
  render(answers, _attributes, _state, {manifest, catalogue, format, document}) {
    const {months, forecasts = []} = manifest.archive ?? none;
    const rows = answers.flatMap((answer) => answer.rows.filter(({role, total, period}) => role === "current" && total && !period.part));
    const ways = forecastWays.filter((way) => catalogue.some(({id}) => id === way) && forecasts.some(({values}) => values[way] !== undefined));
    return forecastTable({forecasts, ways, begun: months.length > 0, periodOf: (key) => parsePeriod(key, manifest), won: new Map(rows.map(({period, value}) => [period.key, value]))}, {format, document});
  }
});
