/** Selector of the elements whose content depends on the reader. */
export const hosts = "kpi-card, kpi-trend, kpi-bars, kpi-table, kpi-headline, kpi-targets, kpi-attention, kpi-signal, kpi-why, kpi-drivers, kpi-waterfall, kpi-filters";
