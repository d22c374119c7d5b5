# accord.mk: a study, from codings to tables, figures and a report. Include it in the Makefile of the
# study, as `accord init` does:
#
#   RESULTS = agreement pairs disagreements
#   include $(shell accord mk)
#
#   make            everything below
#   make tables     results/*.csv: those of RESULTS
#   make figures    figures/: gnuplot scripts, their data, captions, pictures
#   make report     report.html
#   make clean      remove what was made; scripts in figures/ stay, they may have been edited
#   make distclean  remove those too
#
# What can be said in the Makefile, above the include:
#
#   RESULTS  tables to make (those that this page has a line for, at "Tables")
#   PAIRS    options for the table `pairs`
#   STUDY    the settings (study.ini)
#   ACCORD   the program (accord)
#   OUT      folder to make everything in (this one)
#
# and below it: a table of your own, such as
#
#   $(eval $(call accord_table,culture,agree,$(accord_patterns),--by group --coefficient alpha))
#   tables: $(accord_at)results/culture.csv
#
# A table is made again when its input, a setting it uses or the program changed, and what was made
# from it only if it came out differently: build/NAME.made says when a command last ran, and which.
# Works with GNU Make 3.81.

ACCORD ?= accord
STUDY ?= study.ini
RESULTS ?= agreement
PAIRS ?= --by group,pair --coefficient percent_agreement,cohen_kappa

accord_at := $(if $(OUT),$(OUT)/)
accord_build := $(accord_at)build
accord_makefiles := $(filter-out %/accord.mk accord.mk,$(MAKEFILE_LIST))
accord_itself := $(filter %/accord.mk accord.mk,$(MAKEFILE_LIST))
accord_program := $(shell command -v $(ACCORD) 2>/dev/null)
$(if $(accord_program),,$(error no program '$(ACCORD)'; install it, or say `make ACCORD=/path/to/accord`))

# Housekeeping is not listed by `make -n`.
accord_dry := $(findstring n,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
accord_tidy = $(if $(accord_dry),,$(if $(1),@$(1)))

.DELETE_ON_ERROR:
.PHONY: all tables figures report clean distclean accord_force
all: tables figures report $(accord_at)provenance.json

# Settings -------------------------------------------------------------------------------------
# settings.mk has the files that study.ini names; beside it is a NAME.settings for each stage, younger
# only when a setting of that stage changed. Make makes it before it plans, also for `make -n`.
ifeq ($(filter clean distclean,$(MAKECMDGOALS)),)
include $(accord_build)/settings.mk
-include $(accord_build)/pictures.mk
endif
$(accord_build)/settings.mk: $(STUDY) $(accord_program) $(accord_itself)
	@mkdir -p $(accord_build)
	@$(ACCORD) config --study $(STUDY) --make $(accord_build)
	@touch $@
$(accord_build)/%.settings:
	@$(ACCORD) config --study $(STUDY) --make $(accord_build)

# Run accord_command, a variable of each target, and note in the target, a NAME.made, what it was. The
# note is older than what the command wrote, unless that was left alone.
define accord_run
$(call accord_tidy,printf '%s\n' '$(subst ','\'',$(accord_command))' >$@.tmp)
$(accord_command)
$(call accord_tidy,mv $@.tmp $@)
endef
# Force what makes the files $(1) when one of them is not there.
accord_lost = $(if $(filter-out $(wildcard $(1)),$(1)),accord_force)
# Is the note $(1) older than one of $(2), or not there?
accord_old = $(if $(wildcard $(1)),$(shell find $(2) -newer $(1) 2>/dev/null),$(1))
# A file is as old as its content, and may be older than the note that it was made. Make runs nothing
# for that, but `make -n` would believe that it does: so there, "|" where the note $(1), which depends
# on $(2), is up to date.
accord_settled = $(if $(accord_dry),$(if $(strip $(filter accord_force,$(2)) $(call accord_old,$(1),$(2))),,|))

# Patterns -------------------------------------------------------------------------------------
accord_patterns := $(accord_build)/study.patterns
accord_counted := $(ACCORD_RATINGS) $(accord_build)/input.settings $(accord_build)/tabulate.settings \
	$(ACCORD_FILES_tabulate) $(call accord_lost,$(accord_patterns))
accord_recount := $(if $(accord_dry),$(strip $(filter accord_force,$(accord_counted)) \
	$(call accord_old,$(accord_build)/tabulate.made,$(accord_counted))))
$(accord_patterns): $(if $(accord_dry),$(if $(accord_recount),,|)) $(accord_build)/tabulate.made ;
$(accord_build)/tabulate.made: $(accord_counted)
	$(accord_run)
$(accord_build)/tabulate.made: accord_command = $(ACCORD) tabulate --study $(STUDY) --output $(accord_patterns)

# Tables ---------------------------------------------------------------------------------------
# $(call accord_table,NAME,STAGE,INPUT,OPTIONS): rules for results/NAME.csv. A comma in OPTIONS has to
# come from a variable, as in PAIRS.
define accord_table
accord_needs_$(1) := $(3) $(accord_build)/$(2).settings $$(ACCORD_FILES_$(2)) $(if $(4),$(accord_makefiles)) \
	$(call accord_lost,$(accord_at)results/$(1).csv) $(if $(filter $(accord_patterns),$(3)),,$(accord_build)/input.settings)
$(accord_at)results/$(1).csv: $$(if $(accord_recount),,$$(call accord_settled,$(accord_build)/$(1).made,$$(accord_needs_$(1)))) \
		$(accord_build)/$(1).made ;
$(accord_build)/$(1).made: $$(accord_needs_$(1))
	$(call accord_tidy,mkdir -p $(accord_at)results)
	$$(accord_run)
$(accord_build)/$(1).made: accord_command = $$(ACCORD) $(2) $(3) --study $$(STUDY)$(if $(4), $(4)) --output $(accord_at)results/$(1).csv
endef
# Some windows need the ratings themselves.
accord_input = $(if $(filter $(1),$(ACCORD_OF_RATINGS)),$(ACCORD_RATINGS),$(accord_patterns))
$(eval $(call accord_table,agreement,agree,$(accord_patterns)))
$(eval $(call accord_table,pairs,agree,$(accord_patterns),$(PAIRS)))
$(eval $(call accord_table,explanation,explain,$(accord_patterns)))
$(eval $(call accord_table,cooccurrence,cooccur,$(call accord_input,cooccur)))
$(eval $(call accord_table,comparison,compare,$(accord_patterns)))
$(eval $(call accord_table,coders,coders,$(accord_patterns)))
$(eval $(call accord_table,map,map,$(accord_patterns)))
$(eval $(call accord_table,saturation,saturate,$(accord_patterns)))
$(eval $(call accord_table,specifications,specify,$(call accord_input,specify)))
$(eval $(call accord_table,disagreements,disagree,$(ACCORD_RATINGS)))
$(eval $(call accord_table,codeline,codeline,$(ACCORD_RATINGS)))

accord_results := $(RESULTS:%=$(accord_at)results/%.csv)
tables: $(accord_results)

# Figures --------------------------------------------------------------------------------------
# Other settings may want other figures, widths or formats: then pictures of before go first. A script
# that its author edited is younger than the pictures.
accord_drawn_from := $(filter $(patsubst %,$(accord_at)results/%.csv,agreement pairs explanation \
	cooccurrence comparison map saturation codeline specifications),$(accord_results))
accord_pictures := $(addprefix $(accord_at)figures/,*-*.* *.dat *.caption.txt)
$(accord_build)/figures.made: $(accord_drawn_from) $(accord_build)/plot.settings $(ACCORD_FILES_plot) \
		$(wildcard $(accord_at)figures/*.gp) $(accord_makefiles) $(call accord_lost,$(ACCORD_PICTURES))
	$(call accord_tidy,$(if $(filter %/plot.settings,$?),rm -f $(ACCORD_PICTURES)))
	$(accord_run)
	$(call accord_tidy,ls $(accord_pictures) 2>/dev/null | sed 's/^/ACCORD_PICTURES += /' >$(accord_build)/pictures.mk)
	$(call accord_tidy,touch $@)
$(accord_build)/figures.made: accord_command = $(ACCORD) plot $(accord_drawn_from) --study $(STUDY) --output $(accord_at)figures
figures: $(if $(accord_drawn_from),$(accord_build)/figures.made)

accord_blank := $(subst ,, )
accord_comma := ,
accord_inputs := $(subst $(accord_blank),$(accord_comma),$(accord_makefiles))

# Report ---------------------------------------------------------------------------------------
accord_report := $(if $(filter report,$(ACCORD_STAGES)),$(accord_at)report.html)
$(accord_at)report.html: $(accord_build)/report.made ;
$(accord_build)/report.made: $(accord_results) $(accord_build)/report.settings $(accord_build)/inputs.json \
		$(ACCORD_FILES_report) $(if $(accord_drawn_from),$(accord_build)/figures.made) \
		$(accord_makefiles) $(call accord_lost,$(accord_at)report.html)
	$(accord_run)
$(accord_build)/report.made: accord_command = $(ACCORD) report $(accord_results) $(if $(accord_drawn_from),--figures $(accord_at)figures) \
	--provenance $(accord_build)/inputs.json --study $(STUDY) --output $(accord_at)report.html
accord_told := $(STUDY) $(ACCORD_FILES) $(accord_makefiles) $(accord_build)/input.settings \
	$(accord_build)/provenance.settings $(call accord_lost,$(accord_build)/inputs.json)
$(accord_build)/inputs.json: $(call accord_settled,$(accord_build)/inputs.made,$(accord_told)) $(accord_build)/inputs.made ;
$(accord_build)/inputs.made: $(accord_told)
	$(accord_run)
$(accord_build)/inputs.made: accord_command = $(ACCORD) provenance --study $(STUDY) \
	--inputs $(accord_inputs) --output $(accord_build)/inputs.json
report: $(accord_report)

# Provenance -----------------------------------------------------------------------------------
$(accord_at)provenance.json: $(accord_results) $(accord_patterns) $(if $(accord_drawn_from),$(accord_build)/figures.made) \
		$(accord_report) $(accord_makefiles) $(call accord_lost,$(accord_at)SHA256SUMS)
	$(call accord_tidy,{ ls $(accord_pictures); ls $(accord_at)figures/*.caption.txt | sed 's/caption.txt$$/gp/'; \
		ls $(addprefix $(accord_at)figures/,style.gp page.gp); } 2>/dev/null >$(accord_build)/drawn || :)
	$(ACCORD) provenance --study $(STUDY) --runs $(accord_build) --inputs $(accord_inputs) --output $@ \
		$(accord_patterns) $(accord_results) $$(cat $(accord_build)/drawn) $(accord_report)

clean:
	rm -rf $(accord_build) $(accord_at)results $(accord_at)provenance.json $(accord_at)SHA256SUMS $(accord_at)report.html
	rm -f $(accord_pictures)
distclean: clean
	rm -rf $(accord_at)figures
accord_force:
