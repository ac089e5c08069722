// The colleagues: owners in six teams with hires and leavers, and those around them.

import {bit, csvTable} from "./csvTable.js";
import {dateFieldText, day, firstDay, lastDay, lastSecond, secondsPerDay, stampText, toWeekday} from "./days.js";
import {distinctPeople, emailOf, type PersonName} from "./names.js";
import {createRandom, type Random} from "./random.js";
import {emptyReference} from "./recordId.js";
import {hiringWave, ramp, regions, type Region} from "./story.js";

export interface Team {
  readonly name: string;
  readonly regions: readonly Region[];
  /** Share of all seats. */
  readonly share: number;
  /** Share of the company's goals. */
  readonly planShare: number;
  readonly segmentFocus: "large" | "small" | "any";
}

export const teams: readonly Team[] = [
  {name: "DACH Enterprise", regions: ["DACH"], share: 0.15, planShare: 0.15, segmentFocus: "large"},
  {name: "DACH Mid-market", regions: ["DACH"], share: 0.2, planShare: 0.17, segmentFocus: "small"},
  {name: "CEE Field", regions: ["CEE"], share: 0.2, planShare: 0.19, segmentFocus: "any"},
  {name: "Nordics Field", regions: ["Nordics"], share: 0.15, planShare: 0.17, segmentFocus: "any"},
  {name: "West Field", regions: ["West"], share: 0.15, planShare: 0.21, segmentFocus: "any"},
  {name: "Inside Sales", regions, share: 0.15, planShare: 0.11, segmentFocus: "small"}
];

export type UserKind = "owner" | "manager" | "service" | "marketing" | "admin" | "integration";

export interface User {
  readonly id: string;
  readonly name: PersonName;
  readonly kind: UserKind;
  readonly team: string;
  readonly region: Region | "";
  readonly managerId: string;
  readonly roleId: string;
  /** First working day. */
  readonly hired: number;
  /** First day no longer there; undefined for those who stayed. */
  readonly left: number | undefined;
  /** Power to win against the average, once ramped up. */
  readonly skill: number;
  readonly licensed: boolean;
}

export interface Role {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
}

export interface Staff {
  readonly users: readonly User[];
  readonly owners: readonly User[];
  readonly service: readonly User[];
  readonly roles: readonly Role[];
  readonly admin: User;
  readonly integration: User;
  /** An owner at work in a region on a day, for accounts of a size; ramping ones get less to do. */
  ownerFor(region: Region, large: boolean, of: number, random: Random): User;
}

type Ids = (kind: "user" | "role") => string;

export const fullName = (user: User): string => `${user.name.first} ${user.name.last}`;
export const isAtWork = (user: User, of: number): boolean => of >= user.hired && (user.left === undefined || of < user.left);

/** Forty owners at scale 1; their number grows with the square root of the scale. */
export function ownerCount(scale: number): number {
  return Math.max(12, Math.round(40 * Math.sqrt(scale)));
}

export function makeStaff(seed: string, scale: number, id: Ids): Staff {
  const random = createRandom(seed, "staff");
  const count = ownerCount(scale);
  const names = distinctPeople(count + teams.length + 14, random);
  const roles: Role[] = [{id: id("role"), name: "Executive", parentId: emptyReference}];
  const role = (name: string, parentId = roles[0]!.id) => roles[roles.push({id: id("role"), name, parentId}) - 1]!;
  const old = () => toWeekday(firstDay - random.int(200, 2500));
  const users: User[] = [];
  const add = (kind: UserKind, team: string, roleId: string, rest: Partial<User> = {}) => {
    const user: User = {
      id: id("user"), name: names[users.length]!, kind, team, region: "", managerId: emptyReference, roleId, hired: old(),
      left: undefined, skill: 1, licensed: true, ...rest
    };
    users.push(user);
    return user;
  };

  const leads = teams.map((team) => add("manager", team.name, role(`${team.name} Manager`).id, {region: team.regions.length === 1 ? team.regions[0]! : ""}));
  const sellers = teams.map((team, i) => role(`${team.name} Account Executive`, roles[i + 1]!.id));
  const wave = Math.round((hiringWave.count * count) / 40);
  const seats = teams.flatMap((team, i) => Array.from({length: Math.round(team.share * count)}, (_, n) => ({team, i, n})));
  const owners = seats.slice(0, count).map(({team, i, n}) => {
    const inWave = n >= 1 && (n - 1) * teams.length + i < wave;
    const later = !inWave && n > 2 && random.chance(0.28);
    const start = inWave ? hiringWave.on : later ? toWeekday(random.int(firstDay + 20, lastDay - 120)) : old();
    const hired = start === hiringWave.on && !inWave ? start + 1 : start;
    const leaves = n > 2 && !inWave && random.chance(0.42);
    const left = leaves ? toWeekday(random.int(Math.max(hired + 200, firstDay + 90), lastDay + 150)) : undefined;
    return add("owner", team.name, sellers[i]!.id, {
      region: team.regions[n % team.regions.length]!, managerId: leads[i]!.id, hired,
      left: left !== undefined && left <= lastDay ? left : undefined, skill: 0.72 + 0.56 * random.next()
    });
  });
  const service = Array.from({length: 8}, () => add("service", "Service Desk", roles[0]!.id));
  Array.from({length: 3}, () => add("marketing", "Marketing", roles[0]!.id));
  const admin = add("admin", "Operations", roles[0]!.id);
  const integration = add("integration", "", emptyReference, {name: {first: "", last: "Integration"}, hired: day("2019-01-07")});

  const fits = (user: User, large: boolean) => {
    const focus = teams.find((team) => team.name === user.team)!.segmentFocus;
    return focus === "any" ? 1 : (focus === "large") === large ? 1.4 : 0.25;
  };
  const byRegion = new Map(regions.map((region) => [region, owners.filter((owner) => owner.region === region)]));
  return {
    users, owners, service, roles, admin, integration,
    ownerFor(region, large, of, random) {
      const present = byRegion.get(region)!.filter((owner) => isAtWork(owner, of));
      const candidates = present.length ? present : owners.filter((owner) => isAtWork(owner, of));
      return random.weighted(candidates, (owner) => fits(owner, large) * ramp(of - owner.hired));
    }
  };
}

const created = (user: User) => Math.max(user.hired * secondsPerDay - 2 * secondsPerDay + 36000, 0);
const modified = (user: User) => Math.min(lastSecond, (user.left ?? user.hired) * secondsPerDay + 57600);

export const userTable = csvTable<User>("salesforce/User.csv", {
  Id: (user) => user.id,
  Username: (user) => emailOf(user.name, "harbourlane"),
  LastName: (user) => user.name.last,
  FirstName: (user) => user.name.first,
  Name: (user) => fullName(user).trim(),
  CompanyName: () => "Harbour Lane Instruments",
  Division: (user) => user.region,
  Department: (user) => user.team,
  Title: (user) => (user.kind === "owner" ? "Account Executive" : user.kind === "manager" ? "Team Manager" : ""),
  Email: (user) => emailOf(user.name, "harbourlane"),
  Alias: (user) => user.name.last.slice(0, 8),
  IsActive: (user) => bit(user.left === undefined),
  UserRoleId: (user) => user.roleId,
  UserType: () => "Standard",
  ManagerId: (user) => user.managerId,
  CreatedDate: (user) => stampText(created(user)),
  CreatedById: () => emptyReference,
  LastModifiedDate: (user) => stampText(modified(user)),
  LastModifiedById: () => emptyReference,
  SystemModstamp: (user) => stampText(modified(user)),
  Hired_On__c: (user) => dateFieldText(user.hired),
  Left_On__c: (user) => (user.left === undefined ? "" : dateFieldText(user.left)),
  Licensed__c: (user) => bit(user.licensed),
  Is_Integration__c: (user) => bit(user.kind === "integration")
});

export const roleTable = csvTable<Role>("salesforce/UserRole.csv", {
  Id: (role) => role.id,
  Name: (role) => role.name,
  ParentRoleId: (role) => role.parentId,
  RollupDescription: () => "",
  LastModifiedDate: () => "2019-01-07 09:00:00",
  LastModifiedById: () => emptyReference,
  SystemModstamp: () => "2019-01-07 09:00:00",
  DeveloperName: (role) => role.name.replaceAll(" ", "_").replaceAll("-", "_")
});
