// Declared views by id: sets of numbers that are read together.

import type {View} from "../metrics/define.js";
import {views as declared} from "../metrics/index.js";
import {ask, type AskOptions} from "./ask.js";
import type {Answer, Question} from "./question.js";
import {QuestionError} from "./questionError.js";
import {funnelRows, type FunnelRow} from "./views/funnel.js";

/** What can be asked of a view: all of a question but the metrics, which the view brings. */
export type ViewQuestion = Omit<Question, "metrics">;

/** The answer to a view. `kind` tells what its rows are; `metrics` is the answer they were made from. */
export interface ViewAnswer {
  readonly view: View;
  readonly kind: "funnel";
  readonly rows: readonly FunnelRow[];
  readonly metrics: Answer;
}

/** One reader for each kind of view; a new kind is one entry here and one file in views/. */
const readers = {funnel: funnelRows} as const satisfies Record<View["kind"], (view: View, answer: Answer) => unknown>;

/** Returns the declared view of that id. Throws naming the nearest and all there are. */
export function findView(id: string, views: readonly View[] = declared): View {
  const view = views.find((candidate) => candidate.id === id);
  if (view) return view;
  throw new QuestionError({code: "unknown_view", value: id, message: `unknown view: ${JSON.stringify(id)}`, allowed: views.map((candidate) => candidate.id)});
}

/** Returns the ids of the metrics that answer a view, in step order. */
export const viewMetrics = ({steps}: View): string[] => steps.map(({reached}) => reached.id);

/** Returns the rows of a view from the answer to its metrics: for callers that ask several things at once. */
export const readView = (view: View, metrics: Answer): ViewAnswer => ({view, kind: view.kind, rows: readers[view.kind](view, metrics), metrics});

/** Returns the answer to a declared view ("funnel:lead_to_cash"). Throws a QuestionError as `ask` does. */
export async function askView(viewId: string, question: ViewQuestion, options: AskOptions): Promise<ViewAnswer> {
  const view = findView(viewId);
  return readView(view, await ask({...question, metrics: viewMetrics(view)}, options));
}
