// What a cohort is called.

import type {Cohort} from "../metrics/cohort.js";
import type {Formatter} from "./formatter.js";
import {plainText} from "./text.js";

/** Returns the cohort's name as plain text: from the settings, else the message; its id where there is neither. */
export const cohortName = ({id, label}: Pick<Cohort, "id" | "label">, {has, message}: Pick<Formatter, "has" | "message">): string =>
  plainText(label ?? (has(`cohort.${id}.label`) ? message(`cohort.${id}.label`) : id));
