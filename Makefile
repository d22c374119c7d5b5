# Accord: agreement between coders, from CSV to figures.
#
#   make            build ./accord
#   make demo       tables and figures of the demo study, in out/demo
#   make check      every test
#   make help       this text

MODE ?= release
CC ?= cc
BUILD := build/$(MODE)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CFLAGS_release := -O2 -g
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
CFLAGS_cover := -O0 -g --coverage
FLAGS := -std=c11 -D_GNU_SOURCE -ffp-contract=off -pthread -I. $(WARN) $(CFLAGS_$(MODE)) $(CFLAGS)
LIBS := -lcsv -lgsl -lgslcblas -lm

SOURCES := $(sort $(wildcard stats/*.c stats/*/*.c plots/*.c pipeline/*.c))
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)

accord: $(BUILD)/accord
	cp $< $@

$(BUILD)/accord: $(OBJECTS)
	$(CC) $(FLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(FLAGS) $(CPPFLAGS) -MMD -MP -c -o $@ $<

-include $(OBJECTS:.o=.d)

.PHONY: help demo check clean
help:
	@sed -n '/^#/!q;s/^# \{0,1\}//p' Makefile
clean:
	rm -rf build accord
