/** Selector of the elements whose content depends on the reader. */
export const hosts = "kpi-card, kpi-trend, kpi-bars, kpi-table, kpi-headline, kpi-targets, kpi-attention, kpi-signal, kpi-why, kpi-drivers, kpi-waterfall, kpi-replay, kpi-funnel, kpi-funnel-times, kpi-funnel-trend, kpi-funnel-breakdown, kpi-funnel-compare, kpi-funnel-dropped, kpi-funnel-switches, kpi-filters";
