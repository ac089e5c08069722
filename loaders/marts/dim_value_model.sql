-- one row per fit of the model of fct_customer_value, of which there is one: its parameters (times in weeks, money in the
-- report's currency), which of them lie at the edge of the search (at_edge: rates, chances, both; spending_at_edge: purchases,
-- customers, both), or why customers have no value (too_few_customers, no_fit, no_mean, correlated); key (reason)
-- sources: value_model, int_customer_history
select value_model.* from value_model where exists (from int_customer_history)
