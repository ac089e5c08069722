import {afterAll, beforeAll, describe, expect, it} from "vitest";
import {openLanes} from "../../loaders/build/lanes.js";
import {openNative, type Native} from "../../loaders/native.js";

let native: Native;
beforeAll(async () => (native = await openNative()));
afterAll(() => native.close());

describe("lanes", () => {
  it("give results in the order of the tasks, whatever their weight", async () => {
    const lanes = await openLanes(native);
    const answer = async (task: number, {run}: Native) => (await run({sql: `select ${task} * 2 as n`, params: []}))[0]!["n"];
    expect(await lanes.each([1, 2, 3, 4, 5], answer, (task) => task)).toEqual([2, 4, 6, 8, 10]);
    lanes.close();
  });

  it("begin with the heaviest task", async () => {
    const lanes = await openLanes(native);
    const begun: number[] = [];
    await lanes.each([1, 30, 2, 20], async (task) => void begun.push(task), (task) => task);
    expect(begun).toEqual([30, 20, 2, 1]);
    lanes.close();
  });

  it("fail with the first task in order that fails, though a later one failed earlier", async () => {
    const lanes = await openLanes(native);
    const done: string[] = [];
    const work = async (task: string) => {
      await new Promise((resume) => setTimeout(resume, task === "slow" ? 40 : 1));
      done.push(task);
      if (task !== "fine") throw new Error(task);
    };
    await expect(lanes.each(["fine", "slow", "quick", "never"], work, (task) => (task === "quick" ? 2 : task === "slow" ? 1 : 0))).rejects.toThrow("slow");
    expect(done).not.toContain("never");
    lanes.close();
  });

  it("have a zone and temporary tables of their own, and the same tables", async () => {
    const lanes = await openLanes(native, (lane) => lane.exec("create temp table mine (n integer)"));
    await native.exec("create table ours (n integer)");
    await native.exec("set TimeZone = 'Europe/Budapest'");
    const zones = await lanes.each([1, 2], async (task, lane) => {
      await lane.exec("insert into mine values (1)");
      await lane.exec("insert into ours values (?)", [task]);
      await new Promise((resume) => setTimeout(resume, 20));
      const [found] = await lane.run({sql: "select current_setting('TimeZone') as zone, (select count(*) from mine) as n", params: []});
      return `${found!["zone"]} ${found!["n"]}`;
    });
    expect(zones.sort()).toEqual(["Europe/Budapest 1", "UTC 1"]);
    expect(await native.run({sql: "select n from ours order by n", params: []})).toEqual([{n: 1}, {n: 2}]);
    lanes.close();
  });
});
