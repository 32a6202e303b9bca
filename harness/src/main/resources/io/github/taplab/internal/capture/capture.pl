# Runs tcpdump on one interface for whoever holds the standard streams, and ends it in order:
# left alone, it would notice only at its next packet that nobody reads any more.
#
# Arguments: the interface, and tcpdump's command line.
# In:  mark TEXT\n  sends a frame that carries the text out of the interface, for tcpdump to see;
#      count\n      has tcpdump tell its counters; end\n, or the end of the input, ends it.
# Out: pcap LENGTH\n or said LENGTH\n, and so many bytes of its standard output or error;
#      marked CARRIER\n, 1 if the interface has one, or unmarked REASON\n;
#      ended HOW\n, once all of its output has been passed on.
use strict;
use warnings;
use IO::Select;
use POSIX qw(WIFEXITED WEXITSTATUS WTERMSIG);
use Socket qw(SOCK_RAW);

use constant CHUNK => 65536;
use constant PATIENCE => 2;  # seconds, for tcpdump to end when it is asked to

# Of packet(7), which Perl does not know.
use constant PF_PACKET => 17;

# A destination of nobody (02, and "tmark") and a source that is no address: macvtaps side by
# side on one parent don't take the frame in, and a bridge drops it where it arrives, without
# a look at the destination and without learning from it. EtherType 0x88b5 is for experiments.
use constant NOBODY => '02746d61726b';
use constant NO_SOURCE => '000000000000';
use constant ETHERTYPE => 0x88b5;

my ($link, @tcpdump) = @ARGV;
my $sysfs = "/sys/class/net/$link";
$ENV{LC_ALL} = 'C';
$| = 1;
binmode STDOUT;
$SIG{PIPE} = 'IGNORE';  # Nobody reads any more: the input ends too.

my %end;
my %word_of;
my $readable = IO::Select->new(\*STDIN);
for my $word (qw(pcap said)) {
  pipe my $from, $end{$word} or die "pipe: $!\n";
  $word_of{$from} = $word;
  $readable->add($from);
}
my $tcpdump = fork // die "fork: $!\n";
if ($tcpdump == 0) {
  open STDIN, '<', '/dev/null' or die "/dev/null: $!\n";
  open STDOUT, '>&', $end{pcap} or die "stdout: $!\n";
  open STDERR, '>&', $end{said} or die "stderr: $!\n";
  $SIG{INT} = 'DEFAULT';  # Who was started in the background of a shell ignores it.
  { no warnings 'exec'; exec { $tcpdump[0] } @tcpdump }
  print STDERR "$tcpdump[0]: $!\n";
  POSIX::_exit(127);
}
close $_ for values %end;

my $requests = '';
my $kill_at;
while (%word_of) {
  my @ready = $readable->can_read(defined $kill_at ? 0.1 : undef);
  kill KILL => $tcpdump if defined $kill_at && time > $kill_at;
  for my $source (@ready) {
    if ($source == \*STDIN) {
      if (!sysread STDIN, $requests, CHUNK, length $requests) {
        $readable->remove($source);
        end();
      }
      request($1) while $requests =~ s/\A([^\n]*)\n//;
      next;
    }
    my $length = sysread $source, my $bytes, CHUNK;
    if ($length) {
      print "$word_of{$source} $length\n$bytes";
    } else {
      $readable->remove($source);
      delete $word_of{$source};
    }
  }
}
waitpid $tcpdump, 0;
print 'ended ', WIFEXITED($?) ? 'with exit code ' . WEXITSTATUS($?) : 'by signal ' . WTERMSIG($?), "\n";

sub request {
  my ($word, $text) = split / /, $_[0], 2;
  if ($word eq 'mark') {
    my $failure = mark($text);
    print defined $failure ? "unmarked $failure\n" : 'marked ' . carrier() . "\n";
  } elsif ($word eq 'count') {
    kill USR1 => $tcpdump;
  } elsif ($word eq 'end') {
    end();
  }
}

sub end {
  kill INT => $tcpdump;
  $kill_at //= time + PATIENCE;
}

# Returns why not, if it could not.
sub mark {
  my ($text) = @_;
  my $index = content('ifindex') // return 'there is no such interface any more';
  # A bridge hands to its ports what is for nobody it knows, but keeps what is for itself.
  my $to = -d "$sysfs/bridge" ? content('address') =~ tr/://dr : NOBODY;
  socket my $socket, PF_PACKET, SOCK_RAW, 0 or return "socket: $!";
  my $frame = pack 'H12 H12 n a*', $to, NO_SOURCE, ETHERTYPE, $text;
  my $address = pack 'S n l S C C a8', PF_PACKET, ETHERTYPE, $index, 1, 0, 6, '';
  return defined send($socket, $frame, 0, $address) ? undef : "$!";
}

# Without one the kernel drops what is sent, and says that it has taken it. Where the
# interface is down the file can't be read.
sub carrier {
  return content('carrier') // 0;
}

sub content {
  my ($file) = @_;
  open my $in, '<', "$sysfs/$file" or return undef;
  my $line = readline $in;
  return undef if !defined $line;
  chomp $line;
  return $line;
}
