// Where bands of deals begin: by what they are worth and by how long they took. loaders/marts/fct_opportunity.sql sorts
// deals into them; a band is spelled by its limits, "5000-20000" or "31-60", the last one "181-".

/** Settings change them. Null: at the quartiles of the amounts won and lost, each rounded down to 1, 2 or 5 and zeros. */
export interface BandRules {
  /** A size from one limit up to, but not with, the next. */
  readonly size: readonly number[] | null;
  /** Days up to and with a limit. */
  readonly cycle: readonly number[];
}

export const bandRules: BandRules = {size: null, cycle: [30, 60, 90, 180]};
