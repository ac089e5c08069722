import {bit, csvTable} from "./csvTable.js";
import {dateFieldText, dayOfSecond, secondsPerDay, stampText} from "./days.js";
import {emailOf} from "./names.js";
import type {Lead} from "./leads.js";
import {emptyReference} from "./recordId.js";
import {countryOf} from "./accounts.js";

const stamp = (second: number | undefined) => (second === undefined ? "" : stampText(second));

/** One qualified in five that came by another way had looked at the website again before. */
const lastSource = ({source, qualified}: Lead): string => (source !== "" && qualified !== undefined && qualified % 5 === 0 ? "Web" : source);

/** A few open leads had been given up for a week before they were qualified. */
function pauseOf({contacted, qualified, converted, lost, created}: Lead): {readonly from: number; readonly to: number} | undefined {
  if (contacted === undefined || qualified === undefined || converted !== undefined || lost !== undefined || created % 3 !== 0) return undefined;
  const [from, to] = [contacted + 2 * secondsPerDay, contacted + 9 * secondsPerDay];
  return to < qualified ? {from, to} : undefined;
}

/** Columns in the order of the weekly export; those that are always empty are left out. */
export const leadTable = csvTable<Lead>("salesforce/Lead.csv", {
  Id: (lead) => lead.id,
  IsDeleted: (lead) => bit(lead.deleted),
  MasterRecordId: (lead) => lead.mergedInto,
  FirstName: (lead) => lead.name.first,
  LastName: (lead) => lead.name.last,
  Company: (lead) => lead.company,
  Country: (lead) => countryOf(lead.region, lead.id),
  Email: (lead) => emailOf(lead.name, lead.company),
  LeadSource: (lead) => lead.source,
  Last_Source__c: lastSource,
  Status: (lead) => lead.status,
  Rating: (lead) => (lead.score > 66 ? "Hot" : lead.score > 40 ? "Warm" : "Cold"),
  CurrencyIsoCode: () => "EUR",
  OwnerId: (lead) => lead.ownerId,
  HasOptedOutOfEmail: () => 0,
  IsConverted: (lead) => bit(lead.converted !== undefined),
  ConvertedDate: (lead) => (lead.converted === undefined ? "" : dateFieldText(dayOfSecond(lead.converted))),
  ConvertedAccountId: (lead) => lead.accountId,
  ConvertedContactId: (lead) => lead.contactId,
  ConvertedOpportunityId: (lead) => lead.opportunityId,
  IsUnreadByOwner: (lead) => bit(lead.contacted === undefined),
  CreatedDate: (lead) => stampText(lead.created),
  CreatedById: (lead) => (lead.ownerId.startsWith("005") ? lead.ownerId : emptyReference),
  LastModifiedDate: (lead) => stampText(lead.modified),
  LastModifiedById: (lead) => (lead.ownerId.startsWith("005") ? lead.ownerId : emptyReference),
  SystemModstamp: (lead) => stampText(lead.modified),
  LastActivityDate: (lead) => (lead.contacted === undefined ? "" : dateFieldText(dayOfSecond(lead.contacted))),
  Campaign__c: (lead) => lead.campaignId,
  Product_Interest__c: (lead) => lead.product.id,
  Segment__c: (lead) => lead.segment,
  Region__c: (lead) => lead.region,
  Lead_Score__c: (lead) => lead.score,
  Qualified_At__c: (lead) => stamp(lead.qualified),
  Converted_At__c: (lead) => stamp(lead.converted),
  Lost_At__c: (lead) => stamp(lead.lost ?? pauseOf(lead)?.from),
  Lost_Reason__c: (lead) => lead.lostReason,
  Reopened_At__c: (lead) => stamp(pauseOf(lead)?.to),
  Next_Follow_Up__c: (lead) => stamp(lead.nextFollowUp),
  Is_Import__c: (lead) => bit(lead.imported),
  Is_Test__c: (lead) => bit(lead.test)
});
