// Every CRM that has a declaration. One more is one file beside this one and one name here.

import {clickup} from "./clickup.js";
import type {CrmDefaults} from "./define.js";
import {easyRedmine} from "./easyRedmine.js";
import {espocrm} from "./espocrm.js";
import {hubspot} from "./hubspot.js";
import {pipedrive} from "./pipedrive.js";
import {redmine} from "./redmine.js";
import {salesforce} from "./salesforce.js";
import {suitecrm} from "./suitecrm.js";
import {zoho} from "./zoho.js";

export const crms = {clickup, easy_redmine: easyRedmine, espocrm, hubspot, pipedrive, redmine, salesforce, suitecrm, zoho} as const satisfies Readonly<Record<string, CrmDefaults>>;

/** What `type` of a source may say besides csv. */
export type CrmName = keyof typeof crms;
