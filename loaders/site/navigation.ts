// The pages in the order and the groups of the navigation. A page says in its front matter where it stands.

/** Groups of pages, in order; pages that name none stand in the last, the overview stands before all. */
export const pageGroups = ["month", "sales", "customers", "data", "more"] as const;
export type PageGroup = (typeof pageGroups)[number];

/** Where a page stands: its group, and its place among those of the group. */
export interface Standing {
  readonly group: PageGroup;
  readonly place: number;
}

/** Returns where the front matter puts a page; without a word about it at the end of the last group. Throws an Error that names what is wrong and what is right. */
export function standingOf(frontMatter: Readonly<Record<string, unknown>>): Standing {
  const {group = "more", place = Infinity} = frontMatter;
  if (!pageGroups.includes(group as PageGroup)) throw new Error(`group: ${String(group)} is none of ${pageGroups.join(", ")}`);
  if (typeof place !== "number") throw new Error(`place: ${String(place)} is no number`);
  return {group: group as PageGroup, place};
}

/** Returns the pages as the navigation has them: "/index" first, then by group and place, then by route. */
export function inOrder<P extends {readonly path: string; readonly frontMatter: Readonly<Record<string, unknown>>}>(pages: readonly P[]): P[] {
  const rank = (page: P): readonly (number | string)[] => {
    const {group, place} = standingOf(page.frontMatter);
    return [Number(page.path !== "/index"), pageGroups.indexOf(group), place, page.path];
  };
  return [...pages].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const at = left.findIndex((value, k) => value !== right[k]);
    return at < 0 ? 0 : left[at]! < right[at]! ? -1 : 1;
  });
}
