    dependencies=[PREDICTION_COST],
