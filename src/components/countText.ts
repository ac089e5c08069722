import type {ComponentOptions} from "./options.js";

/** Returns a number of records, to the last one. */
export const countText = (count: number, {format}: Pick<ComponentOptions, "format">): string => format.value(count, "count", {precise: true});
