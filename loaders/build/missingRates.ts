// Amounts that a report cannot show because nobody said what their currency is worth (kpi-formulas G7).

import type {DataWarning} from "../../src/query/manifest.js";
import {boundValues, type MartOptions} from "../marts.js";
import type {Native} from "../native.js";

/** Returns one warning that counts the opportunities left without an amount, with their currencies; none where all have a rate. */
export async function missingRates(native: Native, values: Pick<MartOptions, "asOf" | "currency">): Promise<DataWarning[]> {
  const sql = `select count(*) as count, string_agg(distinct dimension.currency, ', ' order by dimension.currency) as beside
    from fct_opportunity as mart
    join opportunity as record using (opportunity_id)
    join int_opportunity_dimension as dimension using (opportunity_id)
    where mart.amount is null and record.amount is not null and dimension.currency <> $currency`;
  const result = await native.connection.run(sql, boundValues(sql, values));
  const [count, beside] = (await result.getRows())[0]!;
  return count === 0n ? [] : [{code: "missing_rate", table: "opportunity", column: "amount", beside: String(beside), count: Number(count)}];
}
