// Every CRM that has a declaration. One more is one file beside this one and one name here.

import type {SourceDefaults} from "./define.js";
import {salesforce} from "./salesforce.js";

export const crms = {salesforce} as const satisfies Readonly<Record<string, SourceDefaults>>;

/** What `type` of a source may say besides csv. */
export type CrmName = keyof typeof crms;
