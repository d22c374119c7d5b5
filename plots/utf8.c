#include "plots/utf8.h"

static bool
lead(struct acc_utf8 *state, unsigned char byte)
{
	*state = (struct acc_utf8){.low = 0x80, .high = 0xbf};
	if (byte < 0x80) {
		state->code = byte;
	} else if (byte >= 0xc2 && byte <= 0xdf) {
		state->need = 1;
		state->code = byte & 0x1f;
	} else if (byte >= 0xe0 && byte <= 0xef) {
		state->need = 2;
		state->code = byte & 0x0f;
		if (byte == 0xe0)
			state->low = 0xa0;
		if (byte == 0xed)
			state->high = 0x9f;
	} else if (byte >= 0xf0 && byte <= 0xf4) {
		state->need = 3;
		state->code = byte & 0x07;
		if (byte == 0xf0)
			state->low = 0x90;
		if (byte == 0xf4)
			state->high = 0x8f;
	} else {
		return false;
	}
	return true;
}

bool
acc_utf8_step(struct acc_utf8 *state, unsigned char byte)
{
	if (!state->need)
		return lead(state, byte);
	if (byte < state->low || byte > state->high) {
		state->need = 0;
		return false;
	}
	state->need--;
	state->code = state->code << 6 | (byte & 0x3f);
	state->low = 0x80;
	state->high = 0xbf;
	return true;
}

uint32_t
acc_utf8_next(const char *string, size_t *length)
{
	struct acc_utf8 state = {0};
	*length = 0;
	do {
		if (!acc_utf8_step(&state, (unsigned char)string[*length])) {
			*length = 1;
			return UINT32_MAX;
		}
		++*length;
	} while (state.need);
	return state.code;
}
