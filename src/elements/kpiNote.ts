// <kpi-note></kpi-note>: what the page rests on. Made at build; a reader's choice does not change it.

import {asOfNote} from "../components/asOfNote.js";
import {defineElement} from "./definition.js";

export const kpiNoteElement = defineElement({
  name: "kpi-note",
  attributes: {},
  questions: () => [],
  render: (_answers, _attributes, _state, {manifest, format, document}) => asOfNote(manifest, {format, document})
});
