/* csv_masks: what stands where in 64 bytes, as bits: by words, SSE2 or AVX2.
 *
 * Private to csv_index.c. */
#ifndef ACC_CSV_MASKS_H
#define ACC_CSV_MASKS_H

#include <stdbool.h>
#include <stdint.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

/* What stands where in 64 bytes. */
struct masks {
	uint64_t separator, feed, cr, quote;
	uint64_t refused; /* NUL and Ctrl-Z */
	uint64_t high;    /* not ASCII */
};

/* ---- 64 bytes to masks: portable words, SSE2, AVX2 ---- */

INLINE uint64_t
word_of(const unsigned char *bytes)
{
	uint64_t word = 0;
	for (unsigned i = 0; i < 8; i++)
		word |= (uint64_t)bytes[i] << 8 * i;
	return word;
}

/* A bit for each of eight bytes whose highest bit is set. */
INLINE uint64_t
high_bits(uint64_t word)
{
	return (word >> 7 & 0x0101010101010101u) * 0x0102040810204080u >> 56;
}

INLINE uint64_t
equal_bits(uint64_t word, unsigned char byte)
{
	const uint64_t low = 0x7f7f7f7f7f7f7f7fu;
	uint64_t differs = word ^ 0x0101010101010101u * byte;
	return high_bits(~(((differs & low) + low) | differs | low));
}

/* Is there nothing in 64 bytes but printable ASCII, separators and line feeds? *ends becomes where
 * the last two are. By words it costs as much to ask as to tell. */
INLINE bool
plain_words(const unsigned char *bytes, unsigned char separator, uint64_t *ends)
{
	(void)bytes, (void)separator, (void)ends;
	return false;
}

INLINE unsigned
lowest_words(uint64_t bits)
{
	return (unsigned)__builtin_ctzll(bits | (uint64_t)1 << 63);
}

INLINE struct masks
masks_words(const unsigned char *bytes, unsigned char separator)
{
	struct masks masks = {0};
	for (unsigned i = 0; i < 64; i += 8) {
		uint64_t word = word_of(bytes + i);
		masks.separator |= equal_bits(word, separator) << i;
		masks.feed |= equal_bits(word, '\n') << i;
		masks.cr |= equal_bits(word, '\r') << i;
		masks.quote |= equal_bits(word, '"') << i;
		masks.refused |= (equal_bits(word, 0) | equal_bits(word, 0x1a)) << i;
		masks.high |= high_bits(word) << i;
	}
	return masks;
}

#ifdef __SSE2__
INLINE uint64_t
bits_sse2(__m128i equal)
{
	return (unsigned)_mm_movemask_epi8(equal);
}

INLINE struct masks
masks_sse2(const unsigned char *bytes, unsigned char separator)
{
	struct masks masks = {0};
	const __m128i sep = _mm_set1_epi8((char)separator), feed = _mm_set1_epi8('\n');
	const __m128i cr = _mm_set1_epi8('\r'), quote = _mm_set1_epi8('"');
	const __m128i nul = _mm_setzero_si128(), sub = _mm_set1_epi8(0x1a);
	for (unsigned i = 0; i < 64; i += 16) {
		__m128i part = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
		__m128i odd = _mm_or_si128(_mm_cmpeq_epi8(part, nul), _mm_cmpeq_epi8(part, sub));
		masks.separator |= bits_sse2(_mm_cmpeq_epi8(part, sep)) << i;
		masks.feed |= bits_sse2(_mm_cmpeq_epi8(part, feed)) << i;
		masks.cr |= bits_sse2(_mm_cmpeq_epi8(part, cr)) << i;
		masks.quote |= bits_sse2(_mm_cmpeq_epi8(part, quote)) << i;
		masks.refused |= bits_sse2(odd) << i;
		masks.high |= bits_sse2(part) << i;
	}
	return masks;
}

INLINE bool
plain_sse2(const unsigned char *bytes, unsigned char separator, uint64_t *ends)
{
	const __m128i sep = _mm_set1_epi8((char)separator), feed = _mm_set1_epi8('\n');
	const __m128i quote = _mm_set1_epi8('"'), blank = _mm_set1_epi8(' ');
	__m128i odd = _mm_setzero_si128();
	*ends = 0;
	for (unsigned i = 0; i < 64; i += 16) {
		__m128i part = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
		__m128i end = _mm_or_si128(_mm_cmpeq_epi8(part, sep), _mm_cmpeq_epi8(part, feed));
		/* As signed numbers those that are not ASCII are below the blank, too. */
		__m128i below = _mm_andnot_si128(end, _mm_cmplt_epi8(part, blank));
		odd = _mm_or_si128(odd, _mm_or_si128(below, _mm_cmpeq_epi8(part, quote)));
		*ends |= bits_sse2(end) << i;
	}
	return !_mm_movemask_epi8(odd);
}

#define AVX2 __attribute__((target("avx2,popcnt,bmi")))

AVX2 INLINE bool
plain_avx2(const unsigned char *bytes, unsigned char separator, uint64_t *ends)
{
	const __m256i sep = _mm256_set1_epi8((char)separator), feed = _mm256_set1_epi8('\n');
	const __m256i quote = _mm256_set1_epi8('"'), blank = _mm256_set1_epi8(' ');
	__m256i odd = _mm256_setzero_si256();
	*ends = 0;
	for (unsigned i = 0; i < 64; i += 32) {
		__m256i part = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + i));
		__m256i end =
		    _mm256_or_si256(_mm256_cmpeq_epi8(part, sep), _mm256_cmpeq_epi8(part, feed));
		__m256i below = _mm256_andnot_si256(end, _mm256_cmpgt_epi8(blank, part));
		odd = _mm256_or_si256(odd, _mm256_or_si256(below, _mm256_cmpeq_epi8(part, quote)));
		*ends |= (uint64_t)(uint32_t)_mm256_movemask_epi8(end) << i;
	}
	return !_mm256_movemask_epi8(odd);
}

/* Defined also where there is no bit. */
AVX2 INLINE unsigned
lowest_avx2(uint64_t bits)
{
	return (unsigned)_tzcnt_u64(bits);
}

AVX2 INLINE struct masks
masks_avx2(const unsigned char *bytes, unsigned char separator)
{
	struct masks masks = {0};
	const __m256i sep = _mm256_set1_epi8((char)separator), feed = _mm256_set1_epi8('\n');
	const __m256i cr = _mm256_set1_epi8('\r'), quote = _mm256_set1_epi8('"');
	const __m256i nul = _mm256_setzero_si256(), sub = _mm256_set1_epi8(0x1a);
	for (unsigned i = 0; i < 64; i += 32) {
		__m256i part = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + i));
		__m256i odd =
		    _mm256_or_si256(_mm256_cmpeq_epi8(part, nul), _mm256_cmpeq_epi8(part, sub));
#define BITS(equal) ((uint64_t)(uint32_t)_mm256_movemask_epi8(equal) << i)
		masks.separator |= BITS(_mm256_cmpeq_epi8(part, sep));
		masks.feed |= BITS(_mm256_cmpeq_epi8(part, feed));
		masks.cr |= BITS(_mm256_cmpeq_epi8(part, cr));
		masks.quote |= BITS(_mm256_cmpeq_epi8(part, quote));
		masks.refused |= BITS(odd);
		masks.high |= BITS(part);
#undef BITS
	}
	return masks;
}
#endif

#endif
