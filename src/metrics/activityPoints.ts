// What an activity counts in the race for points.

/** Points of one activity of each type; settings change them. A type that is not listed has none. */
export const activityWeights: Readonly<Record<string, number>> = {email: 1, call: 2, meeting: 5, task: 1};
