// How the CRM itself is used and how it does: log-ins by user and day, requests by hour, courses.

import {bit, csvTable} from "./csvTable.js";
import type {World} from "./block.js";
import {dateText, day, firstDay, isWeekday, lastDay, lastSecond, officeSecond, secondsPerDay, stampText, toWeekday} from "./days.js";
import {createRandom, type Random} from "./random.js";
import {demand, outage, slowTime} from "./story.js";
import {isAtWork, type User} from "./users.js";

export interface CrmUsage {
  readonly userId: string;
  readonly on: number;
  readonly logins: number;
  readonly writes: number;
  readonly ownOpportunity: boolean;
  readonly loggedActivity: boolean;
  readonly updatedStage: boolean;
}

/** One row for each colleague and day with a log-in; days off, holidays and the outage leave gaps. */
export function* makeCrmUsage({seed, staff}: World): Generator<CrmUsage> {
  const random = createRandom(seed, "crm-usage");
  const eager = new Map(staff.users.map((user) => [user.id, 0.55 + 0.4 * random.next()]));
  for (let on = firstDay; on <= lastDay; ++on) {
    for (const user of staff.users) {
      if (!isAtWork(user, on) || !random.chance(presence(user, on, eager.get(user.id)!))) continue;
      const machine = user.kind === "integration";
      const writes = machine ? random.int(180, 420) : Math.round(random.logNormal(user.kind === "owner" ? 9 : 5, 0.7) * (random.chance(0.12) ? 0 : 1));
      const sells = user.kind === "owner" && writes > 0;
      yield {
        userId: user.id, on, logins: machine ? 24 : random.int(1, 4), writes, ownOpportunity: sells && random.chance(0.46),
        loggedActivity: !machine && writes > 0 && random.chance(0.7), updatedStage: sells && random.chance(0.3)
      };
    }
  }
}

function presence(user: User, on: number, eager: number): number {
  if (on >= outage.from && on < outage.to) return 0.06;
  if (user.kind === "integration") return 1;
  const works = isWeekday(on) ? Math.min(1, demand(on) + 0.35) : 0.02;
  const settled = Math.min(1, 0.5 + (on - user.hired) / 60);
  return works * eager * settled;
}

export const crmUsageTable = csvTable<CrmUsage>("other/crm_usage.csv", {
  user_id: (row) => row.userId,
  date: (row) => dateText(row.on),
  logins: (row) => row.logins,
  writes: (row) => row.writes,
  own_opportunity: (row) => bit(row.ownOpportunity),
  logged_activity: (row) => bit(row.loggedActivity),
  updated_stage: (row) => bit(row.updatedStage)
});

export interface CrmRequests {
  readonly id: string;
  readonly at: number;
  readonly kind: "page" | "api" | "sync";
  readonly status: number;
  readonly milliseconds: number;
  readonly count: number;
}

const speeds = [{share: 0.62, factor: 0.6}, {share: 0.3, factor: 1.3}, {share: 0.08, factor: 4.5}] as const;

/** Requests of each office hour in three classes of speed, and failures apart; a sync every night. */
export function* makeCrmRequests({seed, scale, serial}: World): Generator<CrmRequests> {
  const random = createRandom(seed, "crm-request");
  const row = (at: number, kind: CrmRequests["kind"], status: number, milliseconds: number, count: number): CrmRequests => ({
    id: `RQ-${String(serial("request")).padStart(7, "0")}`, at, kind, status, milliseconds: Math.round(milliseconds), count
  });
  for (let on = firstDay; on <= lastDay; ++on) {
    const fails = on >= outage.from && on < outage.to;
    const slow = on >= slowTime.from && on < slowTime.to ? 2.6 : 1;
    yield row(on * secondsPerDay + 7200, "sync", fails || random.chance(0.02) ? 503 : 200, 45000 * slow * random.between(0.8, 1.3), 1);
    if (!isWeekday(on)) continue;
    for (let hour = 6; hour < 17; ++hour) {
      const at = on * secondsPerDay + hour * 3600;
      for (const kind of ["page", "api"] as const) {
        const all = Math.round((kind === "page" ? 240 : 410) * scale * demand(on) * random.between(0.7, 1.25));
        const failed = Math.round(all * (fails ? 0.74 : 0.004) * random.between(0.4, 1.6));
        for (const {share, factor} of speeds) {
          const count = Math.round(Math.max(0, all - failed) * share);
          if (count > 0) yield row(at, kind, 200, (kind === "page" ? 620 : 180) * factor * slow * random.between(0.85, 1.2), count);
        }
        if (failed > 0) yield row(at + 1800, kind, fails ? 503 : random.pick([500, 502, 504]), 9000 * random.between(0.5, 1.5), failed);
        if (random.chance(0.4)) yield row(at + 900, kind, random.pick([400, 403, 404]), 140 * random.between(0.6, 1.5), random.int(1, 5));
      }
    }
  }
}

export const crmRequestTable = csvTable<CrmRequests>("other/crm_requests.csv", {
  request_id: (row) => row.id,
  at: (row) => stampText(row.at),
  kind: (row) => row.kind,
  status_code: (row) => row.status,
  failed: (row) => bit(row.status >= 400),
  user_error: (row) => bit(row.status >= 400 && row.status < 500),
  duration_ms: (row) => row.milliseconds,
  requests: (row) => row.count
});

export interface Training {
  readonly id: string;
  readonly userId: string;
  readonly course: string;
  readonly assigned: number;
  readonly due: number;
  readonly completed: number | undefined;
}

const courses = [
  {name: "CRM basics", from: undefined}, {name: "Pipeline hygiene", from: day("2024-02-05")}, {name: "Sextant Edge for sales", from: day("2025-03-31")},
  {name: "Forecasting", from: day("2025-09-15")}, {name: "Data protection", from: day("2026-10-05")}
] as const;

/** Basics for everybody who joins, the others for all on board that day; one in six never finishes. */
export function* makeTraining({seed, staff, serial}: World): Generator<Training> {
  const random = createRandom(seed, "training");
  for (const {name, from} of courses) {
    for (const user of staff.users) {
      const on = from ?? Math.max(firstDay, user.hired);
      if (user.kind === "integration" || !isAtWork(user, on)) continue;
      yield {id: `TR-${String(serial("training")).padStart(5, "0")}`, userId: user.id, course: name, assigned: on * secondsPerDay + 28800, due: on + 45, completed: finish(on, user, random)};
    }
  }
}

function finish(on: number, user: User, random: Random): number | undefined {
  const done = toWeekday(on + Math.round(random.logNormal(24, 0.7)));
  if (random.chance(0.16) || !isAtWork(user, done)) return undefined;
  const at = officeSecond(done, random);
  return done <= lastDay && at <= lastSecond ? at : undefined;
}

export const trainingTable = csvTable<Training>("other/training.csv", {
  training_id: (row) => row.id,
  user_id: (row) => row.userId,
  course: (row) => row.course,
  assigned_at: (row) => stampText(row.assigned),
  due_on: (row) => dateText(row.due),
  completed_at: (row) => (row.completed === undefined ? "" : stampText(row.completed))
});
