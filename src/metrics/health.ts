// What a customer's health is made of. Each input is scored from 0 (bad) to 100 (good) by loaders/marts/int_health_input.sql.

/** Weight of each input; settings change them. An input of which nothing is known drops out. */
export const healthWeights = {usage: 30, support: 15, sentiment: 15, payment: 15, relation: 15, renewal: 10} as const;

export type HealthInput = keyof typeof healthWeights;

export const healthInputs = Object.keys(healthWeights) as readonly HealthInput[];

/** The lowest score of each band; settings change them. */
export const healthBands = {red: 0, amber: 40, green: 70} as const;

export interface HealthRules {
  readonly weights: Readonly<Record<HealthInput, number>>;
  readonly bands: Readonly<Record<keyof typeof healthBands, number>>;
}

export const healthRules: HealthRules = {weights: healthWeights, bands: healthBands};
