/* correspondence: which themes are more a group's own than another's, as distances on a map
 * (correspondence analysis: Benzecri 1973; Greenacre 2017).
 *
 * Of a table of counts with shares P, row masses r and column masses c, the standardised residuals
 * D_r^(-1/2) (P - r c') D_c^(-1/2) are taken apart into axes by singular values. Rows and columns
 * have principal coordinates: squared distances between rows are chi-square distances of their
 * profiles, and so among columns; distances from a row to a column mean nothing. */
#ifndef ACC_CORRESPONDENCE_H
#define ACC_CORRESPONDENCE_H

#include "stats/base.h"

struct acc_correspondence {
	size_t rows, columns, axes;     /* axes with inertia, the largest first */
	double total;                   /* inertia: chi-square / n */
	double *inertia;                /* owned, [axes] */
	double *row_mass, *column_mass; /* owned; 0 where nothing was counted */
	double *row, *column;   /* owned, [rows * axes], [columns * axes] principal coordinates; NaN
				   without mass */
	enum acc_reason reason; /* why there are no axes */
};

/* count[row * columns + column]. Signs: on each axis the column with the largest contribution, the
 * first of equal ones, is positive. */
enum acc_status acc_correspondence_make(struct acc_correspondence *result, const double *count,
					size_t rows, size_t columns);
void acc_correspondence_free(struct acc_correspondence *result);

/* Where a further column would lie: the mean of the rows' standard coordinates, weighted by its
 * counts. NaN without counts. */
void acc_correspondence_project(const struct acc_correspondence *result, const double *count,
				double *coordinate);

/* Share of an axis's inertia that a row (or column) makes: mass times squared coordinate. */
double acc_row_contribution(const struct acc_correspondence *result, size_t row, size_t axis);
double acc_column_contribution(const struct acc_correspondence *result, size_t column, size_t axis);

/* Turn and reflect the axes of `result` so that its points lie as near as they can to those of
 * `target`, weighted by target's masses (orthogonal Procrustes); the result has then target's axes.
 * Rows and columns of both are the same. */
enum acc_status acc_correspondence_align(struct acc_correspondence *result,
					 const struct acc_correspondence *target);

#endif
