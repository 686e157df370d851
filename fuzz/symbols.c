// SPDX-License-Identifier: GPL-2.0-only
#include <elf.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "symbols.h"

#define KERNEL_TEXT	"kernel_text"

/* This program's file. */
struct file {
	const unsigned char *at;	/* NULL: could not be mapped, or is odd */
	size_t size;
	const ElfW(Sym) *sym;
	size_t nr;
	const char *names;
	size_t names_size;
	size_t kernel_text;		/* number of the section; 0: there is none */
	bool moves;			/* it is loaded anywhere */
};

static struct file file;

static bool map_file(struct file *f)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct stat st;
	void *at;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) || (size_t)st.st_size < sizeof(ElfW(Ehdr))) {
		close(fd);
		return false;
	}
	at = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (at == MAP_FAILED)
		return false;
	f->at = at;
	f->size = st.st_size;
	return true;
}

static bool holds(const struct file *f, uint64_t at, uint64_t size)
{
	return at <= f->size && size <= f->size - at;
}

/* Sections of interest; what does not lie within the file is as if it were not there. */
static void find_sections(struct file *f)
{
	const ElfW(Ehdr) *e = (const void *)f->at;
	const ElfW(Shdr) *s = (const void *)(f->at + e->e_shoff), *names;

	f->moves = e->e_type == ET_DYN;
	if (!e->e_shnum || e->e_shstrndx >= e->e_shnum ||
	    !holds(f, e->e_shoff, e->e_shnum * sizeof(*s)))
		return;
	names = &s[e->e_shstrndx];
	for (size_t i = 1; i < e->e_shnum; i++) {
		const char *name = (const char *)f->at + names->sh_offset + s[i].sh_name;

		if (!holds(f, names->sh_offset + s[i].sh_name, sizeof(KERNEL_TEXT)))
			continue;
		if (!strcmp(name, KERNEL_TEXT))
			f->kernel_text = i;
		if (s[i].sh_type != SHT_SYMTAB || s[i].sh_link >= e->e_shnum ||
		    !holds(f, s[i].sh_offset, s[i].sh_size))
			continue;
		f->sym = (const void *)(f->at + s[i].sh_offset);
		f->nr = s[i].sh_size / sizeof(*f->sym);
		f->names = (const char *)f->at + s[s[i].sh_link].sh_offset;
		f->names_size = s[s[i].sh_link].sh_size;
		if (!holds(f, s[s[i].sh_link].sh_offset, f->names_size))
			f->nr = 0;
	}
}

static const struct file *own_file(void)
{
	static bool tried;

	if (!tried && map_file(&file))
		find_sections(&file);
	tried = true;
	return &file;
}

bool symbols_kernel(char *name, size_t size, uint64_t offset)
{
	const struct file *f = own_file();

	for (size_t i = 0; i < f->nr && f->kernel_text; i++) {
		const ElfW(Sym) *s = &f->sym[i];
		size_t len;

		if (s->st_shndx != f->kernel_text || (s->st_info & 15) != STT_FUNC ||
		    offset < s->st_value || offset - s->st_value >= s->st_size ||
		    s->st_name >= f->names_size)
			continue;
		len = strcspn(f->names + s->st_name, ".");
		if (len >= size)
			len = size - 1;
		memcpy(name, f->names + s->st_name, len);
		name[len] = 0;
		return len;
	}
	return false;
}

uint64_t symbols_offset(uintptr_t address)
{
	extern const char __executable_start[];

	return own_file()->moves ? address - (uintptr_t)__executable_start : address;
}

bool symbols_is_own_path(const char *path, size_t len)
{
	static char own[PATH_MAX];
	static ssize_t n;

	if (!n)
		n = readlink("/proc/self/exe", own, sizeof(own));
	return n > 0 && (size_t)n == len && !memcmp(own, path, len);
}
