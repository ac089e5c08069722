// Structures of many JSON values merged into one.

import {expect, it} from "vitest";
import {mayBeList, merged, structuresOf} from "../../loaders/formats/jsonStructure.js";
import {leaves, type Structure} from "../../loaders/formats/jsonPaths.js";
import {openNative, quoteText} from "../../loaders/native.js";

async function of(...values: readonly string[]) {
  const native = await openNative({threads: 1, memory: "200MB"});
  try {
    return await structuresOf(native, `(select try_cast(v as json) as json from (values ${values.map((value) => `(${quoteText(value)})`).join(", ")}) t(v))`);
  } finally {
    native.close();
  }
}

it.each<[string, string[], string[]]>([
  ["names of all objects, in the order in which they first stand", ['{"b":1}', '{"a":1,"b":2}', '{"c":1}'], ["b", "a", "c"]],
  ["a name that is null in one and an object in another is the object", ['{"a":null}', '{"a":{"x":1}}'], ["a.x"]],
  ["an object without names and one with names is the latter", ['{"a":{"x":1}}', '{"a":{}}'], ["a.x"]],
  ["what is text in one and an object in another is one value", ['{"a":"s"}', '{"a":{"x":1}}'], ["a"]],
  ["however many kinds follow", ['{"a":1}', '{"a":"s"}', '{"a":{"x":1}}', '{"a":[1]}'], ["a"]],
  ["names that JavaScript knows are names", ['{"__proto__":{"x":1}}', '{"__proto__":{"y":1},"constructor":2}'], ["__proto__.x", "__proto__.y", "constructor"]]
])("%s", async (_, values, names) => {
  expect(leaves((await of(...values)).objects).map((name) => name.join("."))).toEqual(names);
});

it("counts values that are no objects and those that are no JSON apart", async () => {
  expect(await of('{"a":1}', "5", "[1]", "torn {", '{"b":1}')).toMatchObject({count: 5, countObjects: 2, objects: {a: "UBIGINT", b: "UBIGINT"}});
});

it("a list of several kinds, and what is a list in some only, may be a list", () => {
  const list: Structure = [{a: "VARCHAR"}];
  expect(merged([{b: "VARCHAR"}], list)).toEqual([{b: "VARCHAR", a: "VARCHAR"}]);
  expect([list, merged("VARCHAR", list), "JSON"].map((one) => mayBeList(one as Structure))).toEqual([true, true, true]);
  expect([{a: "VARCHAR"}, "VARCHAR"].map((one) => mayBeList(one as Structure))).toEqual([false, false]);
});
