/* Whole files or nothing, seen from outside: what is in the folder after each way to fail. */
#include "pipeline/write/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- a folder per test ---- */

static char folder[64];

static int
begin(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/accord-test-output-XXXXXX");
	umask(022);
	return mkdtemp(folder) ? chdir(folder) : -1;
}

static int
end(void **state)
{
	(void)state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	return chdir("/") || system(command);
}

static unsigned
files(void)
{
	unsigned count = 0;
	DIR *directory = opendir(".");
	assert_non_null(directory);
	for (struct dirent *entry; (entry = readdir(directory));)
		count += entry->d_name[0] != '.';
	closedir(directory);
	return count;
}

static void
expect_content(const char *path, const char *content)
{
	char bytes[1024] = "";
	FILE *file = fopen(path, "r");
	assert_non_null(file);
	bytes[fread(bytes, 1, sizeof bytes - 1, file)] = 0;
	fclose(file);
	assert_string_equal(bytes, content);
}

static void
make_file(const char *path, const char *content)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(content, file);
	assert_int_equal(fclose(file), 0);
}

static void
expect_write(const char *path, const char *content)
{
	struct acc_messages messages = {0};
	assert_true(acc_output_write(path, content, strlen(content), NULL, &messages));
	assert_int_equal(messages.code, ACC_EXIT_DONE);
	acc_messages_free(&messages);
}

static void
expect_refusal(const char *path, const char *input, enum acc_exit code, const char *words)
{
	struct acc_messages messages = {0};
	assert_false(acc_output_write(path, "new", 3, input, &messages));
	assert_int_equal(messages.code, code);
	if (!strstr(messages.text.bytes, words))
		fail_msg("expected \"%s\" in %s", words, messages.text.bytes);
	acc_messages_free(&messages);
}

/* ---- files ---- */

static void
a_new_file(void **state)
{
	(void)state;
	expect_write("out", "one\n");
	expect_content("out", "one\n");
	struct stat status;
	assert_int_equal(stat("out", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0644);
	expect_write("empty", "");
	expect_content("empty", "");
	assert_int_equal(files(), 2);
}

static void
a_changed_file_keeps_its_mode(void **state)
{
	(void)state;
	make_file("out", "old, and longer");
	chmod("out", 0600);
	expect_write("out", "new");
	expect_content("out", "new");
	struct stat status;
	assert_int_equal(stat("out", &status), 0);
	assert_int_equal(status.st_mode & 07777, 0600);
	assert_int_equal(files(), 1);
}

static void
an_unchanged_file_is_left_alone(void **state)
{
	(void)state;
	char large[40001];
	memset(large, 'x', 40000);
	large[40000] = 0;
	make_file("out", large);
	struct timespec old[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
	utimensat(AT_FDCWD, "out", old, 0);
	struct stat before, after;
	assert_int_equal(stat("out", &before), 0);
	expect_write("out", large);
	assert_int_equal(stat("out", &after), 0);
	assert_int_equal(after.st_mtime, 1000);
	assert_int_equal(after.st_ino, before.st_ino);
	large[39999] = 'y';
	expect_write("out", large);
	assert_int_equal(stat("out", &after), 0);
	assert_true(after.st_mtime > 1000);
}

static void
a_long_name(void **state)
{
	(void)state;
	char name[256];
	memset(name, 'n', 255);
	name[255] = 0;
	expect_write(name, "x");
	expect_content(name, "x");
	assert_int_equal(files(), 1);
}

static void
the_input_is_never_overwritten(void **state)
{
	(void)state;
	const char *words = "would overwrite the input";
	make_file("in", "precious");
	assert_int_equal(symlink("in", "link") | link("in", "twin") | mkdir("sub", 0755), 0);
	expect_refusal("in", "in", ACC_EXIT_USAGE, words);
	expect_refusal("sub/../in", "in", ACC_EXIT_USAGE, words);
	expect_refusal("link", "in", ACC_EXIT_USAGE, words);
	expect_refusal("in", "link", ACC_EXIT_USAGE, words);
	expect_refusal("twin", "in", ACC_EXIT_USAGE, words);
	expect_content("in", "precious");
	int saved = dup(STDIN_FILENO), fd = open("in", O_RDONLY);
	dup2(fd, STDIN_FILENO);
	expect_refusal("in", "-", ACC_EXIT_USAGE, words);
	dup2(saved, STDIN_FILENO);
	close(saved);
	close(fd);
	expect_content("in", "precious");
	assert_int_equal(files(), 4);
}

static void
a_link_is_replaced_not_followed(void **state)
{
	(void)state;
	make_file("target", "precious");
	assert_int_equal(symlink("target", "out") | symlink("nothing", "dangling"), 0);
	expect_write("out", "precious");
	expect_write("dangling", "new");
	expect_content("target", "precious");
	struct stat status;
	assert_int_equal(lstat("out", &status), 0);
	assert_true(S_ISREG(status.st_mode));
	assert_int_equal(lstat("dangling", &status), 0);
	assert_true(S_ISREG(status.st_mode));
	assert_int_equal(files(), 3);
}

static void
a_full_device(void **state)
{
	(void)state;
	assert_int_equal(symlink("/dev/full", "out"), 0);
	expect_refusal("out", NULL, ACC_EXIT_IO, "out: error: cannot write: No space left");
	expect_refusal("/dev/full", NULL, ACC_EXIT_IO, "No space left on device");
	expect_write("/dev/null", "x");
	struct stat status;
	assert_int_equal(lstat("out", &status), 0);
	assert_true(S_ISLNK(status.st_mode));
}

static void
a_named_pipe(void **state)
{
	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	pid_t child = fork();
	if (!child) {
		struct acc_messages messages = {0};
		_exit(!acc_output_write("pipe", "through", 7, NULL, &messages));
	}
	expect_content("pipe", "through");
	int status;
	waitpid(child, &status, 0);
	assert_int_equal(status, 0);
	assert_int_equal(files(), 1);
}

static void
places_that_are_no_files(void **state)
{
	(void)state;
	mkdir("sub", 0755);
	make_file("file", "x");
	expect_refusal("sub", NULL, ACC_EXIT_IO, "sub: error: cannot write: Is a directory");
	expect_refusal("none/out", NULL, ACC_EXIT_IO, "No such file or directory");
	expect_refusal("file/out", NULL, ACC_EXIT_IO, "Not a directory");
	expect_refusal("", NULL, ACC_EXIT_IO, "error: cannot");
	assert_int_equal(files(), 2);
}

static void
directories_and_parents(void **state)
{
	(void)state;
	struct acc_messages messages = {0};
	make_file("file", "x");
	assert_true(acc_output_directory("a/b//c/", &messages));
	assert_true(acc_output_directory("a/b/c", &messages));
	assert_true(acc_output_directory("/", &messages));
	assert_true(acc_output_directory(".", &messages));
	expect_write("a/b/c/out", "x");
	assert_int_equal(messages.errors, 0);
	assert_false(acc_output_directory("file/b", &messages));
	assert_int_equal(messages.code, ACC_EXIT_IO);
	acc_messages_free(&messages);
}

/* ---- what happens to the process: each in a child ---- */

/* The child's wait status; its standard error goes to the file "said". */
static int
in_child(void (*body)(void))
{
	pid_t child = fork();
	assert_true(child >= 0);
	if (!child) {
		int fd = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0600);
		dup2(fd, STDERR_FILENO);
		close(fd);
		body();
		_exit(99);
	}
	int status;
	waitpid(child, &status, 0);
	return status;
}

static void
leave(struct acc_messages *messages)
{
	acc_output_end(messages);
	acc_messages_print(messages, stderr);
	fflush(stderr);
	_exit((int)messages->code);
}

static void
limit_file_size(rlim_t size)
{
	struct rlimit limit = {size, size};
	setrlimit(RLIMIT_FSIZE, &limit);
}

static void
no_bytes_allowed(void)
{
	struct acc_messages messages = {0};
	acc_output_begin();
	limit_file_size(0);
	acc_output_write("out", "new", 3, NULL, &messages);
	_exit(files() == 1 ? (int)messages.code : 98);
}

static void
a_limit_of_file_size(void **state)
{
	(void)state;
	assert_int_equal(WEXITSTATUS(in_child(no_bytes_allowed)), ACC_EXIT_IO);
	assert_int_equal(files(), 1); /* "said" */
}

/* SIGXFSZ comes from inside write(2): the one moment at which the temporary surely exists. */
static volatile sig_atomic_t signal_wanted;

static void
raise_wanted(int number)
{
	(void)number;
	raise(signal_wanted);
}

static void
interrupted(void)
{
	struct acc_messages messages = {0};
	acc_output_begin();
	signal(SIGXFSZ, raise_wanted);
	limit_file_size(3);
	acc_output_write("out", "too much", 8, NULL, &messages);
	_exit(97);
}

static void
signals_remove_temporaries(void **state)
{
	(void)state;
	const int signals[] = {SIGINT, SIGTERM, SIGHUP};
	for (size_t k = 0; k < 3; k++) {
		signal_wanted = signals[k];
		int status = in_child(interrupted);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[k]);
		assert_int_equal(files(), 1);
	}
}

static void
ignoring(void)
{
	signal(SIGHUP, SIG_IGN);
	acc_output_begin();
	raise(SIGHUP);
	_exit(0);
}

static void
what_was_ignored_stays_so(void **state)
{
	(void)state;
	assert_int_equal(in_child(ignoring), 0);
}

static void
print_to(int fd)
{
	struct acc_messages messages = {0};
	dup2(fd, STDOUT_FILENO);
	acc_output_begin();
	printf("text");
	leave(&messages);
}

static void
print_to_full(void)
{
	print_to(open("/dev/full", O_WRONLY));
}

static void
print_to_nobody(void)
{
	int ends[2];
	(void)!pipe(ends);
	close(ends[0]);
	signal(SIGPIPE, SIG_IGN);
	print_to(ends[1]);
}

static void
print_to_closed(void)
{
	struct acc_messages messages = {0};
	close(STDOUT_FILENO);
	acc_output_begin();
	printf("text");
	leave(&messages);
}

static void
write_to_closed(void)
{
	struct acc_messages messages = {0};
	close(STDOUT_FILENO);
	acc_output_begin();
	acc_output_write(NULL, "text", 4, NULL, &messages);
	leave(&messages);
}

static void
nothing_to_print(void)
{
	struct acc_messages messages = {0};
	close(STDIN_FILENO);
	close(STDOUT_FILENO);
	close(STDERR_FILENO);
	acc_output_begin();
	if (!acc_output_stdin_closed() || getchar() != EOF || !ferror(stdin))
		_exit(96);
	acc_output_write("out", "new", 3, NULL, &messages);
	leave(&messages);
}

static void
standard_output_is_checked(void **state)
{
	(void)state;
	assert_int_equal(WEXITSTATUS(in_child(print_to_full)), ACC_EXIT_IO);
	expect_content("said", "standard output: error: cannot write: No space left on device\n");
	assert_int_equal(WEXITSTATUS(in_child(print_to_nobody)), ACC_EXIT_IO);
	expect_content("said", "");
	assert_int_equal(WEXITSTATUS(in_child(print_to_closed)), ACC_EXIT_IO);
	expect_content("said", "standard output: error: cannot write: Bad file descriptor\n");
	assert_int_equal(WEXITSTATUS(in_child(write_to_closed)), ACC_EXIT_IO);
	expect_content("said", "standard output: error: cannot write: Bad file descriptor\n");
	assert_int_equal(in_child(nothing_to_print), 0);
	expect_content("out", "new");
}

static void
write_to_descriptors(void)
{
	struct acc_messages messages = {0};
	int fd = open("redirected", O_WRONLY | O_CREAT | O_APPEND, 0600);
	dup2(fd, STDOUT_FILENO);
	acc_output_begin();
	printf("a");
	acc_output_write("-", "b", 1, NULL, &messages);
	acc_output_write("/dev/stdout", "c", 1, NULL, &messages);
	acc_output_write("/dev/fd/1", "d", 1, NULL, &messages);
	acc_output_write("/dev/stderr", "e", 1, NULL, &messages);
	acc_output_write("-", "f", 1, "redirected", &messages);
	leave(&messages);
}

static void
descriptors_are_not_renamed_over(void **state)
{
	(void)state;
	assert_int_equal(WEXITSTATUS(in_child(write_to_descriptors)), ACC_EXIT_USAGE);
	expect_content("redirected", "abcd");
	expect_content("said", "estandard output: error: the output would overwrite the input; "
			       "choose another name\n");
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, begin, end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    IN_FOLDER(a_new_file),
	    IN_FOLDER(a_changed_file_keeps_its_mode),
	    IN_FOLDER(an_unchanged_file_is_left_alone),
	    IN_FOLDER(a_long_name),
	    IN_FOLDER(the_input_is_never_overwritten),
	    IN_FOLDER(a_link_is_replaced_not_followed),
	    IN_FOLDER(a_full_device),
	    IN_FOLDER(a_named_pipe),
	    IN_FOLDER(places_that_are_no_files),
	    IN_FOLDER(directories_and_parents),
	    IN_FOLDER(a_limit_of_file_size),
	    IN_FOLDER(signals_remove_temporaries),
	    IN_FOLDER(what_was_ignored_stays_so),
	    IN_FOLDER(standard_output_is_checked),
	    IN_FOLDER(descriptors_are_not_renamed_over),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
