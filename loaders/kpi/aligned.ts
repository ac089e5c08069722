/** Columns of the same width; those from `text` on stand to the right. */
export function aligned(lines: readonly (readonly string[])[], text: number): string[] {
  const widths = Array.from({length: Math.max(...lines.map(({length}) => length))}, (_, k) => Math.max(...lines.map((line) => [...(line[k] ?? "")].length)));
  return lines.map((line) => line.map((cell, k) => {
    const blank = " ".repeat(widths[k]! - [...cell].length);
    return k < text ? cell + blank : blank + cell;
  }).join("  ").trimEnd());
}
