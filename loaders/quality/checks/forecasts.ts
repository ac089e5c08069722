// Forecasts that can be placed.

import {place, type SqlCheck} from "../define.js";

/** Of another form they belong to no period, or to nobody, and no forecast would be compared with its outcome. */
export const forecastsReadable: SqlCheck = {
  id: "forecasts_readable",
  grade: "warn",
  places: [place("forecast", "period", {needs: ["forecast.level"]})],
  look: () => ({
    id: "concat_ws(' ', period, level)",
    wrong: "not (regexp_full_match(period, '\\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?') and lower(trim(level)) in ('company', 'team', 'owner'))",
    grouped: true
  })
};
