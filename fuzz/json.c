// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>

#include "json.h"

#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#include <sanitizer/msan_interface.h>
#endif
#endif

static void *zeroed(size_t size)
{
	return calloc(1, size);
}

/* jansson is not instrumented: MemorySanitizer would take what it wrote for unwritten. */
void json_setup(void)
{
	json_set_alloc_funcs(zeroed, free);
}

json_t *json_text(const char *text)
{
	json_t *j = json_string(text);
	char ascii[1024];
	size_t n = 0;

	if (j)
		return j;
	for (; *text && n < sizeof(ascii) - 1; text++)
		ascii[n++] = (unsigned char)*text < 0x80 ? *text : '?';
	ascii[n] = 0;
	return json_string(ascii);
}

json_t *json_hex(uint64_t value)
{
	char buf[24];

	snprintf(buf, sizeof(buf), "0x%llx", (unsigned long long)value);
	return json_string(buf);
}

json_t *json_result(const struct result *r)
{
	json_t *said = json_array();

	if (r->said & SAID_ERROR)
		json_array_append_new(said, json_string("error"));
	if (r->said & SAID_WARNING)
		json_array_append_new(said, json_string("warning"));
	if (r->said & SAID_WARN)
		json_array_append_new(said, json_string("WARN"));
	return json_pack("{s:s, s:o, s:o}", "outcome", outcome_name(r->outcome), "value",
			 json_hex(r->value), "said", said);
}

static int print(const char *text, size_t size, void *out)
{
#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
	__msan_unpoison(text, size);	/* jansson itself is not instrumented */
#endif
#endif
	return fwrite(text, 1, size, out) == size ? 0 : -1;
}

void json_finish(FILE *out, json_t *j)
{
	/* what cannot be written is seen by main() */
	if (!json_dump_callback(j, print, out, JSON_INDENT(1) | JSON_PRESERVE_ORDER))
		fputc('\n', out);
	json_decref(j);
}
