/* measure: commands against a yardstick, run in turn.
 *
 *   measure [-n RUNS] [-t SECONDS] <LIST
 *
 * LIST has lines "GROUP<tab>NAME<tab>COMMAND"; the first of a group is its yardstick. A round runs
 * every command of a group once, so that a drift of the machine's speed meets all; after one round
 * that does not count come RUNS (default 5). A command slower than SECONDS (default 60) is run once
 * more at most. Whole processes are measured, by what the operating system accounts to them: CPU
 * (user and system), wall, largest resident memory. Printed are columns, with tabs between:
 * medians, and the ratio of CPU and of wall to the yardstick of the same round, as median, lowest
 * and highest. Standard output of the commands is thrown away; one that fails is said to have
 * failed and has no figures. */
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MOST = 101, COMMANDS_MOST = 256 };

struct entry {
	char *group, *name, *command;
	double cpu[RUNS_MOST], wall[RUNS_MOST], peak;
	int runs;
	bool failed;
};

static double
seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec * 1e-6;
}

static double
now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static void
become(const char *command)
{
	int nothing = open("/dev/null", O_RDWR);
	if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(nothing, STDOUT_FILENO) < 0)
		_exit(127);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

/* Run once; false when it could not be run or failed. */
static bool
run(struct entry *entry, bool counts)
{
	double begun = now();
	fflush(NULL);
	pid_t child = fork();
	if (child == 0)
		become(entry->command);
	int status;
	struct rusage usage;
	while (wait4(child, &status, 0, &usage) < 0)
		if (errno != EINTR)
			return false;
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return false;
	if (counts && entry->runs < RUNS_MOST) {
		entry->wall[entry->runs] = now() - begun;
		entry->cpu[entry->runs++] = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
	}
	double peak = (double)usage.ru_maxrss / 1024;
	if (peak > entry->peak)
		entry->peak = peak;
	return true;
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

struct summary {
	double low, median, high;
};

static struct summary
summarise(const double *value, int count)
{
	double sorted[RUNS_MOST];
	if (count == 0)
		return (struct summary){NAN, NAN, NAN};
	memcpy(sorted, value, (size_t)count * sizeof *value);
	qsort(sorted, (size_t)count, sizeof *sorted, by_size);
	double median = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
	return (struct summary){sorted[0], median, sorted[count - 1]};
}

/* Round by round, of the rounds that both have. */
static struct summary
ratio(const double *a, int runs_a, const double *b, int runs_b)
{
	double of[RUNS_MOST];
	int count = runs_a < runs_b ? runs_a : runs_b;
	for (int i = 0; i < count; i++)
		of[i] = a[i] / b[i];
	return summarise(of, count);
}

static void
print(const struct entry *entry, const struct entry *yardstick)
{
	if (entry->failed) {
		printf("%s\t%s\t0\t\t\t\t\t\t\t\t\t\n", entry->group, entry->name);
		return;
	}
	struct summary cpu = ratio(entry->cpu, entry->runs, yardstick->cpu, yardstick->runs);
	struct summary wall = ratio(entry->wall, entry->runs, yardstick->wall, yardstick->runs);
	printf("%s\t%s\t%d\t%.4f\t%.4f\t%.1f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\t%.3f\n", entry->group,
	       entry->name, entry->runs, summarise(entry->cpu, entry->runs).median,
	       summarise(entry->wall, entry->runs).median, entry->peak, cpu.median, cpu.low,
	       cpu.high, wall.median, wall.low, wall.high);
	fflush(stdout);
}

static void
measure(struct entry *entry, int count, int runs, double slow)
{
	for (int round = 0; round <= runs; round++)
		for (int i = 0; i < count; i++) {
			struct entry *e = &entry[i];
			bool once = e->runs > 0 && e->wall[0] > slow;
			if (!e->failed && !once && !run(e, round > 0)) {
				e->failed = true;
				fprintf(stderr, "measure: failed: %s\n", e->command);
			}
		}
	for (int i = 0; i < count; i++)
		print(&entry[i], &entry[0]);
}

/* The next field of a line, in place. */
static char *
field(char **rest)
{
	char *start = strsep(rest, "\t");
	if (!start || !*start) {
		fputs("measure: a line is GROUP<tab>NAME<tab>COMMAND\n", stderr);
		exit(2);
	}
	return start;
}

static int
read_list(struct entry *entry)
{
	int count = 0;
	char *line = NULL;
	size_t room = 0;
	while (getline(&line, &room, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		char *copy = strdup(line), *rest = copy;
		if (!copy || count == COMMANDS_MOST) {
			fputs("measure: too many commands\n", stderr);
			exit(2);
		}
		entry[count].group = field(&rest);
		entry[count].name = field(&rest);
		entry[count++].command = field(&rest);
	}
	free(line);
	return count;
}

int
main(int argc, char **argv)
{
	static struct entry entry[COMMANDS_MOST];
	int runs = 5, option;
	double slow = 60;
	while ((option = getopt(argc, argv, "n:t:")) != -1) {
		if (option == 'n')
			runs = atoi(optarg);
		else if (option == 't')
			slow = strtod(optarg, NULL);
		else
			return 2;
	}
	if (runs < 1 || runs > RUNS_MOST)
		return 2;
	int count = read_list(entry);
	puts(
	    "group\tname\truns\tcpu_s\twall_s\tpeak_mib\tcpu_ratio\tcpu_ratio_low\tcpu_ratio_high\t"
	    "wall_ratio\twall_ratio_low\twall_ratio_high");
	for (int first = 0, next; first < count; first = next) {
		for (next = first; next < count && !strcmp(entry[next].group, entry[first].group);)
			next++;
		measure(entry + first, next - first, runs, slow);
	}
	return 0;
}
