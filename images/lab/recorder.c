/*
 * Keeps the last frames of all Ethernet interfaces of its network namespace, for whoever is at the
 * other end of its standard streams.
 *
 * One socket that is bound to no interface hears them all, also one that is made later, and has
 * none of them take in more than it does anyway: promiscuous mode would heal the very faults that
 * are looked for. A frame is cut in the kernel.
 *
 * `recorder BYTES`: how many of them the frames may take, with what is noted of each. The oldest
 * make room for the next ones.
 *
 * In:  dump NUMBER\n asks for the frames from that number on; the first one has number 0. What else
 *      comes is passed over. The end of the input ends it.
 * Out: frames CLOCK NEXT OVERWRITTEN LOST NOTICED LENGTH\n, and so many bytes. The clock is in
 *      nanoseconds since 1970; next is the number of the frame that comes next, and overwritten that
 *      of the oldest that is kept: so many are not. Lost are those for which the kernel had no room;
 *      when that was last noticed tells the same clock, and 0 that it never was: all had been lost by
 *      then.
 *      The bytes are how many interfaces follow, and for each its number and its name, with NULs to
 *      the end of 16 bytes; and then the frames, each behind a struct record. All numbers in them
 *      have their highest byte first.
 */
#define _GNU_SOURCE
#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    LINE = 128,
    CUT = 512,              /* bytes of a frame, without a VLAN tag */
    TAG = 4,                /* bytes of a VLAN tag */
    MACS = 12,              /* bytes in front of it */
    BACKLOG = 2 << 20,      /* bytes that the kernel keeps while this process does not run */
    MOST_WAITING = 1 << 16, /* frames that find room there, and more */
    MOST_AT_ONCE = 64,
    LEAST = 4096,
};

struct __attribute__((packed)) record {
    uint64_t when; /* in nanoseconds since 1970 */
    uint32_t link;
    uint32_t length; /* of the frame, as it was */
    uint16_t kept;   /* bytes of it, which follow */
    uint8_t outgoing;
    uint8_t nothing;
};

struct __attribute__((packed)) name {
    uint32_t link;
    char text[IF_NAMESIZE];
};

struct link {
    unsigned index, frames; /* none: the place is free */
    char name[IF_NAMESIZE];
};

/* The frames, one behind the other, and on at the beginning. */
static unsigned char *ring;
static size_t size, start, used;
static uint64_t oldest, next, lost, noticed;

/* Those of which there are frames. */
static struct link *links;
static size_t link_count;

static int packets;
static char *answer;
static size_t answer_length, answered;

static void require(bool done, const char *what)
{
    if (!done) {
        perror(what);
        exit(1);
    }
}

static struct link *find(unsigned index)
{
    for (size_t i = 0; i < link_count; i++)
        if (links[i].frames && links[i].index == index)
            return &links[i];
    return NULL;
}

/* One that is gone keeps the name that it had. */
static void name(struct link *it)
{
    char now[IF_NAMESIZE];

    if (if_indextoname(it->index, now))
        memcpy(it->name, now, sizeof now);
}

static struct link *add(unsigned index)
{
    struct link *it = links;

    while (it < links + link_count && it->frames)
        it++;
    if (it == links + link_count) {
        require((links = reallocarray(links, link_count + 1, sizeof *links)), "memory");
        it = links + link_count++;
    }
    *it = (struct link){.index = index};
    snprintf(it->name, sizeof it->name, "if%u", index);
    name(it);
    return it;
}

static void put(const void *from, size_t length)
{
    const size_t at = (start + used) % size, first = length < size - at ? length : size - at;

    memcpy(ring + at, from, first);
    memcpy(ring, (const char *)from + first, length - first);
    used += length;
}

static void get(size_t from, void *to, size_t length)
{
    const size_t at = (start + from) % size, first = length < size - at ? length : size - at;

    memcpy(to, ring + at, first);
    memcpy((char *)to + first, ring, length - first);
}

static size_t length_at(size_t from, struct record *of)
{
    get(from, of, sizeof *of);
    return sizeof *of + be16toh(of->kept);
}

static void overwrite_oldest(void)
{
    struct record of;
    const size_t length = length_at(0, &of);

    find(be32toh(of.link))->frames--;
    start = (start + length) % size;
    used -= length;
    oldest++;
}

static void keep(unsigned index, struct record *of, const unsigned char *frame, size_t kept)
{
    struct link *from;

    while (used + sizeof *of + kept > size)
        overwrite_oldest();
    if (!(from = find(index)))
        from = add(index);
    from->frames++;
    of->link = htobe32(index);
    of->kept = htobe16(kept);
    put(of, sizeof *of);
    put(frame, kept);
    next++;
}

/* Takes a frame that waits; false if none does. */
static bool take(void)
{
    unsigned char bytes[TAG + CUT], *frame = bytes + TAG;
    union {
        struct cmsghdr header;
        char room[CMSG_SPACE(sizeof(struct timespec)) + CMSG_SPACE(sizeof(struct tpacket_auxdata))];
    } notes;
    struct sockaddr_ll from = {0};
    struct iovec place = {frame, CUT};
    struct msghdr message = {&from, sizeof from, &place, 1, &notes, sizeof notes, 0};
    struct tpacket_auxdata about = {0};
    struct timespec when = {0};
    ssize_t kept = recvmsg(packets, &message, 0);

    if (kept < 0) {
        require(errno == EAGAIN || errno == EINTR, "a frame");
        return errno == EINTR;
    }
    for (struct cmsghdr *note = CMSG_FIRSTHDR(&message); note; note = CMSG_NXTHDR(&message, note))
        if (note->cmsg_level == SOL_SOCKET && note->cmsg_type == SCM_TIMESTAMPNS)
            memcpy(&when, CMSG_DATA(note), sizeof when);
        else if (note->cmsg_level == SOL_PACKET && note->cmsg_type == PACKET_AUXDATA)
            memcpy(&about, CMSG_DATA(note), sizeof about);
    /* The kernel has taken it out of the frame. */
    if (about.tp_status & TP_STATUS_VLAN_VALID && kept >= MACS) {
        const bool known = about.tp_status & TP_STATUS_VLAN_TPID_VALID;
        const uint16_t tag[] = {htobe16(known ? about.tp_vlan_tpid : ETH_P_8021Q), htobe16(about.tp_vlan_tci)};

        frame = memmove(bytes, frame, MACS);
        memcpy(frame + MACS, tag, TAG);
        kept += TAG;
        about.tp_len += TAG;
    }
    struct record of = {
        .when = htobe64(when.tv_sec * UINT64_C(1000000000) + when.tv_nsec),
        .length = htobe32(about.tp_len),
        .outgoing = from.sll_pkttype == PACKET_OUTGOING,
    };
    keep(from.sll_ifindex, &of, frame, kept);
    return true;
}

/* In nanoseconds since 1970. */
static uint64_t now(void)
{
    struct timespec it;

    clock_gettime(CLOCK_REALTIME, &it);
    return it.tv_sec * UINT64_C(1000000000) + it.tv_nsec;
}

static void count_lost(void)
{
    struct tpacket_stats since_last = {0};
    socklen_t length = sizeof since_last;

    require(getsockopt(packets, SOL_PACKET, PACKET_STATISTICS, &since_last, &length) == 0, "PACKET_STATISTICS");
    if (since_last.tp_drops) {
        lost += since_last.tp_drops;
        noticed = now();
    }
}

static void dump(uint64_t number)
{
    struct record of;
    size_t from = 0, names = 0;

    /* All that had passed when it was asked; others may come all the time. */
    for (int i = 0; i < MOST_WAITING && take(); i++)
        ;
    count_lost();
    for (uint64_t each = oldest; each < number && each < next; each++)
        from += length_at(from, &of);
    for (size_t i = 0; i < link_count; i++)
        if (links[i].frames) {
            name(&links[i]);
            names++;
        }
    const size_t length = sizeof(uint32_t) + names * sizeof(struct name) + used - from;
    require((answer = malloc(LINE + length)), "memory");
    char *to = answer + snprintf(answer, LINE,
                                 "frames %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %zu\n", now(),
                                 next, oldest, lost, noticed, length);
    const uint32_t count = htobe32(names);
    to = mempcpy(to, &count, sizeof count);
    for (size_t i = 0; i < link_count; i++)
        if (links[i].frames) {
            struct name it = {.link = htobe32(links[i].index)};

            memcpy(it.text, links[i].name, strlen(links[i].name));
            to = mempcpy(to, &it, sizeof it);
        }
    get(from, to, used - from);
    answer_length = to + (used - from) - answer;
    answered = 0;
}

static void request(const char *line)
{
    static const char word[] = "dump ";
    const char *digits = line + sizeof word - 1;

    if (strncmp(line, word, sizeof word - 1) != 0 || !*digits || digits[strspn(digits, "0123456789")])
        return;
    /* Of what is too large the result is the largest, and no frame has that number. */
    dump(strtoull(digits, NULL, 10));
}

/* Until there is a request: the next one is read when it is answered. */
static void hear(void)
{
    static char line[LINE];
    static size_t length;
    char byte;

    while (!answer) {
        const ssize_t count = read(STDIN_FILENO, &byte, 1);

        if (count == 0)
            exit(0);
        if (count < 0) {
            require(errno == EAGAIN || errno == EINTR, "a request");
            return;
        }
        if (byte == '\n') {
            /* No request is that long. */
            if (length < LINE) {
                line[length] = '\0';
                request(line);
            }
            length = 0;
        } else if (length < LINE) {
            line[length++] = byte;
        }
    }
}

static void say(void)
{
    const ssize_t length = write(STDOUT_FILENO, answer + answered, answer_length - answered);

    require(length >= 0 || errno == EAGAIN || errno == EINTR, "an answer");
    answered += length > 0 ? length : 0;
    if (answered == answer_length) {
        free(answer);
        answer = NULL;
    }
}

/* Frames of Ethernet interfaces, but for those that capture.pl sends for itself. */
static void filter(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, SKF_AD_OFF + SKF_AD_HATYPE),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARPHRD_ETHER, 0, 16),
        BPF_STMT(BPF_LD | BPF_W | BPF_LEN, 0),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 28, 0, 15),
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 12), /* EtherType */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x88b5, 0, 13),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 6), /* source */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 11),
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 10),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 0, 9),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 14),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x7461706c, 0, 7), /* "tapl" */
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 18),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x6162206d, 0, 5), /* "ab m" */
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, 22),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x61726b65, 0, 3), /* "arke" */
        BPF_STMT(BPF_LD | BPF_H | BPF_ABS, 26),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x7220, 0, 1), /* "r " */
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, CUT),
    };
    const struct sock_fprog program = {sizeof code / sizeof *code, code};

    require(setsockopt(packets, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0, "SO_ATTACH_FILTER");
}

static void listen_to_all(void)
{
    const struct sockaddr_ll all = {.sll_family = AF_PACKET, .sll_protocol = htobe16(ETH_P_ALL)};
    const int on = 1, backlog = BACKLOG;

    /* Without a protocol it hears nothing until it is ready. */
    require((packets = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)) >= 0, "AF_PACKET");
    filter();
    if (setsockopt(packets, SOL_SOCKET, SO_RCVBUFFORCE, &backlog, sizeof backlog))
        setsockopt(packets, SOL_SOCKET, SO_RCVBUF, &backlog, sizeof backlog);
    require(setsockopt(packets, SOL_PACKET, PACKET_AUXDATA, &on, sizeof on) == 0, "PACKET_AUXDATA");
    require(setsockopt(packets, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) == 0, "SO_TIMESTAMPNS");
    require(bind(packets, (const struct sockaddr *)&all, sizeof all) == 0, "bind");
}

int main(int count, char **words)
{
    size = count == 2 ? strtoul(words[1], NULL, 10) : 0;
    if (size < LEAST || size > INT32_MAX) {
        fprintf(stderr, "recorder: BYTES, from %d on\n", LEAST);
        return 2;
    }
    require((ring = malloc(size)), "memory");
    fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    fcntl(STDOUT_FILENO, F_SETFL, O_NONBLOCK);
    listen_to_all();
    while (true) {
        struct pollfd polled[] = {{packets, POLLIN, 0}, {answer ? -1 : STDIN_FILENO, POLLIN, 0},
                                  {answer ? STDOUT_FILENO : -1, POLLOUT, 0}};

        require(poll(polled, 3, -1) >= 0 || errno == EINTR, "poll");
        /* Whoever asks is heard between others that come all the time. */
        for (int i = 0; polled[0].revents && i < MOST_AT_ONCE && take(); i++)
            ;
        if (polled[0].revents)
            count_lost();
        if (polled[1].revents)
            hear();
        if (polled[2].revents)
            say();
    }
}
