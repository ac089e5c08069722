import {Binary, DateDay, DateMillisecond, Decimal, Int64, makeData, Table, tableFromArrays, TimestampMicrosecond, vectorFromArray, Vector} from "apache-arrow";
import {describe, expect, it} from "vitest";
import {plainRows} from "../../src/runtime/result.js";

describe("plainRows", () => {
  it("gives an empty list for a table without rows", () => {
    expect(plainRows(tableFromArrays({a: []}))).toEqual([]);
  });

  it("gives days as ISO dates on both sides of 1970, whatever the unit", () => {
    const days = [new Date("1969-12-31T00:00:00Z"), new Date("2024-02-29T00:00:00Z"), null];
    const table = new Table({day: vectorFromArray(days, new DateDay()), moment: vectorFromArray(days, new DateMillisecond())});
    expect(plainRows(table).map(({day, moment}) => [day, moment])).toEqual([["1969-12-31", "1969-12-31"], ["2024-02-29", "2024-02-29"], [null, null]]);
  });

  it("keeps the microseconds of a timestamp and no zeros behind them", () => {
    const micros = new BigInt64Array([0n, 1_000_001n, -500_000n, 86_400_000_000n]);
    const table = new Table({at: new Vector([makeData({type: new TimestampMicrosecond(), data: micros, length: 4})])});
    expect(plainRows(table).map(({at}) => at)).toEqual(["1970-01-01T00:00:00Z", "1970-01-01T00:00:01.000001Z", "1969-12-31T23:59:59.5Z", "1970-01-02T00:00:00Z"]);
  });

  it("reads decimals exactly, negative ones and those below one too", () => {
    // 12345678901234.56, −0.05, 0 as 128-bit little-endian integers of cents
    const unscaled = [1234567890123456n, -5n, 0n];
    const words = new Uint32Array(unscaled.flatMap((value) => [0n, 32n, 64n, 96n].map((shift) => Number(BigInt.asUintN(32, value >> shift)))));
    const table = new Table({amount: new Vector([makeData({type: new Decimal(2, 18, 128), data: words, length: 3})])});
    expect(plainRows(table).map(({amount}) => amount)).toEqual([12345678901234.56, -0.05, 0]);
  });

  it("gives wide integers as numbers and bytes as text", () => {
    const table = new Table({n: vectorFromArray([9007199254740991n, -1n, null], new Int64()), b: vectorFromArray([new Uint8Array([1]), null, null], new Binary())});
    expect(plainRows(table).map(({n}) => n)).toEqual([9007199254740991, -1, null]);
    expect(plainRows(table)[0]!.b).toBeTypeOf("string");
  });
});
