/* seriation: themes in an order, or on a plane, so that those that go together stand together.
 *
 * All from a symmetric count x count matrix of distances with 0 on the diagonal. Orders are told
 * from the end whose thing has the smaller number, so that the same distances give the same order.
 */
#ifndef ACC_SERIATION_H
#define ACC_SERIATION_H

#include "stats/base.h"

/* Average linkage (UPGMA), its branches turned so that the sum of the distances of neighbours is
 * the smallest that the tree allows (optimal leaf ordering; Bar-Joseph, Gifford & Jaakkola 2001).
 * In a tie clusters whose first members come first are joined first. */
enum acc_status acc_linkage_order(const double *distance, size_t count, size_t *order);

/* By the Fiedler vector: the second eigenvector of the Laplacian of the similarities 1 - distance
 * (Atkins, Boman & Hendrickson 1998). Things in unconnected pieces have no order between pieces. */
enum acc_status acc_spectral_order(const double *distance, size_t count, size_t *order);

/* Classical scaling of the root of the distances (Torgerson 1952; Gower 1966): `place[2 * i]` and
 * `place[2 * i + 1]` of thing i. share[2]: of the sum of absolute eigenvalues; negative: that of
 * the negative ones, which no plane or space can show. The largest coordinate of each axis is
 * positive. */
enum acc_status acc_classical_scaling(const double *distance, size_t count, double *place,
				      double share[2], double *negative);

#endif
