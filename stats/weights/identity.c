#include "stats/weights.h"

const struct acc_scheme acc_scheme_identity = {
    .key = "identity",
    .alias = "nominal",
    .formula = "w = 1 for equal codes, 0 for different ones",
    .citation = "Cohen 1960",
};
