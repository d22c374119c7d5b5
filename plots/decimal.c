#include "plots/decimal.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifdef __SIZEOF_INT128__
__extension__ typedef unsigned __int128 wide;

enum { MOST = 17 }; /* significant digits */
static const uint64_t most_tens = 100000000000000000;
/* Bits behind the point of what is worked with: 1e-4 has its 53 digits this far down. */
enum { SHIFT = 66 };

static wide
power(int exponent)
{
	static const uint64_t low[] = {1,       10,       100,       1000,       10000,      100000,
				       1000000, 10000000, 100000000, 1000000000, 10000000000};
	return exponent <= 10 ? low[exponent] : (wide)low[10] * low[exponent - 10];
}

/* A number as its first MOST digits, cut off, and what that leaves of it, in units of 2^-SHIFT. */
struct cut {
	uint64_t digits;
	wide rest;
};

/* The nearest number of fewer digits, `tens` being what is rounded off: halves to the even one.
 * `apart`: how far from it the exact value is. */
static inline __attribute__((always_inline)) uint64_t
round_off(const struct cut *cut, uint64_t tens, wide *apart)
{
	uint64_t whole = cut->digits / tens;
	wide rest = ((wide)(cut->digits - whole * tens) << SHIFT) + cut->rest;
	wide all = (wide)tens << SHIFT;
	bool up = rest > all - rest || (rest == all - rest && (whole & 1));
	*apart = up ? all - rest : rest;
	return whole + up;
}

static const char pairs[] = "00010203040506070809101112131415161718192021222324"
			    "25262728293031323334353637383940414243444546474849"
			    "50515253545556575859606162636465666768697071727374"
			    "75767778798081828384858687888990919293949596979899";

/* Eight digits. */
static void
put_eight(char *to, uint32_t number)
{
	uint32_t high = number / 10000, low = number % 10000;
	memcpy(to, pairs + 2 * (high / 100), 2);
	memcpy(to + 2, pairs + 2 * (high % 100), 2);
	memcpy(to + 4, pairs + 2 * (low / 100), 2);
	memcpy(to + 6, pairs + 2 * (low % 100), 2);
}

/* A whole number below 1e4: most counts are. */
static size_t
write_small(char *digits, bool negative, uint32_t whole)
{
	char all[8] = {0};
	size_t from = (size_t)(whole < 1000) + (whole < 100) + (whole < 10);
	memcpy(all, pairs + 2 * (whole / 100), 2);
	memcpy(all + 2, pairs + 2 * (whole % 100), 2);
	*digits = '-';
	memcpy(digits + negative, all + from, 4);
	return 4 - from + negative;
}

/* A whole number below 1e14. */
static size_t
write_whole(char *digits, bool negative, uint64_t whole)
{
	char all[16];
	if (whole < 10000)
		return write_small(digits, negative, (uint32_t)whole);
	size_t from = 0;
	put_eight(all, (uint32_t)(whole / 100000000));
	put_eight(all + 8, (uint32_t)(whole % 100000000));
	while (from < 15 && all[from] == '0')
		from++;
	*digits = '-';
	memcpy(digits + negative, all + from, 16 - from);
	return 16 - from + negative;
}

/* A number of MOST digits or fewer, zeros being put behind it, of which `before` are before the
 * point, or minus so many zeros after it. */
static size_t
write(char *digits, bool negative, uint64_t number, int before)
{
	char all[32] = {0}, *at = digits;
	int count = MOST;
	put_eight(all + 9, (uint32_t)(number % 100000000));
	put_eight(all + 1, (uint32_t)(number / 100000000 % 100000000));
	all[0] = (char)('0' + number / 10000000000000000);
	count -= all[MOST - 1] == '0';
	while (all[count - 1] == '0')
		count--;
	*at = '-';
	at += negative;
	if (before <= 0) {
		memcpy(at, "0.000", 5);
		at += 2 - before;
		memcpy(at, all, MOST);
		return (size_t)(at - digits + count);
	}
	memcpy(at, all, 16);
	at[before] = '.';
	memcpy(at + before + 1, all + before, 16);
	return (size_t)(at - digits) + (size_t)(count > before ? count + 1 : before);
}

/* Digits before the point, or minus the zeros after it. The doubles below 1 in the table are just
 * above what they stand for, so that comparing with them is exact. */
static int
digits_before(double size, int exponent)
{
	static const double tens[] = {1e-4, 1e-3, 1e-2, 1e-1, 1e0,  1e1,  1e2,  1e3,  1e4, 1e5,
				      1e6,  1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14};
	enum { ZERO = 4, LOG = 1233, BITS = 12 }; /* LOG / 2^BITS: the logarithm of 2 */
	int before = ((exponent + 16) * LOG >> BITS) - 4;
	before = before < -3 ? -3 : before;
	while (size >= tens[before + ZERO])
		before++;
	while (size < tens[before - 1 + ZERO])
		before--;
	return before;
}

size_t
acc_decimal(double value, char digits[ACC_DECIMAL_ROOM])
{
	double size = fabs(value);
	if (size < 1e14 && size == (double)(int64_t)size)
		return write_whole(digits, value < 0, (uint64_t)size);
	if (!(size >= 1e-4 && size < 1e14))
		return 0;
	uint64_t bits;
	memcpy(&bits, &size, sizeof bits);
	uint64_t mantissa = (bits & (((uint64_t)1 << 52) - 1)) | (uint64_t)1 << 52;
	if (mantissa == (uint64_t)1 << 52)
		return 0; /* neighbours are not equally far apart */
	int exponent = (int)(bits >> 52) - 1022, before = digits_before(size, exponent);
	/* Half the way to the next double is half a unit of the mantissa. */
	wide unit = power(MOST - before) << (SHIFT - 53 + exponent), exact = unit * mantissa, apart;
	struct cut cut = {(uint64_t)(exact >> SHIFT), exact & (((wide)1 << SHIFT) - 1)};
	wide near = unit - (mantissa & 1);
	/* Which will do nobody can foretell, so all are made and none is branched on. */
	uint64_t whole = round_off(&cut, 1, &apart);
	uint64_t fewer = round_off(&cut, 10, &apart) * 10;
	whole = 2 * apart <= near ? fewer : whole;
	fewer = round_off(&cut, 100, &apart) * 100;
	whole = 2 * apart <= near ? fewer : whole;
	if (whole == most_tens) {
		whole /= 10;
		before++;
	}
	return write(digits, value < 0, whole, before);
}

#else

size_t
acc_decimal(double value, char digits[ACC_DECIMAL_ROOM])
{
	(void)value, (void)digits;
	return 0;
}

#endif
