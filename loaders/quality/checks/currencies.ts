// Currencies that exist, and what they are worth (kpi-formulas G7).

import {currencyCodes} from "../../settings/currencies.js";
import {place, placesOf, type SqlCheck} from "../define.js";

const codes = [...currencyCodes].sort().map((code) => `'${code}'`).join(", ");

/** Codes stand in capitals in the tables; "EURO" has no rate, so its amounts would be missing without a reason. */
export const currenciesKnown: SqlCheck = {
  id: "currencies_known",
  grade: "warn",
  places: placesOf((_, name, table) => name === "currency" && {needs: [`${table}.currency`]}),
  look: () => ({id: "currency", among: "currency is not null", wrong: `currency not in (${codes})`, grouped: true})
};

/** Amounts that a report cannot show because nobody said what their currency is worth. */
export const ratesKnown: SqlCheck = {
  id: "rates_known",
  grade: "warn",
  places: [place("opportunity", "amount")],
  look: () => ({
    from: "fct_opportunity as mart join opportunity as record using (opportunity_id) join int_opportunity_dimension as dimension using (opportunity_id)",
    id: "dimension.currency",
    among: "record.amount is not null",
    wrong: "mart.amount is null and dimension.currency <> $currency",
    grouped: true
  })
};
