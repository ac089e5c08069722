// Colours by meaning and by member. Hex values stand here for tests and exports; pages use the variables of style.css,
// which carry the same values, so that dark mode is a change of variables and not of pictures.

/**
 * Okabe–Ito hues without black and yellow, each darkened (light theme) or lightened (dark theme) until a line of it
 * keeps 3 : 1 on the card's ground.
 */
export const series = {
  light: ["#0072b2", "#b3720a", "#00875f", "#b0568c", "#3c8ec4", "#d55e00", "#6b6f76"],
  dark: ["#4aa5dc", "#e69f00", "#1fb98f", "#d98bb8", "#8fd0f5", "#f0803c", "#a3a7ae"]
} as const;

export const tones = {
  light: {good: "#0072b2", bad: "#c25100"},
  dark: {good: "#56b4e9", bad: "#f0803c"}
} as const;

/** Single hue for shares 0–1 (cohorts, heat maps), light ground to dark. */
export const sequential = ["#eef4f9", "#cfe1ef", "#a5c8e1", "#72a9cf", "#3f88b9", "#0b689d", "#004b75"] as const;

export const mutedColor = "var(--qd-context)";

/**
 * Returns the colour of each shown member as a CSS variable. A member keeps the colour of its place in `domain` (all
 * members of the dimension), whatever is filtered; where there are more members than colours, a taken colour yields
 * to the next free one. Members beyond the number of colours are muted.
 */
export function memberColors(shown: readonly (string | null)[], domain: readonly (string | null)[] = [...shown].sort()): Map<string | null, string> {
  const size = series.light.length;
  const taken = new Set<number>();
  const colors = new Map<string | null, string>();
  const inOrder = [...shown].sort((a, b) => place(a) - place(b));
  for (const member of inOrder) {
    let at = place(member) % size;
    for (let step = 0; taken.has(at) && step < size; step++) at = (at + 1) % size;
    colors.set(member, taken.has(at) ? mutedColor : `var(--qd-series-${at + 1})`);
    taken.add(at);
  }
  return colors;

  function place(member: string | null): number {
    const at = domain.indexOf(member);
    return at < 0 ? domain.length : at;
  }
}
