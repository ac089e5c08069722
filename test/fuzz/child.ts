// A process that judges cases one after another, until its parent ends it. Messages: a case's place in, its verdict out.

import {makeCase} from "./case.js";
import {judge} from "./judge.js";
import type {Asked, Told} from "./fuzz.js";

process.on("message", ({seed, number, memory}: Asked) => {
  void (async () => {
    const start = performance.now();
    const one = await makeCase(seed, number);
    const about = {number, world: one.world.name, steps: one.steps};
    const verdict = await judge(one, memory);
    const told: Told = {...about, ...verdict, milliseconds: performance.now() - start, peak: process.resourceUsage().maxRSS * 1024};
    process.send!(told);
  })();
});
process.send!("ready");
