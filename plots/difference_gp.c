/* The drawing of the matrices of differences: that of the heat maps of co-occurrence. */
#include "plots/drawing.h"
#include "plots/matrix.h"
#include "plots/script.h"

#include <stddef.h>

const char *const acc_drawing_difference[] = {acc_matrix_layout,
					      acc_matrix_listed,
					      acc_script_panels,
					      acc_matrix_frame,
					      acc_matrix_foot,
					      acc_matrix_drawing,
					      NULL};
