# Passes on what comes from a Unix socket, and never gets far ahead of whoever takes it: the
# stream to the JVM has no brake of its own, and what nobody has taken yet waits in its memory.
#
# Argument: the path at which it listens, for one connection.
# In:  a byte for each PIECE bytes that have been taken; its end is the end.
# Out: what came from the socket. On standard error: listening\n, once it does.
use strict;
use warnings;
use IO::Socket::UNIX;

use constant PIECE => 65536;
use constant AHEAD => 16 * PIECE;

my ($path) = @ARGV;
my $door = IO::Socket::UNIX->new(Local => $path, Listen => 1) or die "$path: $!\n";
print STDERR "listening\n";
my $qemu = $door->accept or die "$path: $!\n";
unlink $path;

my $waiting = 0;
while (my $length = sysread $qemu, my $bytes, PIECE) {
  for (my $written = 0; $written < $length;) {
    $written += syswrite STDOUT, $bytes, $length - $written, $written or die "stdout: $!\n";
  }
  $waiting += $length;
  while ($waiting > AHEAD) {
    my $taken = sysread STDIN, my $pieces, AHEAD or exit 1;
    $waiting -= PIECE * $taken;
  }
}
