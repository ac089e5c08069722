// <kpi-snapshots></kpi-snapshots>: the frozen months, with what they told and what the report says now. Made at build.

import {monthTable} from "../components/snapshots/monthTable.js";
import {archived, archiveQuestions} from "../query/archive.js";
import {parsePeriod} from "../query/calendar.js";
import {defineElement, faceOf} from "./definition.js";

const none = {months: [], restated: []};

export const kpiSnapshotsElement = defineElement({
  name: "kpi-snapshots",
  attributes: {},
  questions: (_attributes, _state, {manifest}) => archiveQuestions(manifest.archive ?? none),
  render(answers, _attributes, _state, context) {
    const {manifest, format, document} = context;
    const archive = manifest.archive ?? none;
    const rows = answers.flatMap((answer) => answer.rows.filter(({role, total}) => role === "current" && total));
    const kpis = archived(archive).map((id) => ({id, unit: faceOf(id, context).unit, now: new Map(rows.filter(({metric}) => metric === id).map(({period, value}) => [period.key, value]))}));
    const periods = new Map(archive.months.map(({month}) => [month, parsePeriod(month, manifest)]));
    return monthTable({months: archive.months, periods, kpis}, {format, document});
  }
});
