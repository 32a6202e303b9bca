# A Unix socket of a launcher with the JVM behind it, for one connection. What comes from there is
# never far ahead of whoever takes it: the stream to the JVM has no brake of its own, and what nobody
# has taken yet waits in its memory.
#
# Argument: the path at which it listens.
# In:  a byte 0 for each PIECE bytes that have been taken; a byte N, and N bytes that go back. Its end
#      is the end, also where nobody has come.
# Out: what came from the socket. On standard error: listening\n, once it does.
use strict;
use warnings;
use IO::Select;
use IO::Socket::UNIX;

use constant PIECE => 65536;
use constant AHEAD => 16 * PIECE;

sub pass {
  my ($to, $bytes) = @_;
  for (my $written = 0; $written < length $bytes;) {
    $written += syswrite $to, $bytes, length($bytes) - $written, $written or die "pass: $!\n";
  }
}

my ($path) = @ARGV;
my $door = IO::Socket::UNIX->new(Local => $path, Listen => 1) or die "$path: $!\n";
print STDERR "listening\n";
my $comes = grep { $_ == $door } IO::Select->new(\*STDIN, $door)->can_read;
my $peer = $comes ? $door->accept : undef;
unlink $path;
exit unless $peer;

my ($waiting, $said) = (0, '');
while (1) {
  for my $ready (IO::Select->new(\*STDIN, $waiting > AHEAD ? () : $peer)->can_read) {
    if ($ready == $peer) {
      my $length = sysread $peer, my $bytes, PIECE or exit;
      pass(\*STDOUT, $bytes);
      $waiting += $length;
    } else {
      sysread STDIN, $said, PIECE, length $said or exit 1;
      while ($said ne '' and length $said > ord $said) {
        my $length = ord $said;
        $length ? pass($peer, substr $said, 1, $length) : ($waiting -= PIECE);
        substr $said, 0, $length + 1, '';
      }
    }
  }
}
