/*
 * Preloaded into libvirtd: makes /dev/tapN at the moment it is opened or looked for.
 *
 * libvirt creates a macvtap and opens /dev/tap<ifindex> at once, trying for 200 ms.
 * In a container nobody makes that node: /dev is private, and the host's devtmpfs
 * would be wrong, since an ifindex repeats in every network namespace (seen: two
 * namespaces, both with /dev/tap4, devices 246:1 and 246:2). A watcher that makes
 * the node is a race against those 200 ms; here the node exists before the open.
 */
#define _GNU_SOURCE
/* Fortified headers would turn the functions defined here into inline ones. */
#undef _FORTIFY_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* libvirt hands LD_PRELOAD on to its children; QEMU shall not get it. */
__attribute__((constructor)) static void stay_out_of_children(void)
{
    unsetenv("LD_PRELOAD");
}

/* The "tapN" of "/dev/tapN", or NULL for any other path. */
static const char *tap_name(const char *path)
{
    static const char prefix[] = "/dev/tap";
    const size_t length = sizeof prefix - 1;

    if (strncmp(path, prefix, length) != 0 || path[length] == '\0' ||
        path[length + strspn(path + length, "0123456789")] != '\0')
        return NULL;
    return path + strlen("/dev/");
}

/* The device number of this network namespace's tap of that name, 0 if it has none. */
static dev_t device_of(const char *tap)
{
    dev_t device = 0;
    DIR *interfaces = opendir("/sys/class/net");
    struct dirent *entry;

    while (interfaces && !device && (entry = readdir(interfaces))) {
        char file[512];
        unsigned int major, minor;
        FILE *numbers;

        snprintf(file, sizeof file, "/sys/class/net/%s/%s/dev", entry->d_name, tap);
        if (!(numbers = fopen(file, "re")))
            continue;
        if (fscanf(numbers, "%u:%u", &major, &minor) == 2)
            device = makedev(major, minor);
        fclose(numbers);
    }
    if (interfaces)
        closedir(interfaces);
    return device;
}

/* On any failure the real call that follows reports it. */
static void make_node(const char *path)
{
    const int saved = errno;
    const char *tap = tap_name(path);
    const dev_t device = tap ? device_of(tap) : 0;
    struct stat node;

    if (device && (stat(path, &node) != 0 || !S_ISCHR(node.st_mode) || node.st_rdev != device)) {
        unlink(path); /* a node left over from an earlier macvtap with this ifindex */
        mknod(path, S_IFCHR | 0600, device);
    }
    errno = saved;
}

/* libvirt.so 11 calls open64 and its fortified form; the other two cost nothing. */
#define PLAIN(name)                                                       \
    int name(const char *path, int flags, ...)                            \
    {                                                                     \
        int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, #name);    \
        mode_t mode = 0;                                                  \
        if (__OPEN_NEEDS_MODE(flags)) {                                   \
            va_list arguments;                                            \
            va_start(arguments, flags);                                   \
            mode = va_arg(arguments, mode_t);                             \
            va_end(arguments);                                            \
        }                                                                 \
        make_node(path);                                                  \
        return real(path, flags, mode);                                   \
    }
#define FORTIFIED(name)                                                   \
    int name(const char *path, int flags);                                \
    int name(const char *path, int flags)                                 \
    {                                                                     \
        int (*real)(const char *, int) = dlsym(RTLD_NEXT, #name);         \
        make_node(path);                                                  \
        return real(path, flags);                                         \
    }

PLAIN(open)
PLAIN(open64)
FORTIFIED(__open_2)
FORTIFIED(__open64_2)

/*
 * With <interface type='ethernet'> and managed='no', libvirt takes a device for a
 * macvtap if its /dev/tapN exists (and asks for /dev/net/tun if not).
 */
int access(const char *path, int mode)
{
    int (*real)(const char *, int) = dlsym(RTLD_NEXT, "access");
    make_node(path);
    return real(path, mode);
}
