// Colours by meaning and by member. Hex values stand here for tests and exports; pages use the variables of style.css,
// which carry the same values, so that dark mode is a change of variables and not of pictures.

/**
 * Okabe–Ito hues without black and yellow, each moved as little as keeps 3 : 1 on a card and a CIEDE2000 distance of 10
 * between any two, also under simulated protanopia, deuteranopia and tritanopia (test/theme/palette.test.ts).
 */
export const series = {
  light: ["#006dc0", "#b08700", "#208c5a", "#c36092", "#1a97cc", "#ae4f0b", "#6f6d6d"],
  dark: ["#0071b2", "#e69f00", "#1ea071", "#d177a5", "#56b4e9", "#d55e00", "#767676"]
} as const;

export const tones = {
  light: {good: "#0072b2", bad: "#b84c00"},
  dark: {good: "#56b4e9", bad: "#f0803c"}
} as const;

/** Single hue for shares 0–1 (cohorts, heat maps), light ground to dark. */
export const sequential = ["#eef4f9", "#cfe1ef", "#a5c8e1", "#72a9cf", "#3f88b9", "#0b689d", "#004b75"] as const;

export const mutedColor = "var(--qd-context)";

/** Returns the colour of text in a series' hue: mixed with the foreground until it keeps 4.5 : 1. */
export const labelColor = (color: string): string => color.replace("--qd-series-", "--qd-label-");

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
