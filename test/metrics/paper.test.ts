import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openBuilt, type BuiltReport} from "../../loaders/native.js";
import {runPipeline} from "../../loaders/pipeline.js";
import {readSettings} from "../../loaders/settings.js";
import {ask} from "../../src/query/ask.js";
import {tinyWorlds} from "./worlds.js";

const numberOf = (worked: number | string): number => {
  if (typeof worked === "number") return worked;
  const [top, bottom = "1"] = worked.split("/");
  return Number(top) / Number(bottom);
};

describe.each(tinyWorlds.filter(({paper}) => Object.keys(paper).length > 0))("the world $name comes out as on paper", ({settings, paper}) => {
  let built: BuiltReport;
  beforeAll(async () => {
    built = await openBuilt((await runPipeline(await readSettings(settings))).folder, {threads: 1});
  });
  afterAll(() => built?.close());

  for (const [period, numbers] of Object.entries(paper))
    it.each(Object.entries(numbers))(`%s in ${period}`, async (metric, [worked, n]) => {
      const [cell] = (await ask({metrics: [metric], period}, built)).rows;
      if (worked === null) expect(cell!.value).toBeNull();
      else expect(cell!.value, cell!.reason).toBeCloseTo(numberOf(worked), 12);
      expect(cell!.n).toBe(n);
    });
});
