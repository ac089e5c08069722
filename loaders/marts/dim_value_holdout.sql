-- one row per number that the model of purchases, fitted to the first two thirds of the log up to fitted_until, expects of the
-- rest, beside what came (kind total; month: up to and with day; repeats: mean of a customer by repeats up to fitted_until, the
-- last from there on), or one row with why nothing is held out (too_few_customers, too_short, no_fit); key (kind, day, repeats)
-- sources: value_holdout, int_customer_history
select value_holdout.* from value_holdout where exists (from int_customer_history)
