/*
 * Runs commands, any number side by side, for whoever is at the other end of its stream.
 * A process that stays, because a docker exec takes the Docker host many times as long as
 * the command itself; and small, because in a guest the CPU may be an emulated one.
 *
 * In a container the stream is its standard input and output: that is the lease, and when
 * the input ends, so does this process, and the container. `commands PORT` serves a virtio
 * port of a guest and never ends, while the other end comes and goes. After a snapshot it
 * is another one, in another lab, which nothing here tells: so it begins a session first.
 *
 * In:  ID run MILLISECONDS LENGTH\n, and so many bytes: the command and its arguments, NUL
 *      between them, and how long it may run; ID kill\n ends it at once;
 *      ID open LENGTH\n, and so many bytes: the same for a command that may run for ever and
 *      has an input: ID in LENGTH\n, and so many bytes of it; ID eof\n, its end. After that
 *      no session can begin;
 *      ID there\n asks for a sign of life;
 *      ID clock NANOSECONDS\n sets the system's clock, to so many since 1970;
 *      ID write LENGTH\n, and so many bytes: the path of a file and what shall be in it, NUL
 *      between them, the latter in two hexadecimal digits a byte, since it may be any byte;
 *      ID address LENGTH\n, and so many bytes: NIC ADDRESS PREFIX, or NIC ADDRESS PREFIX ROUTER: an
 *      IPv4 address for that NIC and the length of its prefix, and where the default route goes;
 *      \377ID session\n begins a session: what runs is killed, and whatever was before is
 *      forgotten, also half a request. That byte is in no UTF-8.
 * Out: taplab: ready\n, when it starts, and whenever a port gets another end: a session that was
 *      begun before it is begun again;
 *      ID out LENGTH\n or ID err LENGTH\n, and so many bytes that the command wrote;
 *      ID late 0\n, if it ran too long and is therefore ended;
 *      ID exit CODE\n, once it has ended and nobody holds its output open;
 *      ID there 0\n and ID session 0\n, the answers to these two;
 *      ID clock ERRNO\n, ID write ERRNO\n and ID address ERRNO\n, 0 if it is done;
 *      ID open 0\n: the command runs; ID in LENGTH\n: it has so many more bytes of its input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SESSION '\377'

enum {
    CHUNK = 65536,
    MOST_INPUT = 16 << 20, /* that a command has not read; who does not read at all is stuck */
    LINE = 80,       /* longer than any that begins a request or an answer */
    PATIENCE = 1000, /* milliseconds, between asking a command to end and killing it */
    NOT_RUN = 127,
    SIGNALLED = 128,
};

struct bytes {
    char *start;
    size_t length, room;
};

struct command {
    struct command *next;
    unsigned long long id;
    pid_t process;            /* it leads a group of its own, and is reaped last: the number stays its own */
    int out, err;             /* what it writes to, or -1 */
    int in;                   /* what it reads from, or -1 */
    struct bytes input;       /* what it has not read */
    bool input_ends;
    int code;                 /* -1 until it has ended */
    bool told;                /* that it has ended, or nobody wants to know */
    int64_t when;             /* something is to be done, in milliseconds */
    void (*due)(struct command *);
};

static struct command *commands;
static struct bytes requests, answers;
static int in = STDIN_FILENO, out = STDOUT_FILENO, nothing, signals;
static size_t most = PIPE_BUF; /* what a pipe that is ready takes without a wait */
static bool guest;
static bool connected = true; /* whether there is another end */
static bool listening = true; /* in a guest: whether a session has begun */
static bool sessions = true; /* that byte begins one; an input may have any byte in it */
static volatile int failure;  /* of the program that could not be started */

static void require(bool done, const char *what)
{
    if (!done) {
        perror(what);
        exit(1);
    }
}

static char *room(struct bytes *of, size_t length)
{
    if (of->room - of->length < length) {
        of->room = 2 * of->room + length;
        require((of->start = realloc(of->start, of->room)), "memory");
    }
    return of->start + of->length;
}

static void drop(struct bytes *of, size_t length)
{
    of->length -= length;
    memmove(of->start, of->start + length, of->length);
}

static int64_t now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000) + time.tv_nsec / 1000000;
}

static void answer(unsigned long long id, const char *what, int number)
{
    answers.length += snprintf(room(&answers, LINE), LINE, "%llu %s %d\n", id, what, number);
}

static void answer_bytes(unsigned long long id, const char *what, const char *start, size_t length)
{
    answer(id, what, length);
    memcpy(room(&answers, length), start, length);
    answers.length += length;
}

static void after(struct command *it, int64_t milliseconds, void (*due)(struct command *))
{
    it->when = now() + milliseconds;
    it->due = due;
}

static void close_once(int *descriptor)
{
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

static void close_input(struct command *it)
{
    close_once(&it->in);
    free(it->input.start);
    it->input = (struct bytes){0};
}

static void give_up(struct command *it)
{
    close_input(it);
    close_once(&it->out);
    close_once(&it->err);
    if (it->code < 0)
        it->code = SIGNALLED + SIGKILL;
    it->due = NULL;
}

/* Who has left the group may live on, and hold the output open: nobody waits for that. */
static void kill_all(struct command *it)
{
    kill(-it->process, SIGKILL);
    after(it, PATIENCE, give_up);
}

static void late(struct command *it)
{
    answer(it->id, "late", 0);
    kill(-it->process, SIGTERM);
    /* One that is stopped would hear of it when it goes on. */
    kill(-it->process, SIGCONT);
    after(it, PATIENCE, kill_all);
}

/* Until the program runs, its memory is this one's. */
static pid_t start(char **words, int from, int to, int errors)
{
    const pid_t process = vfork();

    if (process == 0) {
        sigset_t none;

        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, NULL);
        signal(SIGPIPE, SIG_DFL);
        setpgid(0, 0);
        dup2(from, STDIN_FILENO);
        dup2(to, STDOUT_FILENO);
        dup2(errors, STDERR_FILENO);
        execvp(words[0], words);
        failure = errno;
        _exit(NOT_RUN);
    }
    return process;
}

static struct command *begin_command(unsigned long long id, char *text, const char *end, bool has_input)
{
    size_t count = 2;
    for (const char *each = text; each < end; each++)
        count += *each == '\0';
    struct command *it = calloc(1, sizeof *it);
    char **words = calloc(count, sizeof *words), **word = words;
    int from[2] = {nothing, -1}, to[2], errors[2];

    require(it && words, "memory");
    for (; text <= end; text += strlen(text) + 1)
        *word++ = text;
    require(!has_input || pipe2(from, O_CLOEXEC) == 0, "pipe");
    require(pipe2(to, O_CLOEXEC) == 0 && pipe2(errors, O_CLOEXEC) == 0, "pipe");
    failure = 0;
    *it = (struct command){.next = commands, .id = id, .out = to[0], .err = errors[0], .in = from[1], .code = -1};
    it->process = start(words, from[0], to[1], errors[1]);
    require(it->process > 0, "vfork");
    if (failure)
        dprintf(errors[1], "%s: %s\n", words[0], strerror(failure));
    if (has_input) {
        close(from[0]);
        fcntl(it->in, F_SETFL, O_NONBLOCK);
    }
    close(to[1]);
    close(errors[1]);
    free(words);
    commands = it;
    return it;
}

static struct command *find(unsigned long long id)
{
    for (struct command *it = commands; it; it = it->next)
        if (it->id == id && !it->told)
            return it;
    return NULL;
}

static void feed(struct command *it)
{
    const ssize_t length = write(it->in, it->input.start, it->input.length);

    if (length > 0) {
        drop(&it->input, length);
        answer(it->id, "in", length);
    } else if (length < 0 && errno != EAGAIN && errno != EINTR) {
        close_input(it);
    }
    if (it->input_ends && it->input.length == 0)
        close_input(it);
}

/* What comes when its input is closed interests nobody. */
static void take_input(struct command *it, const char *start, size_t length)
{
    if (!it || it->in < 0)
        return;
    if (it->input.length + length > MOST_INPUT) {
        kill_all(it);
        return;
    }
    memcpy(room(&it->input, length), start, length);
    it->input.length += length;
    feed(it);
}

static void end_input(struct command *it)
{
    if (!it || it->in < 0)
        return;
    it->input_ends = true;
    if (it->input.length == 0)
        close_input(it);
}

static void kill_one(unsigned long long id)
{
    struct command *it = find(id);

    if (it)
        kill_all(it);
}

static void forget_all(void)
{
    for (struct command *it = commands; it; it = it->next)
        if (!it->told) {
            it->told = true;
            close_input(it);
            close_once(&it->out);
            close_once(&it->err);
            kill_all(it);
        }
    requests.length = answers.length = 0;
}

static void misunderstood(const char *line)
{
    fprintf(stderr, "commands: no request: %s\n", line);
    if (!guest)
        exit(1);
    /* The next session begins with a byte that is in no request. */
    listening = false;
    requests.length = 0;
}

static int set_clock(unsigned long long nanoseconds)
{
    const struct timespec time = {nanoseconds / 1000000000, nanoseconds % 1000000000};

    return clock_settime(CLOCK_REALTIME, &time) ? errno : 0;
}

/* In place, and returns the end of what was written in hexadecimal digits; NULL if it was not. */
static char *decode(char *text, const char *end)
{
    char *to = text, digits[3] = "";

    for (; end - text >= 2; text += 2) {
        if (!isxdigit((unsigned char)text[0]) || !isxdigit((unsigned char)text[1]))
            return NULL;
        memcpy(digits, text, 2);
        *to++ = strtoul(digits, NULL, 16);
    }
    return text == end ? to : NULL;
}

/* A process that did it would take an emulated guest many times as long. */
static int write_file(const char *path, const char *text, const char *end)
{
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int error = file < 0 ? errno : 0;

    while (!error && text < end) {
        const ssize_t length = write(file, text, end - text);

        if (length >= 0)
            text += length;
        else if (errno != EINTR)
            error = errno;
    }
    if (file >= 0 && close(file) && !error)
        error = errno;
    return error;
}

static int take_file(char *path, const char *end)
{
    char *text = memchr(path, '\0', end - path);
    const char *written = text ? decode(text + 1, end) : NULL;

    return written ? write_file(path, text + 1, written) : EINVAL;
}

/* A question to the kernel (rtnetlink(7)), in front of its attributes. */
struct question {
    struct nlmsghdr header;
    union {
        struct ifaddrmsg address;
        struct rtmsg route;
    } of;
    char attributes[64];
};

static void attach(struct question *to, unsigned short type, const void *value)
{
    struct rtattr *next = (struct rtattr *)((char *)to + NLMSG_ALIGN(to->header.nlmsg_len));

    next->rta_type = type;
    next->rta_len = RTA_LENGTH(4);
    memcpy(RTA_DATA(next), value, 4);
    to->header.nlmsg_len = NLMSG_ALIGN(to->header.nlmsg_len) + RTA_ALIGN(next->rta_len);
}

static int ask_kernel(const struct question *question)
{
    const int kernel = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    struct {
        struct nlmsghdr header;
        struct nlmsgerr end;
    } answer;
    /* Behind a refusal is the question, which nobody needs. */
    const bool answered = kernel >= 0 && send(kernel, question, question->header.nlmsg_len, 0) >= 0 &&
                          recv(kernel, &answer, sizeof answer, 0) == (ssize_t)sizeof answer;
    const int error = answered ? -answer.end.error : errno;

    if (kernel >= 0)
        close(kernel);
    return error;
}

/* As `ip address add` and `ip route add default` do, each of which takes an emulated guest many times as long. */
static int add_address(const char *start, size_t length)
{
    char text[LINE] = "", nic[IFNAMSIZ], address[INET_ADDRSTRLEN], router[INET_ADDRSTRLEN];
    const uint16_t flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
    unsigned char prefix;
    struct in_addr own, via;

    if (length >= sizeof text)
        return EINVAL;
    memcpy(text, start, length);
    const int words = sscanf(text, "%15s %15s %hhu %15s", nic, address, &prefix, router);
    if (words < 3 || inet_pton(AF_INET, address, &own) != 1 || (words == 4 && inet_pton(AF_INET, router, &via) != 1))
        return EINVAL;
    const unsigned index = if_nametoindex(nic);
    if (index == 0)
        return errno;
    struct question add = {
        .header = {.nlmsg_len = NLMSG_LENGTH(sizeof add.of.address), .nlmsg_type = RTM_NEWADDR, .nlmsg_flags = flags},
        .of.address = {.ifa_family = AF_INET, .ifa_prefixlen = prefix, .ifa_index = index}};
    attach(&add, IFA_LOCAL, &own);
    attach(&add, IFA_ADDRESS, &own);
    const int error = ask_kernel(&add);
    if (error || words == 3)
        return error;
    struct question route = {
        .header = {.nlmsg_len = NLMSG_LENGTH(sizeof route.of.route), .nlmsg_type = RTM_NEWROUTE, .nlmsg_flags = flags},
        .of.route = {.rtm_family = AF_INET, .rtm_table = RT_TABLE_MAIN, .rtm_protocol = RTPROT_BOOT, .rtm_type = RTN_UNICAST}};
    attach(&route, RTA_GATEWAY, &via);
    attach(&route, RTA_OIF, &index);
    return ask_kernel(&route);
}

/* Takes a request off the front; false if none is there, or not all of it. */
static bool take(void)
{
    char line[LINE] = "", what[8] = "", *end = memchr(requests.start, '\n', requests.length);
    unsigned long long id, number, more;
    size_t begin = end ? (size_t)(end + 1 - requests.start) : requests.length;

    if (!end && begin < LINE)
        return false;
    memcpy(line, requests.start, begin < LINE ? begin : LINE - 1);
    const int words = sscanf(line, "%llu %7s %llu %llu", &id, what, &number, &more);
    const bool runs = words == 4 && strcmp(what, "run") == 0;
    const bool opens = words == 3 && strcmp(what, "open") == 0;
    const bool feeds = words == 3 && strcmp(what, "in") == 0;
    const bool writes = words == 3 && strcmp(what, "write") == 0;
    const bool adds = words == 3 && strcmp(what, "address") == 0;
    const size_t length = runs ? more : opens || feeds || writes || adds ? number : 0;
    if (requests.length - begin < length)
        return false;
    if (runs || opens) {
        /* The last word has to end, where the next request may have begun. */
        room(&requests, 1);
        char *text = requests.start + begin;
        const char next = text[length];
        text[length] = '\0';
        struct command *it = begin_command(id, text, text + length, opens);
        if (runs) {
            after(it, number, late);
        } else {
            answer(id, what, 0);
            sessions = false;
        }
        text[length] = next;
    } else if (feeds) {
        take_input(find(id), requests.start + begin, length);
    } else if (writes) {
        answer(id, what, take_file(requests.start + begin, requests.start + begin + length));
    } else if (adds) {
        answer(id, what, add_address(requests.start + begin, length));
    } else if (words == 2 && strcmp(what, "eof") == 0) {
        end_input(find(id));
    } else if (words == 2 && strcmp(what, "kill") == 0) {
        kill_one(id);
    } else if (words == 2 && (strcmp(what, "there") == 0 || strcmp(what, "session") == 0)) {
        answer(id, what, 0);
    } else if (words == 3 && strcmp(what, "clock") == 0) {
        answer(id, what, set_clock(number));
    } else {
        misunderstood(line);
        return false;
    }
    drop(&requests, begin + length);
    return true;
}

static void hear(void)
{
    char *piece = room(&requests, CHUNK), *session;
    const ssize_t length = read(in, piece, CHUNK);

    if (length == 0 && !guest)
        exit(0);
    if (length == 0) {
        forget_all();
        connected = listening = false;
        return;
    }
    if (length < 0) {
        require(errno == EAGAIN || errno == EINTR, "requests");
        return;
    }
    if (sessions && (session = memrchr(piece, SESSION, length))) {
        forget_all();
        listening = true;
        requests.length = piece + length - (session + 1);
        memmove(requests.start, session + 1, requests.length);
    } else if (listening) {
        requests.length += length;
    }
    while (requests.length && take())
        ;
}

static void say(void)
{
    const ssize_t length = write(out, answers.start, answers.length < most ? answers.length : most);

    require(length >= 0 || errno == EAGAIN || errno == EINTR, "answers");
    if (length > 0)
        drop(&answers, length);
}

static void pass_on(const struct command *of, const char *what, int *from)
{
    static char piece[CHUNK];
    const ssize_t length = read(*from, piece, sizeof piece);

    if (length > 0)
        answer_bytes(of->id, what, piece, length);
    else if (length == 0 || errno != EINTR)
        close_once(from);
}

static void say_ready(void)
{
    answers.length += snprintf(room(&answers, LINE), LINE, "taplab: ready\n");
}

static void take_signals(void)
{
    struct signalfd_siginfo signal;

    while (read(signals, &signal, sizeof signal) > 0)
        /* The port's: another end may have come. */
        if (signal.ssi_signo == SIGIO && !connected) {
            connected = true;
            say_ready();
        }
    for (struct command *it = commands; it; it = it->next) {
        siginfo_t end = {0};
        if (it->code < 0 && waitid(P_PID, it->process, &end, WEXITED | WNOHANG | WNOWAIT) == 0 && end.si_pid)
            it->code = end.si_code == CLD_EXITED ? end.si_status : SIGNALLED + end.si_status;
    }
}

/* Does what is due, tells who has ended, and returns the milliseconds until it is needed again, or -1. */
static int tend(void)
{
    const int64_t present = now();
    int64_t first = INT64_MAX;

    for (struct command **link = &commands; *link;) {
        struct command *it = *link;
        if (it->due && it->when <= present)
            it->due(it);
        if (it->code >= 0 && it->out < 0 && it->err < 0) {
            if (!it->told)
                answer(it->id, "exit", it->code);
            it->told = true;
            it->due = NULL;
            if (waitpid(it->process, NULL, WNOHANG) != 0) {
                *link = it->next;
                close_input(it);
                free(it);
                continue;
            }
        }
        if (it->due && it->when < first)
            first = it->when;
        link = &it->next;
    }
    if (first == INT64_MAX)
        return -1;
    return first - present > INT_MAX ? INT_MAX : (int)(first - present);
}

static void serve(void)
{
    static struct pollfd *polled;
    size_t count = 3;

    const int patience = tend();
    for (struct command *it = commands; it; it = it->next)
        count += 3;
    require((polled = realloc(polled, count * sizeof *polled)), "memory");
    polled[0] = (struct pollfd){signals, POLLIN, 0};
    polled[1] = (struct pollfd){connected ? in : -1, POLLIN, 0};
    polled[2] = (struct pollfd){connected && answers.length ? out : -1, POLLOUT, 0};
    struct pollfd *next = polled + 3;
    /* Who writes faster than it is taken has to wait. */
    const bool full = answers.length >= CHUNK;
    for (struct command *it = commands; it; it = it->next) {
        *next++ = (struct pollfd){full ? -1 : it->out, POLLIN, 0};
        *next++ = (struct pollfd){full ? -1 : it->err, POLLIN, 0};
        *next++ = (struct pollfd){it->input.length ? it->in : -1, POLLOUT, 0};
    }
    if (poll(polled, count, patience) < 0) {
        require(errno == EINTR, "poll");
        return;
    }
    next = polled + 3;
    for (struct command *it = commands; it; it = it->next) {
        if ((next++)->revents)
            pass_on(it, "out", &it->out);
        if ((next++)->revents)
            pass_on(it, "err", &it->err);
        if ((next++)->revents)
            feed(it);
    }
    if (polled[0].revents)
        take_signals();
    if (polled[2].revents & POLLOUT)
        say();
    if (polled[1].revents)
        hear();
}

int main(int count, char **words)
{
    static const int usual[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM};
    sigset_t heard;

    /* A shell that starts it in the background has it ignore some of them, and so would the commands. */
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        signal(usual[i], SIG_DFL);
    /* A command may close its input before its end. */
    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&heard);
    sigaddset(&heard, SIGCHLD);
    sigaddset(&heard, SIGIO);
    sigprocmask(SIG_BLOCK, &heard, NULL);
    require((signals = signalfd(-1, &heard, SFD_CLOEXEC | SFD_NONBLOCK)) >= 0, "signalfd");
    require((nothing = open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0, "/dev/null");
    setenv("LC_ALL", "C", 1);
    if (count > 1) {
        guest = true;
        listening = false;
        most = CHUNK;
        setsid();
        require((in = out = open(words[1], O_RDWR | O_CLOEXEC | O_NONBLOCK)) >= 0, words[1]);
        /* Nothing can be read where there is no other end, and poll(2) would say so all the time. */
        fcntl(in, F_SETOWN, getpid());
        fcntl(in, F_SETFL, O_NONBLOCK | O_ASYNC);
    }
    say_ready();
    while (true)
        serve();
}
