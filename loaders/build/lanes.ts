// Work on two things at a time in one database: while one statement waits for a single thread, the other has the rest.

import type {Native} from "../native.js";

/** More would need more memory, whatever the machine: within a large file the engine uses every core by itself. */
const width = 2;

/** Sessions of one database, for work on tables that have nothing to do with each other. */
export interface Lanes {
  /**
   * Does the work for each task and returns what it gave, in the order of the tasks; heavier tasks begin first. Of
   * several that fail the first in order is thrown, as if they had run one after another.
   */
  each<Task, Result>(tasks: readonly Task[], work: (task: Task, native: Native) => Promise<Result>, weight?: (task: Task) => number): Promise<Result[]>;
  close(): void;
}

/**
 * Opens lanes on a database; `native` itself is one of them. `prepare` makes in each what a session has for itself:
 * macros over variables, temporary tables. The caller closes them before the database.
 */
export async function openLanes(native: Native, prepare: (lane: Native) => Promise<void> = async () => {}): Promise<Lanes> {
  const others = await Promise.all(Array.from({length: width - 1}, () => native.connect()));
  for (const lane of [native, ...others]) await prepare(lane);
  return {
    async each(tasks, work, weight = () => 0) {
      const waiting = tasks.map((task, place) => ({task, place, weight: weight(task)})).sort((a, b) => b.weight - a.weight || a.place - b.place);
      const results = new Array<Awaited<ReturnType<typeof work>>>(tasks.length);
      let failed: {readonly place: number; readonly error: unknown} | undefined;
      const run = async (lane: Native): Promise<void> => {
        for (let next = waiting.shift(); next; next = waiting.shift()) {
          const {task, place} = next;
          if (failed && failed.place < place) continue;
          try {
            results[place] = await work(task, lane);
          } catch (error) {
            if (!failed || place < failed.place) failed = {place, error};
          }
        }
      };
      await Promise.all([native, ...others].map(run));
      if (failed) throw (failed as {readonly error: unknown}).error;
      return results;
    },
    close: () => others.forEach((lane) => lane.close())
  };
}
