// How deep JSON is nested. The engine looks at structure by recursion: what is nested too deep would end the process.

import {list, listEnd, object, objectEnd, readMarks} from "./jsonMarks.js";

/** Whether lists and objects stand within each other more than `most` deep anywhere in a file. */
export async function isDeeper(path: string, most: number): Promise<boolean> {
  let depth = 0;
  let deepest = 0;
  const marks = readMarks(path, (byte) => {
    if (byte === list || byte === object) deepest = Math.max(deepest, ++depth);
    else if (byte === listEnd || byte === objectEnd) depth -= 1;
  });
  for await (const _ of marks) if (deepest > most) return true;
  return false;
}
