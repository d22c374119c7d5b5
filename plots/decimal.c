#include "plots/decimal.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

enum { LEAST = 15, MOST = 17 }; /* significant digits */

static wide
power(int exponent)
{
	static const uint64_t low[] = {1,       10,       100,       1000,       10000,      100000,
				       1000000, 10000000, 100000000, 1000000000, 10000000000};
	return exponent <= 10 ? low[exponent] : (wide)low[10] * low[exponent - 10];
}

/* The integer nearest to mantissa * 10^places / 2^shift, halves to the even one. */
static uint64_t
scale(uint64_t mantissa, int shift, int places)
{
	wide exact = mantissa * power(places), rest = exact & (((wide)1 << shift) - 1);
	wide half = (wide)1 << (shift - 1);
	uint64_t whole = (uint64_t)(exact >> shift);
	return whole + (rest > half || (rest == half && (whole & 1)));
}

/* Is mantissa / 2^shift the double nearest to whole / 10^places? */
static bool
rereads(uint64_t whole, int places, uint64_t mantissa, int shift)
{
	wide exact = mantissa * power(places), other = (wide)whole << shift;
	wide apart = exact > other ? exact - other : other - exact;
	return 2 * apart < power(places) || (2 * apart == power(places) && !(mantissa & 1));
}

static size_t
write(char *digits, bool negative, uint64_t whole, int places)
{
	char backwards[ACC_DECIMAL_ROOM];
	size_t length = 0, count = 0;
	while (whole % 10 == 0 && places > 0) {
		whole /= 10;
		places--;
	}
	for (int i = 0; whole || i <= places; i++, whole /= 10) {
		if (i && i == places)
			backwards[count++] = '.';
		backwards[count++] = (char)('0' + whole % 10);
	}
	if (negative)
		digits[length++] = '-';
	while (count)
		digits[length++] = backwards[--count];
	return length;
}

size_t
acc_decimal(double value, char digits[ACC_DECIMAL_ROOM])
{
	static const double tens[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6, 1e7,
				      1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14};
	double size = fabs(value);
	if (size < 1e14 && size == trunc(size))
		return write(digits, value < 0, (uint64_t)size, 0);
	if (!(size >= 1e-4 && size < 1e14))
		return 0;
	int exponent, before = 0; /* digits before the point, or minus the zeros after it */
	uint64_t mantissa = (uint64_t)ldexp(frexp(size, &exponent), 53), whole = 0;
	int shift = 53 - exponent, places = 0;
	if (mantissa == (uint64_t)1 << 52)
		return 0; /* neighbours are not equally far apart */
	while (size >= tens[before])
		before++;
	while (before <= 0 && mantissa * power(LEAST - before) >> shift < power(LEAST - 1))
		before--;
	for (int count = LEAST; count <= MOST; count++) {
		places = count - before;
		whole = scale(mantissa, shift, places);
		if (count == MOST || rereads(whole, places, mantissa, shift))
			break;
	}
	return write(digits, value < 0, whole, places);
}

#else

size_t
acc_decimal(double value, char digits[ACC_DECIMAL_ROOM])
{
	(void)value, (void)digits;
	return 0;
}

#endif
