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

/** Days until a term ends from which on the input is full. */
export const healthFar = 180;

/** Days in which a customer who was scored may leave. */
export const healthHorizon = 90;

/** Scorings whose windows of `healthHorizon` days hold one and the same day, and so tell of one departure. */
export const overlapping = 3;

/** Scorings below which a band is not judged. */
export const fewestScorings = 30;

/** What the words of a page name. */
export const healthLimits = {horizon: healthHorizon, overlapping, scorings: fewestScorings, far: healthFar} as const;
