// SPDX-License-Identifier: GPL-2.0-only
/*
 * A boot loader that gives Linux any firmware map: QEMU loads it as a multiboot image with two
 * modules, a bzImage and a text of writes to memory (a map, a command line, setup_data). It does
 * what Documentation/arch/x86/boot.rst asks of a loader that uses the 32-bit protocol.
 *
 * The writes: lines "ADDRESS BYTES", both hexadecimal without prefix, two digits a byte, one space
 * between. BYTES are written there one after the other. An address below 4096 is an offset into
 * boot_params.
 */
#include <stdint.h>

#define SERIAL		0x3f8		/* first serial port: what goes wrong is said there */
#define HEADER		0x1f1		/* of the setup header, in the image and in boot_params */
#define BOOT_PARAMS	0x90000		/* where they go: a page of low memory */
#define BOOT_PARAMS_LEN	4096
#define FLAG_LOADED_HIGH	1

/* Offsets in the image, and in boot_params alike (boot.rst, "the real-mode header"). */
enum header {
	SETUP_SECTS = 0x1f1,		/* 1 byte: sectors of real-mode code behind the first */
	HEADER_LEN = 0x201,		/* 1: from 0x202 to the header's end */
	HEADER_MAGIC = 0x202,		/* 4: "HdrS" */
	VERSION = 0x206,		/* 2 */
	TYPE_OF_LOADER = 0x210,		/* 1 */
	LOADFLAGS = 0x211,		/* 1 */
	CODE32_START = 0x214,		/* 4 */
	PREF_ADDRESS = 0x258,		/* 8 */
};

struct module {
	uint32_t start, end;		/* bytes, end exclusive */
	uint32_t name, reserved;
};

struct multiboot_info {
	uint32_t flags, mem_lower, mem_upper, boot_device, cmdline;
	uint32_t mods_count, mods_addr;
};

const uint32_t boot_params_at = BOOT_PARAMS;

static void say(const char *text)
{
	for (; *text; text++)
		asm volatile("outb %0, %1" : : "a"(*text), "Nd"((uint16_t)SERIAL));
}

static void __attribute__((noreturn)) stop(const char *why)
{
	say("loader: ");
	say(why);
	say("\r\n-- System halted\r\n");
	for (;;)
		asm volatile("cli; hlt");
}

/* memmove and memset: the compiler calls them, too. */
void *memmove(void *to, const void *from, uint32_t n)
{
	uint8_t *t = to;
	const uint8_t *f = from;

	if (t < f) {
		while (n--)
			*t++ = *f++;
	} else {
		while (n--)
			t[n] = f[n];
	}
	return to;
}

void *memset(void *to, int byte, uint32_t n)
{
	volatile uint8_t *t = to;

	while (n--)
		*t++ = byte;
	return to;
}

static uint32_t word(const uint8_t *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (uint32_t)p[3] << 24;
}

/* The value of a hexadecimal digit, or -1. */
static int digit(uint8_t c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void apply_writes(const uint8_t *p, const uint8_t *end)
{
	while (p < end) {
		uint32_t at = 0;

		while (p < end && digit(*p) >= 0)
			at = at << 4 | digit(*p++);
		if (p == end || *p++ != ' ')
			stop("a write without its address");
		if (at < BOOT_PARAMS_LEN)
			at += BOOT_PARAMS;
		for (; p + 1 < end && digit(p[0]) >= 0 && digit(p[1]) >= 0; p += 2)
			*(volatile uint8_t *)at++ = digit(p[0]) << 4 | digit(p[1]);
		if (p == end || *p++ != '\n')
			stop("a write without its end");
	}
}

/* Returns where the kernel's 32-bit entry is. */
uint32_t load(const struct multiboot_info *info)
{
	const struct module *module = (const struct module *)info->mods_addr;
	uint8_t *params = (uint8_t *)BOOT_PARAMS;
	const uint8_t *image;
	uint32_t setup, entry;

	if (info->mods_count != 2)
		stop("expected two modules");
	image = (const uint8_t *)module[0].start;
	if (module[0].end - module[0].start < 0x1000 || word(image + HEADER_MAGIC) != 0x53726448)
		stop("the first module is no bzImage");
	if ((image[VERSION] | image[VERSION + 1] << 8) < 0x20a)
		stop("the image is older than boot protocol 2.10");

	memset(params, 0, BOOT_PARAMS_LEN);
	memmove(params + HEADER, image + HEADER, HEADER_MAGIC + image[HEADER_LEN] - HEADER);
	entry = word(image + PREF_ADDRESS);
	params[TYPE_OF_LOADER] = 0xff;
	params[LOADFLAGS] |= FLAG_LOADED_HIGH;
	memmove(params + CODE32_START, &entry, 4);
	apply_writes((const uint8_t *)module[1].start, (const uint8_t *)module[1].end);

	setup = (image[SETUP_SECTS] ? image[SETUP_SECTS] : 4) + 1;
	memmove((void *)entry, image + setup * 512, module[0].end - module[0].start - setup * 512);
	return entry;
}
