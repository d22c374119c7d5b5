#include "stats/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *key, *sentence;
} reasons[ACC_REASONS] = {
    {"", ""},
#define ACC_REASON(key, sentence) {#key, sentence},
#include "stats/reasons.def"
#undef ACC_REASON
};

const char *
acc_reason_key(enum acc_reason reason)
{
	return reasons[reason].key;
}

const char *
acc_reason_sentence(enum acc_reason reason)
{
	return reasons[reason].sentence;
}

void *
acc_array(size_t count, size_t size)
{
	return calloc(count ? count : 1, size);
}

bool
acc_array_reserve(void **array, size_t *capacity, size_t need, size_t size)
{
	if (need <= *capacity)
		return true;
	size_t wanted = *capacity > SIZE_MAX / 2 ? need : *capacity * 2;
	if (wanted < need)
		wanted = need < 16 ? 16 : need;
	size_t bytes;
	if (__builtin_mul_overflow(wanted, size, &bytes))
		return false;
	void *larger = realloc(*array, bytes);
	if (!larger)
		return false;
	*array = larger;
	*capacity = wanted;
	return true;
}

static const char *
digits(const char *text)
{
	return text + strspn(text, "0123456789");
}

bool
acc_number(const char *text, double *value)
{
	/* The shape is checked here because strtod also takes blanks, hexadecimal, "inf" and "nan".
	 */
	const char *start = text + (*text == '-' || *text == '+');
	const char *end = digits(start);
	bool some = end > start;
	if (*end == '.') {
		const char *fraction = end + 1;
		end = digits(fraction);
		some = some || end > fraction;
	}
	if (!some)
		return false;
	if (*end == 'e' || *end == 'E') {
		const char *exponent = end + 1 + (end[1] == '-' || end[1] == '+');
		end = digits(exponent);
		if (end == exponent)
			return false;
	}
	if (*end)
		return false;
	double number = strtod(text, NULL);
	if (!isfinite(number))
		return false;
	*value = number;
	return true;
}
