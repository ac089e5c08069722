/** Metrics of fitted models, which no statement of SQL can fit a second time: test/models holds the models against published ones. */
export const fitted: readonly string[] = ["clv_model", "clv_model_24"];
