// A staging table to the canonical table that marts read.

import {quoteIdentifier, type Native} from "../native.js";
import {canonicalTables, keyColumns} from "./schema.js";
import type {TableName} from "./schema.js";
import {staging} from "./stage.js";
import type {StagedColumn} from "./stage.js";
import {sqlTypes} from "./tables.js";

/**
 * Puts the canonical table in place of its staging area: a view with every column, over the rows that are kept and the
 * columns that are fed. Empty columns would take as much memory as full ones. Of the rows left out stay their ids: a
 * reference to one is no fault.
 */
export async function publishTable(native: Native, columns: readonly StagedColumn[], table: TableName, fed: readonly string[]): Promise<void> {
  const [name, rows] = [quoteIdentifier(table), quoteIdentifier(`_${table}`)];
  const [key] = keyColumns(canonicalTables[table]);
  if (isReferredTo(table)) await native.exec(`insert into left_out select '${table}', ${quoteIdentifier(key!)}, ${staging.why} from ${name} where ${staging.why} is not null and ${quoteIdentifier(key!)} is not null`);
  await native.exec(`delete from ${name} where ${staging.why} is not null`);
  for (const column of Object.values(staging)) await native.exec(`alter table ${name} drop column ${column}`);
  await native.exec(`alter table ${name} rename to ${rows}`);
  const select = columns.map(({name, type}) => `${fed.includes(`${table}.${name}`) ? quoteIdentifier(name) : `null::${sqlTypes[type]}`} as ${quoteIdentifier(name)}`);
  await native.exec(`create view ${name} as select ${select.join(", ")} from ${rows}`);
}

const isReferredTo = (table: TableName): boolean =>
  Object.values(canonicalTables).some(({columns}) => Object.values<{readonly references?: string}>(columns).some(({references}) => references === table));
