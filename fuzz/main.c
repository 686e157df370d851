// SPDX-License-Identifier: GPL-2.0-only
/* The earlyfuzz program: a table of commands. */
#include <errno.h>
#include <string.h>

#include "cli.h"
#include "json.h"

#ifndef EARLYFUZZ_VERSION
#define EARLYFUZZ_VERSION "0.1"
#endif

static const struct command *const commands[] = {
	&cmd_run, &cmd_show, &cmd_min, &cmd_repro, &cmd_gen, &cmd_exhaust, &cmd_diff, &cmd_review,
	&cmd_list, &cmd_bench, &cmd_canary, &cmd_findings, &cmd_import, &cmd_report, &cmd_serve,
};

#define NR_COMMANDS	(sizeof(commands) / sizeof(commands[0]))

static const struct command *find(const char *name)
{
	for (unsigned int i = 0; i < NR_COMMANDS; i++)
		if (!strcmp(commands[i]->name, name))
			return commands[i];
	return NULL;
}

static int help(const char *name)
{
	const struct command *c;

	if (!name) {
		puts("usage: earlyfuzz COMMAND [OPTION]...\n\n"
		     "Holds the kernel's early memory code against an independent reference.\n");
		for (unsigned int i = 0; i < NR_COMMANDS; i++)
			if (!commands[i]->hidden)
				printf("  %-8s %s\n", commands[i]->name, commands[i]->summary);
		puts("\n`earlyfuzz help COMMAND` tells its options.\n"
		     "Exit status: 0 all well, 1 a verdict (or a difference), 2 could not run.");
		return CLI_OK;
	}
	c = find(name);
	if (!c)
		return cli_error("unknown command '%s' (`earlyfuzz help` names them)", name);
	printf("usage: earlyfuzz %s %s\n\n%s.\n\n%s", c->name, c->usage, c->summary, c->help);
	return CLI_OK;
}

static int dispatch(int argc, char **argv)
{
	static char name[64];
	const struct command *c;

	if (argc < 2)
		return cli_error("no command (`earlyfuzz help` names them)");
	if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) {
		puts("earlyfuzz " EARLYFUZZ_VERSION);
		return CLI_OK;
	}
	if (!strcmp(argv[1], "help") || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h"))
		return help(argc > 2 ? argv[2] : NULL);
	c = find(argv[1]);
	if (!c)
		return cli_error("unknown command '%s' (`earlyfuzz help` names them)", argv[1]);
	for (int i = 2; i < argc && strcmp(argv[i], "--"); i++)
		if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h"))
			return help(c->name);
	for (int i = 2; i < argc && sizeof(void *) == 4 && strcmp(argv[i], "--"); i++)
		if (!strncmp(argv[i], "--j", 3))
			return cli_error("%s: this is the 32-bit program, only earlyfuzz writes JSON",
					 argv[1]);
	/* getopt's own complaints begin with this name */
	snprintf(name, sizeof(name), "earlyfuzz: %s", c->name);
	argv[1] = name;
	return c->main(argc - 1, argv + 1);
}

int main(int argc, char **argv)
{
	int status;

	json_setup();
	status = dispatch(argc, argv);
	errno = 0;
	if (fflush(stdout) || ferror(stdout))
		return cli_error("cannot write to standard output: %s",
				 strerror(errno ? errno : EIO));
	return status;
}
