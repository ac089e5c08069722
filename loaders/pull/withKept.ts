// What there is to read of sources that are pulled.

import type {SettingsProblem} from "../settings/problems.js";
import type {SourceDeclaration} from "../sources/define.js";
import {keptDays, keptExport} from "./kept.js";
import type {SourcePull} from "./settings.js";

/**
 * Returns the sources; of those that are pulled and not dated the folder is that of the newest kept export. Where nothing
 * is kept yet, that is a fault: `file` is how the settings file is named in it.
 */
export function withKept(sources: readonly SourceDeclaration[], pulls: readonly SourcePull[], file: string, found: SettingsProblem[]): SourceDeclaration[] {
  return sources.map((source) => {
    const pull = pulls.find(({source: id}) => id === source.id);
    if (!pull) return source;
    const newest = keptDays(pull.folder).at(-1);
    if (newest === undefined) found.push({file, line: source.line, key: `${source.id}.pull`, code: "not_pulled", value: source.id});
    return newest === undefined || source.dated ? source : {...source, folder: keptExport(pull.folder, newest)};
  });
}
