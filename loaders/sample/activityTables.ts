import type {Activity} from "./activities.js";
import {bit, csvTable} from "./csvTable.js";
import {dateFieldText, dayOfSecond, lastSecond, stampText} from "./days.js";
import {emptyReference} from "./recordId.js";

const modified = (row: Activity) => Math.min(lastSecond, Math.max(row.created, row.done ?? row.created));
const creator = (row: Activity) => (row.ownerId.startsWith("005") ? row.ownerId : emptyReference);

/** E-mails, calls and tasks. */
export const taskTable = csvTable<Activity>("salesforce/Task.csv", {
  Id: (row) => row.id,
  IsDeleted: () => 0,
  WhoId: (row) => row.whoId,
  WhatId: (row) => row.whatId,
  Subject: (row) => (row.automated ? "Thank you for your enquiry" : row.kind === "Task" ? "To do" : row.kind),
  ActivityDate: (row) => dateFieldText(dayOfSecond(row.due)),
  Status: (row) => (row.done === undefined ? (row.outcome === "Cancelled" ? "Deferred" : "Not Started") : "Completed"),
  Priority: () => "Normal",
  OwnerId: (row) => row.ownerId,
  Type: (row) => (row.kind === "Task" ? "Other" : row.kind),
  AccountId: (row) => row.accountId,
  IsClosed: (row) => bit(row.done !== undefined),
  CreatedDate: (row) => stampText(row.created),
  CreatedById: creator,
  LastModifiedDate: (row) => stampText(modified(row)),
  LastModifiedById: creator,
  SystemModstamp: (row) => stampText(modified(row)),
  CallDurationInSeconds: (row) => (row.kind === "Call" ? row.minutes * 60 : ""),
  CallType: (row) => (row.kind === "Call" ? (row.inbound ? "Inbound" : "Outbound") : ""),
  CallDisposition: (row) => (row.kind === "Call" ? row.outcome : ""),
  TaskSubtype: (row) => row.kind,
  CompletedDateTime: (row) => (row.done === undefined ? "" : stampText(row.done)),
  Direction__c: (row) => (row.kind === "Task" ? "" : row.inbound ? "Inbound" : "Outbound"),
  Automated__c: (row) => bit(row.automated)
});

/** Meetings. */
export const eventTable = csvTable<Activity>("salesforce/Event.csv", {
  Id: (row) => row.id,
  IsDeleted: () => 0,
  WhoId: (row) => row.whoId,
  WhatId: (row) => row.whatId,
  Subject: () => "Meeting",
  IsAllDayEvent: () => 0,
  ActivityDateTime: (row) => stampText(row.due),
  ActivityDate: (row) => dateFieldText(dayOfSecond(row.due)),
  DurationInMinutes: (row) => row.minutes,
  StartDateTime: (row) => stampText(row.due),
  EndDateTime: (row) => stampText(row.due + row.minutes * 60),
  AccountId: (row) => row.accountId,
  OwnerId: (row) => row.ownerId,
  Type: () => "Meeting",
  CreatedDate: (row) => stampText(row.created),
  CreatedById: creator,
  LastModifiedDate: (row) => stampText(modified(row)),
  LastModifiedById: creator,
  SystemModstamp: (row) => stampText(modified(row)),
  Outcome__c: (row) => row.outcome,
  Held_At__c: (row) => (row.done === undefined ? "" : stampText(row.done))
});
