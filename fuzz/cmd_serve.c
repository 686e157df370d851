// SPDX-License-Identifier: GPL-2.0-only
/* What earlyfuzz calls earlyfuzz32 with: no command for people. */
#include <sys/socket.h>
#include <unistd.h>

#include "cli.h"
#include "serve.h"

static int serve_main(int argc, char **argv)
{
	socklen_t size = sizeof(int);
	int type;

	(void)argv;
	if (argc > 1 || getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &type, &size))
		return cli_error("serve: standard input is no socket: earlyfuzz starts this "
				 "program by itself");
	return serve(STDIN_FILENO, subjects, subjects_left_out) ? CLI_OK :
		cli_error("serve: who is there does not speak as earlyfuzz does");
}

const struct command cmd_serve = {
	.name = "serve",
	.summary = "Run 32-bit subjects for the 64-bit program, which starts this by itself",
	.usage = "",
	.help = "No options; standard input is a socket.\n",
	.main = serve_main,
	.hidden = true,
};
