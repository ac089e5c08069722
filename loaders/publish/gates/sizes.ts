// Whether the site, or a file of it, is larger than hosts and readers like.

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Returns a sentence for every limit that is passed. Bytes by file; limits in megabytes. */
export function tooLarge(sizes: ReadonlyMap<string, number>, {site_mb: site = Infinity, file_mb: file = Infinity, page_mb: page = Infinity}: Readonly<Record<string, number>>): string[] {
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
  const over = (limit: number, of: (name: string) => boolean) => [...sizes].filter(([name, bytes]) => of(name) && bytes > limit * 1e6).sort(([, a], [, b]) => b - a);
  return [
    ...(total > site * 1e6 ? [`the site has ${megabytes(total)}, more than site_mb: ${site}`] : []),
    ...over(file, (name) => !name.endsWith(".html")).map(([name, bytes]) => `${name} has ${megabytes(bytes)}, more than file_mb: ${file}`),
    ...over(page, (name) => name.endsWith(".html")).map(([name, bytes]) => `${name} has ${megabytes(bytes)}, more than page_mb: ${page}`)
  ];
}
