// The canonical CRM model: every table that a source may feed. Plain data; the code that reads it is in
// read.ts, cast.ts and checks.ts. Names are those of the field and never change once published.

/** How a canonical column is typed. `percent` is a share 0–1, `money` an amount in the row's currency. */
export type ColumnType = "text" | "integer" | "number" | "money" | "percent" | "boolean" | "date" | "timestamp";

/** `public` may leave the company, `internal` stays inside the report, `personal` is never published. */
export type PrivacyClass = "public" | "internal" | "personal";

export interface CanonicalColumn {
  readonly type: ColumnType;
  readonly privacy: PrivacyClass;
  /** What the value means, with its unit; printed in the data dictionary. */
  readonly meaning: string;
  /** Part of the table's key. */
  readonly key?: boolean;
  /** A row without it is rejected. Key columns are required too. */
  readonly required?: boolean;
  /** The canonical table whose key this column holds. */
  readonly references?: string;
}

export interface CanonicalTable {
  /** What one row is. */
  readonly grain: string;
  readonly columns: Readonly<Record<string, CanonicalColumn>>;
}

type Extra = Partial<CanonicalColumn>;
const column = (type: ColumnType, meaning: string, extra: Extra = {}): CanonicalColumn => ({type, privacy: "internal", meaning, ...extra});
const text = (meaning: string, extra?: Extra) => column("text", meaning, extra);
const integer = (meaning: string, extra?: Extra) => column("integer", meaning, extra);
const number = (meaning: string, extra?: Extra) => column("number", meaning, extra);
const money = (meaning: string, extra?: Extra) => column("money", meaning, extra);
const percent = (meaning: string, extra?: Extra) => column("percent", meaning, extra);
// Days, moments and flags name nobody and no sum: a public report counts and times with them.
const boolean = (meaning: string, extra?: Extra) => column("boolean", meaning, {privacy: "public", ...extra});
const date = (meaning: string, extra?: Extra) => column("date", meaning, {privacy: "public", ...extra});
const timestamp = (meaning: string, extra?: Extra) => column("timestamp", meaning, {privacy: "public", ...extra});
const key = (meaning: string) => text(meaning, {key: true, required: true});
const reference = (table: string, meaning: string) => text(meaning, {references: table});
const personal: Extra = {privacy: "personal"};

const currency = text("ISO 4217 code of the row's amounts; the report currency where empty");
const created_at = timestamp("when the record was created in the CRM");

/** Columns that every CRM record has. `deleted`, `test` and `merged_into_id` are the reasons for exclusion (G6). */
const record = {
  created_at,
  updated_at: timestamp("last modification stamp; decides which of two rows with one key is newer"),
  deleted: boolean("moved to the recycle bin in the CRM")
};
/** Of history that is known from comparing exports: the days between which it happened. */
const between = {
  changed_after: date("of changes found by comparing exports: last day known to be without it; empty where none is known"),
  changed_until: date("of changes found by comparing exports: first day known to be with it; empty where the CRM tells the moment")
};
const owned = {...record, owner_id: reference("crm_user", "who is responsible now")};

export const canonicalTables = {
  account: {
    grain: "one company or household that is or may become a customer",
    columns: {
      account_id: key("id of the account in its CRM"),
      name: text("name of the account"),
      segment: text("customer segment, as the company itself draws it"),
      industry: text("line of business"),
      region: text("sales region of the account"),
      country: text("country"),
      employees: integer("number of employees"),
      annual_revenue: money("yearly revenue of the account"),
      currency,
      parent_account_id: reference("account", "the account above it"),
      merged_into_id: reference("account", "the surviving account after a merge"),
      test: boolean("made for testing; excluded"),
      ...owned
    }
  },
  contact: {
    grain: "one person at an account",
    columns: {
      contact_id: key("id of the contact"),
      account_id: reference("account", "where the person works"),
      name: text("name of the person", personal),
      email: text("e-mail address", personal),
      phone: text("telephone number", personal),
      title: text("job title", personal),
      reachable: boolean("may be written to: has an address and has not opted out"),
      merged_into_id: reference("contact", "the surviving contact after a merge"),
      ...owned
    }
  },
  lead: {
    grain: "one enquiry or prospect before it is an opportunity",
    columns: {
      lead_id: key("id of the lead"),
      name: text("name of the person", personal),
      email: text("e-mail address", personal),
      company: text("company the person gave", personal),
      source: text("where the lead came from (first touch)"),
      last_source: text("where it came from last before it was converted (last touch)"),
      campaign_id: reference("campaign", "campaign that brought it"),
      status: text("status in the CRM's own words"),
      state: text("open, won or lost; by the source's status map", {privacy: "public"}),
      stage: text("stage of the lead process"),
      score: number("lead score"),
      product_id: reference("product", "product interest"),
      segment: text("segment the lead belongs to"),
      region: text("sales region of the lead"),
      qualified_at: timestamp("first time the lead was qualified"),
      converted_at: timestamp("when the lead became an opportunity or a customer"),
      lost_at: timestamp("when the lead was given up"),
      lost_reason: text("why the lead was given up"),
      reopened_at: timestamp("when it was last taken up again after it was given up"),
      converted_account_id: reference("account", "account made from it"),
      converted_opportunity_id: reference("opportunity", "opportunity made from it"),
      next_follow_up_at: timestamp("when somebody should be in touch again"),
      imported: boolean("came in by a bulk load"),
      merged_into_id: reference("lead", "the surviving lead after a merge"),
      test: boolean("made for testing; excluded"),
      ...owned
    }
  },
  opportunity: {
    grain: "one possible sale",
    columns: {
      opportunity_id: key("id of the opportunity"),
      account_id: reference("account", "who would buy"),
      name: text("name of the opportunity"),
      type: text("new business, renewal, upsell …"),
      source: text("where it came from"),
      campaign_id: reference("campaign", "campaign that brought it"),
      product_id: reference("product", "main product"),
      stage: text("stage in the CRM's own words"),
      state: text("open, won or lost; by the source's stage map", {required: true, privacy: "public"}),
      amount: money("expected or won amount"),
      currency,
      probability: percent("chance to win"),
      forecast_category: text("omitted, pipeline, best case, commit, closed"),
      closed_at: timestamp("when it was won or lost"),
      expected_close_date: date("close date the owner typed"),
      next_step: text("next step the owner typed", personal),
      lost_reason: text("why it was lost"),
      competitor: text("main competitor"),
      segment: text("segment, where the opportunity carries its own"),
      region: text("sales region, where the opportunity carries its own"),
      merged_into_id: reference("opportunity", "the surviving opportunity after a merge"),
      test: boolean("a test or a duplicate; excluded"),
      ...owned
    }
  },
  opportunity_stage_history: {
    grain: "one entry of an opportunity into a stage",
    columns: {
      history_id: key("id of the change"),
      opportunity_id: {...reference("opportunity", "the opportunity"), required: true},
      stage: text("stage entered", {required: true}),
      state: text("open, won or lost, by the source's stage map", {required: true, privacy: "public"}),
      entered_at: timestamp("when the stage was entered", {required: true}),
      amount: money("amount at that time"),
      probability: percent("chance to win at that time"),
      forecast_category: text("forecast category at that time"),
      expected_close_date: date("close date at that time"),
      currency,
      ...between
    }
  },
  opportunity_field_history: {
    grain: "one change of one field of an opportunity",
    columns: {
      history_id: key("id of the change"),
      opportunity_id: {...reference("opportunity", "the opportunity"), required: true},
      field: text("canonical name of the field: amount, expected_close_date, owner_id …", {required: true}),
      old_value: text("value before"),
      new_value: text("value after"),
      changed_at: timestamp("when it changed", {required: true}),
      ...between
    }
  },
  opportunity_line: {
    grain: "one product on an opportunity",
    columns: {
      line_id: key("id of the line"),
      opportunity_id: {...reference("opportunity", "the opportunity"), required: true},
      product_id: reference("product", "what is sold"),
      quantity: number("how many"),
      amount: money("line total"),
      currency,
      ...record
    }
  },
  product: {
    grain: "one thing that is sold",
    columns: {
      product_id: key("id of the product"),
      name: text("name of the product"),
      family: text("product line"),
      list_price: money("price list price"),
      currency,
      active: boolean("still sold"),
      ...record
    }
  },
  activity: {
    grain: "one e-mail, call, meeting or task",
    columns: {
      activity_id: key("id of the activity"),
      type: text("email, call, meeting or task; by the source's type map", {required: true}),
      direction: text("inbound or outbound"),
      account_id: reference("account", "with whom"),
      contact_id: reference("contact", "with which person"),
      lead_id: reference("lead", "about which lead"),
      opportunity_id: reference("opportunity", "about which opportunity"),
      subject: text("subject line", personal),
      done: boolean("held or sent, not only planned"),
      done_at: timestamp("when it was done"),
      due_at: timestamp("when it was planned for"),
      duration_minutes: number("how long it took, in minutes"),
      outcome: text("result in the CRM's own words"),
      automated: boolean("sent by a machine"),
      ...owned
    }
  },
  campaign: {
    grain: "one marketing campaign",
    columns: {
      campaign_id: key("id of the campaign"),
      name: text("name of the campaign"),
      source: text("lead source the campaign feeds"),
      type: text("kind of campaign"),
      status: text("status in the CRM's own words"),
      start_date: date("first day"),
      end_date: date("last day, inclusive"),
      ...owned
    }
  },
  campaign_cost: {
    grain: "one cost of a campaign or source over some days",
    columns: {
      cost_id: key("id of the cost line"),
      campaign_id: reference("campaign", "the campaign"),
      source: text("lead source, where no campaign is named"),
      start_date: date("first day the cost covers", {required: true}),
      end_date: date("last day the cost covers, inclusive", {required: true}),
      amount: money("cost", {required: true}),
      currency
    }
  },
  quote: {
    grain: "one offer, or one revision of it",
    columns: {
      quote_id: key("id of the quote"),
      quote_family_id: text("what the revisions of one quote share"),
      revision: integer("number of the revision"),
      opportunity_id: reference("opportunity", "the opportunity it is for"),
      account_id: reference("account", "to whom"),
      status: text("draft, presented, accepted, rejected, expired …"),
      amount: money("total offered"),
      currency,
      expires_on: date("last day it holds"),
      ordered_at: timestamp("when it was ordered from"),
      ...owned
    }
  },
  sales_order: {
    grain: "one order",
    columns: {
      order_id: key("id of the order"),
      account_id: reference("account", "who ordered"),
      opportunity_id: reference("opportunity", "the opportunity won"),
      quote_id: reference("quote", "the quote ordered from"),
      order_date: date("day of the order", {required: true}),
      status: text("status in the CRM's own words"),
      cancelled: boolean("cancelled"),
      cancelled_at: timestamp("when it was cancelled"),
      cancel_reason: text("why it was cancelled"),
      returned: boolean("a return; its amounts are negative"),
      net_amount: money("value net of tax", {required: true}),
      currency,
      ...owned
    }
  },
  order_line: {
    grain: "one product on an order",
    columns: {
      line_id: key("id of the line"),
      order_id: {...reference("sales_order", "the order"), required: true},
      product_id: reference("product", "what was sold"),
      quantity: number("how many"),
      net_amount: money("value net of tax", {required: true}),
      cost_amount: money("cost of goods sold"),
      currency
    }
  },
  invoice: {
    grain: "one invoice",
    columns: {
      invoice_id: key("id of the invoice"),
      account_id: reference("account", "who is billed"),
      order_id: reference("sales_order", "the order billed"),
      invoice_date: date("day of the invoice", {required: true}),
      due_date: date("day payment is due"),
      net_amount: money("value net of tax", {required: true}),
      paid_at: timestamp("when it was paid in full"),
      paid_amount: money("paid so far"),
      currency,
      ...record
    }
  },
  contract: {
    grain: "one signed agreement",
    columns: {
      contract_id: key("id of the contract"),
      account_id: reference("account", "with whom"),
      opportunity_id: reference("opportunity", "the opportunity it came from"),
      kind: text("new, renewal or amendment"),
      status: text("status in the CRM's own words"),
      signed_at: timestamp("when it was signed; empty while a draft"),
      start_date: date("first day of the term"),
      end_date: date("last day of the term, inclusive"),
      total_value: money("value over the whole term"),
      annual_value: money("value a year"),
      renewed_by_id: reference("contract", "the contract that renewed it"),
      currency,
      ...owned
    }
  },
  subscription: {
    grain: "one subscription of an account",
    columns: {
      subscription_id: key("id of the subscription"),
      account_id: reference("account", "who pays"),
      product_id: reference("product", "what is subscribed to"),
      plan: text("name of the plan"),
      status: text("active, trial, cancelled, unpaid …"),
      started_on: date("first paid day", {required: true}),
      cancelled_at: timestamp("when the customer gave notice"),
      ended_on: date("first day without service"),
      billing_period: text("month, quarter or year"),
      mrr: money("monthly recurring revenue now"),
      amount: money("price of one billing period; the monthly revenue follows from it where none is given"),
      discount: money("what a coupon takes off the price of each billing period"),
      discount_until: date("first day without the coupon; empty for one that stays, which alone lowers the monthly revenue"),
      cancel_reason: text("why it was cancelled"),
      involuntary: boolean("ended because it was not paid"),
      currency,
      ...record
    }
  },
  subscription_event: {
    grain: "one change of a subscription",
    columns: {
      event_id: key("id of the event"),
      subscription_id: {...reference("subscription", "the subscription"), required: true},
      type: text("start, upgrade, downgrade, price_change, renewal, pause, resume, cancel, end", {required: true}),
      at: timestamp("when it took effect", {required: true}),
      plan: text("plan after the event"),
      mrr: money("monthly recurring revenue after the event"),
      amount: money("price of one billing period after the event, where no monthly revenue is given"),
      currency
    }
  },
  tenure: {
    grain: "one customer of a set that holds durations and no dates",
    columns: {
      entity_id: key("id of the customer"),
      duration: number("how long it was observed", {required: true}),
      unit: text("day, week, month, quarter or year", {required: true}),
      entered: number("how long it had been there when it was first observed; empty: from its start"),
      ended: boolean("left; false means still there, censored", {required: true}),
      group: text("what to compare by"),
      monthly_charge: money("what it pays a month"),
      currency
    }
  },
  ticket: {
    grain: "one service request",
    columns: {
      ticket_id: key("id of the ticket"),
      account_id: reference("account", "who asked"),
      contact_id: reference("contact", "which person"),
      product_id: reference("product", "about what"),
      type: text("question, incident, complaint …"),
      channel: text("e-mail, phone, chat, web"),
      topic: text("coded topic"),
      priority: text("priority"),
      team: text("service team"),
      status: text("status in the CRM's own words"),
      solved_at: timestamp("when it was last solved"),
      first_solved_at: timestamp("when it was first solved"),
      first_reply_at: timestamp("first public reply by a person"),
      reply_count: integer("public replies by service staff"),
      sla_due_at: timestamp("when the promised time runs out"),
      merged_into_id: reference("ticket", "the surviving ticket after a merge"),
      spam: boolean("spam; excluded"),
      ...owned
    }
  },
  ticket_event: {
    grain: "one change of a ticket's status, or one reply",
    columns: {
      event_id: key("id of the event"),
      ticket_id: {...reference("ticket", "the ticket"), required: true},
      type: text("status, agent_reply, customer_reply, reopen", {required: true}),
      status: text("status after the event: new, open, pending, hold, solved, closed"),
      at: timestamp("when", {required: true}),
      automated: boolean("made by a machine")
    }
  },
  survey_response: {
    grain: "one answer to one survey question",
    columns: {
      response_id: key("id of the answer"),
      kind: text("nps, csat or ces", {required: true}),
      about: text("what was asked about: product, service, crm …"),
      topic: text("coded topic"),
      wave: text("survey wave"),
      account_id: reference("account", "who answered"),
      contact_id: reference("contact", "which person"),
      user_id: reference("crm_user", "which colleague, where the CRM itself was asked about"),
      ticket_id: reference("ticket", "the ticket it is about"),
      score: number("answer on the survey's scale; empty when not answered"),
      scale_max: number("highest value of the scale"),
      sent_at: timestamp("when it was asked"),
      responded_at: timestamp("when it was answered"),
      comment: text("what the customer wrote", personal)
    }
  },
  engagement_event: {
    grain: "one sign of life of a contact",
    columns: {
      event_id: key("id of the event"),
      contact_id: reference("contact", "who"),
      account_id: reference("account", "whose contact"),
      type: text("open, click, reply, webinar, login …", {required: true}),
      at: timestamp("when", {required: true}),
      campaign_id: reference("campaign", "campaign it answers")
    }
  },
  product_usage: {
    grain: "one account's use of a product on one day",
    columns: {
      account_id: {...key("whose use"), references: "account"},
      product_id: {...key("of what"), references: "product"},
      date: date("day", {key: true, required: true}),
      active_users: integer("users active that day"),
      events: integer("actions that day")
    }
  },
  crm_user: {
    grain: "one colleague who uses the CRM",
    columns: {
      user_id: key("id of the user"),
      name: text("name of the colleague"),
      email: text("e-mail address", personal),
      team: text("team now"),
      region: text("sales region now"),
      role: text("role"),
      manager_id: reference("crm_user", "whom the user reports to"),
      hired_on: date("first working day"),
      left_on: date("first day no longer there"),
      full_time_share: percent("share of full time, of whoever works part-time"),
      licensed: boolean("holds a licence"),
      active: boolean("may log in"),
      automated: boolean("an integration, not a person"),
      provisioned_at: timestamp("when access was given"),
      created_at,
      updated_at: record.updated_at
    }
  },
  crm_usage: {
    grain: "one user's use of the CRM on one day",
    columns: {
      user_id: {...key("who"), references: "crm_user"},
      date: date("day", {key: true, required: true}),
      logins: integer("log-ins"),
      writes: integer("records created or changed"),
      own_opportunity: boolean("changed an opportunity of their own"),
      logged_activity: boolean("logged an activity"),
      updated_stage: boolean("moved a stage")
    }
  },
  crm_request: {
    grain: "one request to the CRM, or one hour of them",
    columns: {
      request_id: key("id of the request or hour"),
      at: timestamp("when", {required: true}),
      kind: text("page, api, sync …"),
      status_code: integer("HTTP status"),
      failed: boolean("did not succeed"),
      user_error: boolean("failed through the user's input"),
      duration_ms: number("how long it took, in milliseconds"),
      requests: integer("how many requests the row stands for; 1 where empty")
    }
  },
  training: {
    grain: "one course assigned to one user",
    columns: {
      training_id: key("id of the assignment"),
      user_id: {...reference("crm_user", "who"), required: true},
      course: text("name of the course"),
      assigned_at: timestamp("when it was assigned"),
      due_on: date("day it is due"),
      completed_at: timestamp("when it was completed")
    }
  },
  cost: {
    grain: "one cost over some days",
    columns: {
      cost_id: key("id of the cost line"),
      scope: text("selling, marketing, retention, crm …", {required: true}),
      kind: text("pay, commission, travel, tools …"),
      team: text("team that bears it"),
      source: text("lead source it was spent on"),
      start_date: date("first day the cost covers", {required: true}),
      end_date: date("last day the cost covers, inclusive", {required: true}),
      amount: money("cost", {required: true}),
      currency
    }
  },
  target: {
    grain: "one goal for one KPI, period and company, region, team or owner",
    columns: {
      metric: {...key("id of the KPI"), privacy: "public"},
      period: {...key("2025, 2025-Q1, 2025-01, FY2025 or FY2025-Q1"), privacy: "public"},
      level: key("company, region, team or owner"),
      member: text("which region, team or owner; empty for the company", {key: true}),
      due: date("of a milestone: the day by which so much of the period's goal is to be reached; empty for the goal itself", {key: true}),
      value: number("the goal, in the KPI's unit (percent as 0–1); where relative_to is given, the change from what was reached then: 0.1 is 10 % more", {required: true}),
      relative_to: text("empty for an absolute goal; previous, last_year or a period such as 2025-Q1: the goal is what was reached then and the change"),
      goal: text("name of the goal", {privacy: "public"}),
      parent: text("name of the goal that this one is a part of", {privacy: "public"}),
      currency
    }
  },
  forecast: {
    grain: "what one owner, a team or the company was forecast, on one day, to end one period with",
    columns: {
      stated_on: date("day on which it was said; a later one of the same period is a new row", {key: true, required: true}),
      period: {...key("what it is for: 2025, 2025-Q1 or 2025-01"), privacy: "public"},
      level: {...key("company, team or owner"), privacy: "public"},
      team: text("which team, of a team's forecast", {key: true}),
      owner_id: {...reference("crm_user", "whose forecast, of an owner's"), key: true},
      category: text("commit or best case; commit where empty, others are not used", {key: true, privacy: "public"}),
      amount: money("what the period will end with in the owner's own deals, what is already won included", {required: true}),
      currency
    }
  },
  case_event: {
    grain: "one thing that happened to one case of a plain event log: case, step, time",
    columns: {
      case_id: key("id of the case: a deal, an order, a person by number"),
      step: {...key("what happened, in the log's own words"), privacy: "public"},
      at: timestamp("when it happened; a bare date where the time is not known", {key: true, required: true}),
      kind: text("which log, where a report has several; case where empty", {privacy: "public"}),
      value: money("value at stake at that time"),
      currency,
      owner_id: reference("crm_user", "who was responsible then"),
      source: text("where the case came from"),
      segment: text("segment of the case"),
      region: text("sales region of the case"),
      product: text("main product of the case")
    }
  },
  action: {
    grain: "one thing done about one KPI, from one day on",
    columns: {
      metric: {...key("id of the KPI"), privacy: "public"},
      segment: text("the part of the company it is for, as dimension=value: team=North; empty for the whole", {key: true}),
      started_on: date("first day on which it works", {key: true, required: true}),
      action: key("what is done, in a sentence; an internal note"),
      owner_role: text("the role that sees to it"),
      expected: text("up, down, or a change with its sign in the KPI's unit (+0.03, -2, +3%); empty for the KPI's good direction")
    }
  },
  fx_rate: {
    grain: "the rate of one currency on one day",
    columns: {
      currency: {...key("ISO 4217 code"), privacy: "public"},
      date: date("first day the rate holds", {key: true, required: true, privacy: "public"}),
      rate: number("units of the report currency for one unit of the currency", {required: true, privacy: "public"})
    }
  },
  event_note: {
    grain: "one dated remark drawn on time axes",
    columns: {
      note_id: key("id of the note"),
      date: date("day", {required: true, privacy: "public"}),
      label: text("what happened", {required: true, privacy: "public"}),
      kind: text("price, campaign, outage, definition …", {privacy: "public"})
    }
  }
} as const satisfies Record<string, CanonicalTable>;

export type TableName = keyof typeof canonicalTables;

/** The key columns of a canonical table, in order. */
export function keyColumns(table: CanonicalTable): string[] {
  return Object.entries(table.columns).flatMap(([name, {key}]) => (key ? [name] : []));
}
