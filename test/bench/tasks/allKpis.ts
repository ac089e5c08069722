// Every metric over 36 months, in total and by each of five dimensions, from a finished build.

import {metrics} from "../../../src/metrics/index.js";
import {askMany} from "../../../src/query/ask.js";
import {openBuilt} from "../../../loaders/native.js";
import {measureTask} from "../child.js";

const wanted = ["region", "team", "owner", "source", "product"];

await measureTask(async ([folder]) => {
  if (folder === undefined) throw new Error("usage: allKpis <build folder>");
  const {manifest, run, close} = await openBuilt(folder, {memory: "1GB"});
  const dimensions = wanted.filter((id) => manifest.dimensions.some((dimension) => dimension.id === id));
  const listed = metrics.filter(({internal}) => !internal).map(({id}) => id);
  let cells = 0;
  for (const by of [[], ...dimensions.map((dimension) => [dimension])]) {
    const [answer] = await askMany([{metrics: listed, period: "closed:month", by, trend: {grain: "month", count: 36}}], {manifest, run});
    cells += answer!.rows.length;
  }
  close();
  return {metrics: listed.length, dimensions: dimensions.length, cells};
});
