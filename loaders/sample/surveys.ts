// What customers and colleagues answered when asked: NPS, CSAT, CES, and four questions about the CRM itself.

import {isSound, type Account} from "./accounts.js";
import type {Block, World} from "./block.js";
import {csvTable} from "./csvTable.js";
import {dateText, day, dayOfSecond, firstDay, lastSecond, officeSecond, secondsPerDay, stampText} from "./days.js";
import {createRandom, type Random} from "./random.js";
import {priceRise, slowTime} from "./story.js";
import type {Ticket} from "./tickets.js";
import {isAtWork} from "./users.js";

export interface Answer {
  readonly id: string;
  readonly kind: "nps" | "csat" | "ces";
  readonly about: "product" | "service" | "crm";
  readonly topic: string;
  readonly wave: string;
  readonly accountId: string;
  readonly contactId: string;
  readonly userId: string;
  readonly ticketId: string;
  readonly score: number | undefined;
  readonly scaleMax: number;
  readonly sent: number;
  readonly responded: number | undefined;
  readonly comment: string;
}

const waves = ["2023-11-15", "2024-05-15", "2024-11-13", "2025-05-14", "2025-11-12", "2026-05-13"].map(day);
const comments = ["Works well", "Too expensive by now", "Quick answer, thank you", "Third time the same fault", "", "", "", "Good, but the manual is thin"] as const;

/** Customers: NPS by wave; CSAT and CES after solved tickets. */
export function* makeAnswers(block: Block, accounts: readonly Account[], tickets: readonly Ticket[]): Generator<Answer> {
  const random = block.random("survey");
  for (const wave of waves) {
    for (const account of accounts) {
      if (!isSound(account) || dayOfSecond(account.created) > wave - 60) continue;
      const upset = wave > priceRise.at && wave < priceRise.at + 200 && account.segment === priceRise.segment;
      const contact = account.contacts[0]!;
      yield answer(block.world, random, {
        kind: "nps", about: "product", topic: "recommendation", wave: dateText(wave).slice(0, 7), accountId: account.id, contactId: contact.id, userId: "", ticketId: "",
        scaleMax: 10, sent: officeSecond(wave, random)
      }, 0.36, 8.1 - (upset ? 1.5 : 0), 1.9, 0);
      if (random.chance(0.01)) yield* again(block.world, random, account.id, contact.id, wave);
    }
  }
  for (const ticket of tickets) {
    if (ticket.firstSolved === undefined || ticket.spam) continue;
    const slow = (ticket.firstSolved - ticket.created) / secondsPerDay;
    const sent = Math.min(lastSecond, ticket.firstSolved + 3600);
    const base = {about: "service", topic: ticket.topic, wave: "", accountId: ticket.account.id, contactId: ticket.contact.id, userId: "", ticketId: ticket.id, sent} as const;
    yield answer(block.world, random, {...base, kind: "csat", scaleMax: 5}, 0.31, 4.35 - Math.min(1.6, slow * 0.12) - (ticket.type === "Complaint" ? 0.8 : 0), 0.8, 1);
    if (random.chance(0.5)) yield answer(block.world, random, {...base, kind: "ces", scaleMax: 7}, 0.27, 5.6 - Math.min(1.5, 0.3 * Math.max(0, ticket.replies - 1)), 1.2, 1);
  }
}

/** The same customer answers the same wave twice: the later answer counts. */
function* again(world: World, random: Random, accountId: string, contactId: string, wave: number): Generator<Answer> {
  const base = {kind: "nps", about: "product", topic: "recommendation", wave: dateText(wave).slice(0, 7), accountId, contactId, userId: "", ticketId: "", scaleMax: 10} as const;
  yield answer(world, random, {...base, sent: officeSecond(wave + 7, random)}, 1, 7, 2, 0);
}

/** Colleagues, twice a year: how easy, complete, stable and well supported the CRM is. Stability falls while it is slow. */
export function* makeCrmAnswers(world: World): Generator<Answer> {
  const random = createRandom(world.seed, "crm-survey");
  for (const wave of waves) {
    for (const user of world.staff.users) {
      if (user.kind === "integration" || !isAtWork(user, wave)) continue;
      for (const topic of ["ease", "completeness", "stability", "support"]) {
        const slow = wave >= slowTime.from && wave < slowTime.to && topic === "stability" ? 1.3 : 0;
        const better = (wave - firstDay) / 3000;
        yield answer(world, random, {
          kind: "csat", about: "crm", topic, wave: dateText(wave).slice(0, 7), accountId: "", contactId: "", userId: user.id, ticketId: "", scaleMax: 5, sent: officeSecond(wave, random)
        }, 0.68, 3.5 + better - slow, 0.9, 1);
      }
    }
  }
}

function answer(world: World, random: Random, asked: Omit<Answer, "id" | "score" | "responded" | "comment">, rate: number, mean: number, spread: number, least: number): Answer {
  const at = asked.sent + Math.round(random.logNormal(1.1 * secondsPerDay, 0.9));
  const answers = random.chance(rate) && at <= lastSecond;
  const score = Math.max(least, Math.min(asked.scaleMax, Math.round(mean + spread * random.normal())));
  return {
    ...asked, id: `SR-${String(world.serial("survey")).padStart(7, "0")}`, score: answers ? score : undefined,
    responded: answers ? at : undefined, comment: answers ? random.pick(comments) : ""
  };
}

export const surveyTable = csvTable<Answer>("other/surveys.csv", {
  response_id: (row) => row.id,
  kind: (row) => row.kind.toUpperCase(),
  about: (row) => row.about,
  topic: (row) => row.topic,
  wave: (row) => row.wave,
  account_id: (row) => row.accountId,
  contact_id: (row) => row.contactId,
  user_id: (row) => row.userId,
  ticket_id: (row) => row.ticketId,
  score: (row) => row.score ?? "",
  scale_max: (row) => row.scaleMax,
  sent_at: (row) => stampText(row.sent),
  responded_at: (row) => (row.responded === undefined ? "" : stampText(row.responded)),
  comment: (row) => row.comment
});
