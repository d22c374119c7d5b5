# A study in shards by make, on one machine or in a Slurm allocation:
#
#   make -f examples/shards.mk -j8 STUDY=work/study.csv PARTS=64 OPTIONS='--seen document'
#
# makes work/study.patterns. Nothing is done twice: shards that did not change are not tabulated again.
# In a Slurm allocation each command runs where there is a free processor:
#
#   salloc -n 16 make -f examples/shards.mk -j16 STUDY=work/study.csv PARTS=64 \
#       SHELL=/usr/bin/srun .SHELLFLAGS='-Q --exact -n1 /bin/sh -c'
STUDY ?= study.csv
PARTS ?= 8
OPTIONS ?=
ACCORD ?= accord

PREFIX := $(STUDY:.csv=)
INDICES := $(shell seq 0 $$(($(PARTS) - 1)))
SHARDS := $(INDICES:%=$(PREFIX).%-of-$(PARTS))

.DELETE_ON_ERROR:

$(PREFIX).patterns: $(SHARDS:=.patterns)
	$(ACCORD) merge $^ --output $@
$(SHARDS:=.patterns): %.patterns: %.csv
	$(ACCORD) tabulate $< --output $@ $(OPTIONS)
# One command makes all shards; the stamp says when.
$(SHARDS:=.csv): $(PREFIX).$(PARTS).split ;
$(PREFIX).$(PARTS).split: $(STUDY)
	$(ACCORD) shard $< --parts $(PARTS) --output $(PREFIX) $(OPTIONS) >$@
