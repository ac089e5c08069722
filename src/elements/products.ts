// What the elements of products share: the level they are of, and the note where no export feeds them.

import {emptyState} from "../components/emptyState.js";
import {familyNeed, fedLevels, productNeeds, type ProductLevel, type ProductQuestion} from "../query/products/question.js";
import type {ReaderState} from "../query/state.js";
import type {StudyQuestion} from "../query/studies.js";
import type {ReportContext} from "./definition.js";

/** Returns the study of an element, with the reader's filters; none where the level is not fed. */
export function productStudy(question: Omit<ProductQuestion, "filters">, {filters}: ReaderState, {manifest}: Pick<ReportContext, "manifest">): StudyQuestion[] {
  return fedLevels(manifest).includes(question.level) ? [{study: "products", question: {...question, ...(filters.length > 0 && {filters})}}] : [];
}

/** Returns the note in the place of products that no export names. */
export const unfedProducts = (level: ProductLevel, {format, document}: ReportContext): HTMLElement =>
  emptyState({why: "not_in_data", columns: [format.list(productNeeds, "or"), ...(level === "family" ? [familyNeed] : [])], format, document});
