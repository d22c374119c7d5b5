/* span: where in its document a unit stands, from `begin` up to `end`, where the text after it
 * begins. A span that ends where it begins holds no text. Two that hold some share some if each
 * begins before the other ends; those that only touch do not. */
#ifndef ACC_SPAN_H
#define ACC_SPAN_H

struct acc_span {
	double begin, end;
};

#endif
