/* A disk that can be told to fail, and that keeps a diary of what was written and what was synced.
 *
 * Loaded before libc into a server (LD_PRELOAD), for files named like a database of SQLite:
 *   DISK_DIARY    a file to which every write, cut and sync is appended
 *   DISK_CONTROL  a file whose first byte says what fails from now on:
 *                 s  syncs (EIO)    w  writes (EIO)    f  writes (ENOSPC)    anything else: nothing
 *
 * An entry of the diary: kind (1 byte), file (1 byte), offset, length (8 bytes each), then the bytes
 * of a write. Kinds: W write, T cut at offset, S synced, F a sync that failed. Files: d database,
 * l its log, f the folder of both.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static volatile const char *control;
static int diary = -1;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void start(void) {
    real_write = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    real_pwrite = (ssize_t (*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    real_ftruncate = (int (*)(int, off_t))dlsym(RTLD_NEXT, "ftruncate64");
    const char *path = getenv("DISK_DIARY");
    if (path) diary = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    path = getenv("DISK_CONTROL");
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        void *page = mmap(NULL, 1, PROT_READ, MAP_SHARED, fd, 0);
        if (page != MAP_FAILED) control = page;
        close(fd);
    }
}

/* Which file a descriptor is: d, l, f, or 0 for none of ours. */
static char which(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0 || path[0] != '/') return 0;
    path[length] = 0;
    if (length > 3 && !strcmp(path + length - 3, ".db")) return 'd';
    if (length > 7 && !strcmp(path + length - 7, ".db-wal")) return 'l';
    struct stat about;
    return !fstat(fd, &about) && S_ISDIR(about.st_mode) ? 'f' : 0;
}

static void note(char kind, char file, uint64_t offset, const void *bytes, uint64_t length) {
    if (diary < 0) return;
    char head[18] = {kind, file};
    memcpy(head + 2, &offset, 8);
    memcpy(head + 10, &length, 8);
    struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, bytes ? length : 0}};
    if (writev(diary, parts, 2) < 0) abort();
}

static int told(char what) { return control && *control == what; }

static ssize_t put(int fd, char file, const void *bytes, size_t count, off_t offset) {
    if (told('w') || told('f')) {
        errno = told('w') ? EIO : ENOSPC;
        return -1;
    }
    pthread_mutex_lock(&gate);
    ssize_t done = real_pwrite(fd, bytes, count, offset);
    if (done > 0) note('W', file, offset, bytes, done);
    pthread_mutex_unlock(&gate);
    return done;
}

ssize_t write(int fd, const void *bytes, size_t count) {
    char file = fd > 2 ? which(fd) : 0;
    if (file != 'd' && file != 'l') return real_write(fd, bytes, count);
    off_t offset = lseek(fd, 0, SEEK_CUR);
    ssize_t done = put(fd, file, bytes, count, offset);
    if (done > 0) lseek(fd, offset + done, SEEK_SET);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
    char file = which(fd);
    if (file != 'd' && file != 'l') return real_pwrite(fd, bytes, count, offset);
    return put(fd, file, bytes, count, offset);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    return pwrite64(fd, bytes, count, offset);
}

static int sync_with(int (*real)(int), int fd) {
    char file = which(fd);
    if (!file) return real(fd);
    pthread_mutex_lock(&gate);
    int failed = told('s');
    int done = failed ? -1 : real(fd);
    note(done ? 'F' : 'S', file, 0, NULL, 0);
    pthread_mutex_unlock(&gate);
    if (failed) errno = EIO;
    return done;
}

int fsync(int fd) { return sync_with(real_fsync, fd); }

int fdatasync(int fd) { return sync_with(real_fdatasync, fd); }

int ftruncate64(int fd, off_t length) {
    char file = which(fd);
    pthread_mutex_lock(&gate);
    int done = real_ftruncate(fd, length);
    if (!done && (file == 'd' || file == 'l')) note('T', file, length, NULL, 0);
    pthread_mutex_unlock(&gate);
    return done;
}

int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
