/* hostile_study: ratings whose themes are the labels of tests/hostile_labels.txt that a CSV can
 * hold, and whose groups and coders are no kinder. */
#ifndef HOSTILE_STUDY_H
#define HOSTILE_STUDY_H

/* Print them as CSV. */
void print_hostile_study(void);

#endif
