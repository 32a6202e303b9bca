# connect.pl NIC ADDRESS PORT SECONDS: connects, for whoever holds the standard streams,
# and has socat repeat them to the connection. How far it came is said on standard error:
#   taplab: connected
#   taplab: connect: WORDS
# before the latter, where an answer came in from NIC that is a reason for it, who sent it:
#   taplab: answer: rst MAC, or icmp TYPE CODE MAC
# A connect() that fails tells an error number only. What came is seen by a packet socket
# that is there before the question is; nothing else has to be started for that.
use strict;
use warnings;
use Errno qw(EAFNOSUPPORT);
use Fcntl qw(F_SETFD F_SETFL O_NONBLOCK);
use Socket qw(:DEFAULT :addrinfo AF_INET6 IPPROTO_TCP MSG_DONTWAIT SO_ERROR unpack_sockaddr_in6);

use constant {AF_PACKET => 17, ETH_P_ALL => 3, PACKET_OUTGOING => 4};
use constant {IPV4 => 0x0800, IPV6 => 0x86dd, ICMP => 1, TCP => 6, ICMPV6 => 58, RST => 4};

my ($nic, $address, $port, $seconds) = @ARGV;
my ($failure, $found) = getaddrinfo($address, $port, {flags => AI_NUMERICHOST, socktype => SOCK_STREAM});
die "taplab: $address: $failure\n" if $failure;
my $v6 = $found->{family} == AF_INET6;
my $remote = ($v6 ? unpack_sockaddr_in6($found->{addr}) : unpack_sockaddr_in($found->{addr}))[1];

open my $index, '<', "/sys/class/net/$nic/ifindex" or die "taplab: no interface $nic: $!\n";
socket my $wire, AF_PACKET, SOCK_RAW, 0 or die "taplab: packet socket: $!\n";
# struct sockaddr_ll: family, protocol, interface, and what only the kernel fills in.
bind $wire, pack('S n i S C C a8', AF_PACKET, ETH_P_ALL, <$index>, 0, 0, 0, '')
  or die "taplab: packet socket on $nic: $!\n";

my $answer = '';
my $local;  # port
socket my $tcp, $found->{family}, SOCK_STREAM, IPPROTO_TCP or die "taplab: socket: $!\n";
fcntl $tcp, F_SETFL, O_NONBLOCK or die "taplab: socket: $!\n";
connect $tcp, $found->{addr} or $!{EINPROGRESS} or failed($!);
$local = ($v6 ? unpack_sockaddr_in6(getsockname $tcp) : unpack_sockaddr_in(getsockname $tcp))[0];

$SIG{ALRM} = sub { failed('Connection timed out') };
alarm $seconds;
while (1) {
  my ($readable, $writable) = ('', '');
  vec($readable, fileno $wire, 1) = 1;
  vec($writable, fileno $tcp, 1) = 1;
  select $readable, $writable, undef, undef;
  look();
  last if vec $writable, fileno $tcp, 1;
}
alarm 0;
if ($! = unpack 'i', getsockopt $tcp, SOL_SOCKET, SO_ERROR) {
  my $words = "$!";
  look();
  failed($words);
}
close $wire;
fcntl $tcp, F_SETFL, 0 and fcntl $tcp, F_SETFD, 0 or die "taplab: socket: $!\n";
print STDERR "taplab: connected\n";
exec 'socat', '-d', '-d', '-', 'FD:' . fileno $tcp;
die "taplab: socat: $!\n";

sub failed {
  my ($words) = @_;
  print STDERR "taplab: answer: $answer\n" if $answer;
  print STDERR "taplab: connect: $words\n";
  exit 1;
}

sub look {
  while (defined(my $link = recv $wire, my $frame, 2048, MSG_DONTWAIT)) {
    $answer ||= reason($frame) if (unpack 'x10 C', $link) != PACKET_OUTGOING;
  }
}

# What an answer to the question says, and who sent it; empty for all other frames.
sub reason {
  my ($frame) = @_;
  return '' if length $frame < 14;
  my $mac = join ':', unpack 'x6 (H2)6', $frame;
  my ($protocol, $source, undef, $payload) = packet(unpack('x12 n', $frame), substr $frame, 14);
  if ($protocol == TCP && $source eq $remote && length $payload >= 14) {
    my ($from, $to, $flags) = unpack 'n n x9 C', $payload;
    return "rst $mac" if $from == $port && $to == $local && $flags & RST;
  }
  my $says = $v6 ? ICMPV6 : ICMP;
  if ($protocol == $says && length $payload >= 8) {
    my ($type, $code) = unpack 'C C', $payload;
    return '' if $type != ($v6 ? 1 : 3);
    my ($asked, undef, $whom, $question) = packet($v6 ? IPV6 : IPV4, substr $payload, 8);
    return '' if $asked != TCP || $whom ne $remote || length $question < 4;
    my ($from, $to) = unpack 'n n', $question;
    return "icmp $type $code $mac" if $from == $local && $to == $port;
  }
  return '';
}

# Protocol, source, destination and payload of an IP packet.
sub packet {
  my ($type, $bytes) = @_;
  if ($type == IPV4 && !$v6 && length $bytes >= 20) {
    my ($first, $protocol, $source, $destination) = unpack 'C x8 C x2 a4 a4', $bytes;
    my $header = ($first & 15) * 4;
    return ($protocol, $source, $destination, substr $bytes, $header) if length $bytes >= $header;
  }
  if ($type == IPV6 && $v6 && length $bytes >= 40) {
    return (unpack('x6 C', $bytes), unpack('x8 a16 a16', $bytes), substr $bytes, 40);
  }
  return (0, '', '', '');
}
