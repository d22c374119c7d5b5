/* Krippendorff's ordinal difference: d(k, l) = (m_k - m_l)^2, m_k the mid-rank of category k among
 * the pairable values. It depends on how often the categories are used, so that it changes with
 * every unit left out; stats/ordinal.c has its sums. */
#include "stats/weights.h"

const struct acc_scheme acc_scheme_ordinal = {
    .key = "ordinal",
    .formula = "d = (m_k - m_l)^2, m_k the mid-rank of k among the pairable values; for alpha only",
    .citation = "Krippendorff 2019",
    .ranks = true,
};
