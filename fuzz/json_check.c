// SPDX-License-Identifier: GPL-2.0-only
/* For tests: is standard input one JSON object with these keys? usage: json_check KEY... */
#include <jansson.h>

int main(int argc, char **argv)
{
	json_error_t err;
	json_t *j = json_loadf(stdin, JSON_REJECT_DUPLICATES, &err);
	int status = 0;

	if (!json_is_object(j)) {
		fprintf(stderr, "line %d: %s\n", err.line, j ? "not an object" : err.text);
		return 1;
	}
	for (int i = 1; i < argc; i++) {
		if (!json_object_get(j, argv[i])) {
			fprintf(stderr, "no key '%s'\n", argv[i]);
			status = 1;
		}
	}
	json_decref(j);
	return status;
}
