# Accord: agreement between coders, from a CSV of codings to the figures of a paper.
#
#   make              build the program, ./accord
#   make demo         build it and run the demo study: tables, figures and a report in out/demo
#   make comparison   only what compares the groups of the demo study: tables and figures
#   make figures      every figure of the demo study for every journal and format, in out/figures
#   make gallery      docs/figures.md: every figure with its caption and command
#   make check        the tests; the last line is "N passed, 0 failed"
#   make check-all    also check-house (the other compiler, layout and order of the sources) and what needs
#                     large tools: check-figures (every figure and format, measured), check-report (a
#                     browser, LaTeX), check-cluster (a Slurm)
#   make golden       published values only, and how many of them were compared
#   make coverage     how often intervals and tests keep their promise (minutes); it prints
#                     docs/coverage.md and docs/type-one-error.md
#   make bench        how fast, and with how much memory, beside other programs: docs/bench.md
#   make cases-update rewrite what the command cases expect; review it with git diff
#   make cover        run the tests on a MODE=cover build: lines covered, file by file
#   make format       lay out the C sources (clang-format)
#   make install      put the program, its rules for Make, manual and completion under prefix (/usr/local);
#                     `make uninstall` takes them away. DESTDIR, bindir, datadir, mandir, ... as in GNU
#   make clean        remove build/ and ./accord; `make distclean` also out/
#   make help         this text
#
#   MODE=release|asan|cover   optimised (default), sanitizers, coverage
#   CC=gcc|clang              the compiler; CFLAGS, CPPFLAGS, LDFLAGS, LDLIBS are appended to ours
#   NO_INSTALL=1              demo and check: name what is missing instead of installing it
#   V=1                       show the commands of the build

MODE ?= release
BUILD := build/$(MODE)
CFLAGS_release := -O3 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer -Werror
CFLAGS_cover := -O0 -g --coverage
$(if $(CFLAGS_$(MODE)),,$(error MODE=$(MODE): must be release, asan or cover))

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
BREW := $(if $(filter Darwin,$(shell uname -s)),$(shell brew --prefix 2>/dev/null))
COMPILE = $(CC) -std=c11 -D_GNU_SOURCE -DHAVE_INLINE -ffp-contract=off -pthread -I. $(BREW:%=-I%/include) \
	$(WARN) $(CFLAGS_$(MODE)) $(CPPFLAGS) $(CFLAGS)
LINK = $(COMPILE) $(BREW:%=-L%/lib) $(LDFLAGS)
LIBS = -lcsv -linih -lmd -lutf8proc -lgsl -lgslcblas -lm $(LDLIBS)

# One short line per step; V=1 shows the commands.
say = $(if $(V),,@echo '  $(1) $@' &&)

quoted = '$(subst ','\'',$(1))'
sources = $(sort $(wildcard $(foreach d,$(1),$(d)/*.c $(d)/*/*.c)))
EMBEDDED := $(sort $(wildcard pipeline/*/*.css pipeline/*/*.js))
OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(call sources,stats plots pipeline)) $(EMBEDDED:%=$(BUILD)/%.o)
PARTS := $(filter-out $(BUILD)/pipeline/main.o,$(OBJECTS))
UNITS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/unit/*.c)))
OTHERS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(sort $(wildcard tests/*.c tests/bench/*.c tests/coverage/*.c)))
SHARED := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/parts/*.c))
GOLDEN := $(patsubst %.c,$(BUILD)/%.o,$(wildcard tests/golden_parts/*.c))
SUITES := house figures report cluster
COVERAGE := $(filter $(BUILD)/tests/coverage/%,$(OTHERS))
JOBS := $(shell nproc 2>/dev/null || sysctl -n hw.ncpu 2>/dev/null || echo 2)
PARALLEL = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(JOBS))

COMMIT := $(if $(wildcard .git),$(shell git describe --always --dirty --abbrev=12 --exclude '*' 2>/dev/null))

# Where things are installed (GNU coding standards, 7.2.5).
prefix = /usr/local
exec_prefix = $(prefix)
bindir = $(exec_prefix)/bin
datarootdir = $(prefix)/share
datadir = $(datarootdir)
docdir = $(datarootdir)/doc/accord
mandir = $(datarootdir)/man
man1dir = $(mandir)/man1
man5dir = $(mandir)/man5
accorddir = $(datadir)/accord
bashdir = $(datarootdir)/bash-completion/completions
zshdir = $(datarootdir)/zsh/site-functions
DOCUMENTS := README.md CHANGES.md CITATION.cff LICENSE
INSTALL = install
INSTALL_PROGRAM = $(INSTALL)
INSTALL_DATA = $(INSTALL) -m 644

.DELETE_ON_ERROR:
.SECONDARY: $(UNITS:=.o) $(OTHERS:=.o)
.PHONY: all help demo comparison figures gallery check check-all golden bench coverage cases-update cover units tested format clean distclean FORCE $(SUITES:%=check-%)

all: accord
accord: $(BUILD)/accord FORCE
	@cmp -s $< $@ || cp $< $@

$(BUILD)/accord: $(OBJECTS) $(BUILD)/objects
	$(call say,link) $(LINK) -o $@ $(OBJECTS) $(LIBS)
$(BUILD)/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(call say,compile) $(COMPILE) $(DEFINES) -MMD -MP -c -o $@ $<
# A style sheet or script as lines of C: acc_asset_NAME_css, acc_asset_NAME_js.
$(BUILD)/%.css.c $(BUILD)/%.js.c: NAME = $(subst .,_,$(patsubst %.c,%,$(@F)))
$(EMBEDDED:%=$(BUILD)/%.c): $(BUILD)/%.c: % Makefile
	@mkdir -p $(@D)
	$(call say,embed) { echo 'extern const char *const acc_asset_$(NAME)[];'; \
		echo 'const char *const acc_asset_$(NAME)[] = {'; \
		sed 's/[\\"]/\\&/g; s/.*/"&\\n",/' $<; echo '0};'; } >$@
$(EMBEDDED:%=$(BUILD)/%.o): %.o: %.c $(BUILD)/flags
	$(call say,compile) $(COMPILE) -c -o $@ $<
units: $(UNITS) $(OTHERS)
tested: $(UNITS) $(BUILD)/tests/golden
$(UNITS): %: %.o $(PARTS) $(BUILD)/objects
	$(call say,link) $(LINK) -o $@ $< $(PARTS) $(LIBS) -lcmocka
$(BUILD)/tests/golden: MORE = $(GOLDEN)
$(BUILD)/tests/golden: $(GOLDEN)
$(OTHERS): %: %.o $(SHARED) $(PARTS) $(BUILD)/objects
	$(call say,link) $(LINK) -o $@ $< $(MORE) $(SHARED) $(PARTS) $(LIBS)

# What the program knows of its making: the commit it is of, the place its data are installed in.
$(BUILD)/pipeline/main.o: DEFINES = -DACC_COMMIT='"$(COMMIT)"'
$(BUILD)/pipeline/main.o: $(BUILD)/commit
$(BUILD)/pipeline/study/locate.o: DEFINES = -DACC_DATADIR='"$(datadir)"'
$(BUILD)/pipeline/study/locate.o: $(BUILD)/datadir

# Files that change when their text does: other flags or other sources, another build.
$(BUILD)/flags: TEXT = $(COMPILE)
$(BUILD)/objects: TEXT = $(LINK) $(OBJECTS) $(LIBS)
$(BUILD)/commit: TEXT = $(COMMIT)
$(BUILD)/datadir: TEXT = $(datadir)
$(BUILD)/flags $(BUILD)/objects $(BUILD)/commit $(BUILD)/datadir: FORCE
	@mkdir -p $(@D); printf '%s\n' $(call quoted,$(TEXT)) | cmp -s - $@ || \
		printf '%s\n' $(call quoted,$(TEXT)) >$@

-include $(OBJECTS:.o=.d) $(UNITS:=.d) $(OTHERS:=.d) $(GOLDEN:.o=.d) $(SHARED:.o=.d)
include fixtures/compassion/demo.mk fixtures/compassion/figures.mk

demo:
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tests/prerequisites.sh demo
	@$(MAKE) --no-print-directory $(PARALLEL) demo-study
comparison:
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tests/prerequisites.sh demo
	@$(MAKE) --no-print-directory $(PARALLEL) demo-comparison
figures:
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tests/prerequisites.sh demo
	@$(MAKE) --no-print-directory $(PARALLEL) every-figure
gallery:
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tests/prerequisites.sh demo
	@$(MAKE) --no-print-directory $(PARALLEL) $(DEMO_DRAWN)
	@tests/figures/gallery.sh docs/figures.md docs/figures $(DEMO_DRAWN)
check:
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tests/prerequisites.sh check
	+@MAKE='$(MAKE)' CC='$(CC)' JOBS=$(JOBS) tests/check.sh
check-all:
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tests/prerequisites.sh check $(SUITES)
	+@MAKE='$(MAKE)' CC='$(CC)' JOBS=$(JOBS) tests/check.sh --suite all
$(SUITES:%=check-%): check-%:
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tests/prerequisites.sh check $*
	@$(MAKE) --no-print-directory $(PARALLEL) accord units
	+@MAKE='$(MAKE)' CC='$(CC)' JOBS=$(JOBS) tests/check.sh --suite $*
golden: $(BUILD)/tests/golden_comparison $(BUILD)/tests/golden
	@for program in $^; do $$program tests/golden || exit 1; done
bench: accord $(OTHERS)
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS)' tests/prerequisites.sh bench || echo 'bench: goes on without them' >&2
	@BUILD=$(BUILD) tests/bench.sh
coverage: $(COVERAGE)
	@for program in $^; do $$program || exit 1; done
cases-update: accord
	@BUILD=$(BUILD) tests/cases.sh --update
cover:
	@$(MAKE) --no-print-directory $(PARALLEL) MODE=cover build/cover/accord units
	@BUILD=build/cover tests/cover.sh
format:
	clang-format -i $(wildcard $(foreach d,stats plots pipeline tests,$(d)/*.[ch] $(d)/*/*.[ch]))
.PHONY: install install-strip installdirs uninstall
install: accord installdirs $(BUILD)/installed
	$(INSTALL_PROGRAM) accord $(DESTDIR)$(bindir)/accord
	$(INSTALL_DATA) pipeline/study/accord.mk $(DESTDIR)$(accorddir)/accord.mk
	$(INSTALL_DATA) $(BUILD)/installed/*.1 $(DESTDIR)$(man1dir)
	$(INSTALL_DATA) $(BUILD)/installed/*.5 $(DESTDIR)$(man5dir)
	$(INSTALL_DATA) $(BUILD)/installed/accord $(DESTDIR)$(bashdir)/accord
	$(INSTALL_DATA) $(BUILD)/installed/_accord $(DESTDIR)$(zshdir)/_accord
	$(INSTALL_DATA) $(DOCUMENTS) $(DESTDIR)$(docdir)
install-strip:
	$(MAKE) INSTALL_PROGRAM='$(INSTALL_PROGRAM) -s' install
installdirs:
	mkdir -p $(addprefix $(DESTDIR),$(bindir) $(accorddir) $(man1dir) $(man5dir) $(bashdir) $(zshdir) $(docdir))
uninstall: $(BUILD)/installed
	cd $(BUILD)/installed && for page in *.1; do rm -f $(DESTDIR)$(man1dir)/$$page; done
	rm -f $(DESTDIR)$(man5dir)/study.ini.5
	rm -f $(addprefix $(DESTDIR),$(bindir)/accord $(accorddir)/accord.mk $(bashdir)/accord $(zshdir)/_accord \
		$(DOCUMENTS:%=$(docdir)/%))
	-rmdir $(addprefix $(DESTDIR),$(accorddir) $(docdir)) 2>/dev/null
# Manual pages and completion, which the program writes itself.
$(BUILD)/installed: $(BUILD)/accord
	@rm -rf $@ $@.tmp && mkdir $@.tmp && $< --manual >$@.tmp/accord.1
	@$< --manual study.ini >$@.tmp/study.ini.5
	@for stage in $$($< list stages --format csv | sed '1d;s/,.*//'); do \
		$< --manual $$stage >$@.tmp/accord-$$stage.1 || exit 1; done
	@$< --completion bash >$@.tmp/accord && $< --completion zsh >$@.tmp/_accord && mv $@.tmp $@
help:
	@sed -n '/^#/!q;s/^# \{0,1\}//p' Makefile
clean:
	rm -rf build accord
distclean: clean
	rm -rf out
FORCE:
