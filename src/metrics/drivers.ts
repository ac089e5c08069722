// What drives a KPI: its number taken apart into factors and terms that make it exactly. Elements and settings name a
// tree by its KPI; of a KPI with several the first stands for it.

/** A number as it is, or how much of one comes on one of another ("revenue won per opportunity won"). */
export type Driver = string | {readonly metric: string; readonly per: string};

export type DriverNode =
  | Driver
  | {readonly product: readonly DriverNode[]}
  | {readonly quotient: readonly [DriverNode, DriverNode]}
  | {readonly sum: readonly DriverNode[]; readonly less?: readonly DriverNode[]};

export interface DriverTree {
  /** The KPI that the tree makes. */
  readonly metric: string;
  /** Tells several trees of one KPI apart. */
  readonly name: string;
  readonly root: DriverNode;
}

/** Returns the tree of a chain: the first metric, then what each brings of the next; the last is the KPI. */
export function chainTree(chain: readonly string[], name: string): DriverTree {
  return {metric: chain.at(-1)!, name, root: {product: chain.map((metric, k): Driver => (k === 0 ? metric : {metric, per: chain[k - 1]!}))}};
}

const valueOfWin: Driver = {metric: "revenue_won", per: "opportunities_won"};
const mrrGains = ["mrr_new", "mrr_expansion", "mrr_reactivation"] as const;
const mrrLosses = ["mrr_churn", "mrr_contraction"] as const;

export const driverTrees: readonly DriverTree[] = [
  {metric: "revenue_won", name: "decisions", root: {product: ["opportunities_closed", "win_rate", valueOfWin]}},
  chainTree(["new_leads", "opportunities_created", "opportunities_won", "revenue_won"], "leads"),
  {metric: "opportunities_won", name: "decisions", root: {product: ["opportunities_closed", "win_rate"]}},
  {metric: "won_value_per_owner", name: "wins", root: {product: [{metric: "opportunities_won", per: "owners_active_ten_days"}, valueOfWin]}},
  {metric: "sales_velocity", name: "levers", root: {quotient: [{product: ["open_opportunities", "win_rate_90_days", "average_deal_size_90_days"]}, "sales_cycle_days_90_days"]}},
  {metric: "sales_value", name: "orders", root: {product: ["orders", {metric: "sales_value", per: "orders"}]}},
  {metric: "net_new_revenue", name: "customers", root: {sum: ["net_new_revenue_new_customers", "net_new_revenue_growth", "net_new_revenue_rates"], less: ["net_new_revenue_shortfall"]}},
  {metric: "gross_profit", name: "margin", root: {product: ["costed_revenue", "gross_margin"]}},
  {metric: "cost_per_lead", name: "spend", root: {quotient: ["campaign_cost", "new_leads"]}},
  {metric: "cac", name: "spend", root: {quotient: ["acquisition_cost", "new_customers"]}},
  {metric: "mrr", name: "movements", root: {sum: ["mrr_start", ...mrrGains, "mrr_rates"], less: [...mrrLosses]}},
  {metric: "subscribers", name: "movements", root: {sum: ["subscribers_start", "subscribers_new", "subscribers_reactivated"], less: ["subscribers_lost"]}},
  {metric: "quick_ratio", name: "movements", root: {quotient: [{sum: [...mrrGains]}, {sum: [...mrrLosses]}]}}
];

/** Returns the metrics that a tree reads, its KPI last; each once. */
export function metricsOf({metric, root}: DriverTree): readonly string[] {
  const read = (node: DriverNode): string[] => {
    if (typeof node === "string") return [node];
    if ("metric" in node) return [node.per, node.metric];
    if ("product" in node) return node.product.flatMap(read);
    return "quotient" in node ? node.quotient.flatMap(read) : [...node.sum, ...(node.less ?? [])].flatMap(read);
  };
  return [...new Set([...read(root).filter((id) => id !== metric), metric])];
}
