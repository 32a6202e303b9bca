# Runs commands in a container, any number side by side, for whoever holds its standard
# input: that is the lease, and when it ends, so does this process, and the container.
# Perl, because it is on every Debian; and a process that stays, because a docker exec
# takes the Docker host many times as long as the command itself.
#
# In:  ID LENGTH\n, and so many bytes: the command and its arguments, NUL between them.
# Out: ID out LENGTH\n or ID err LENGTH\n, and so many bytes that the command wrote;
#      ID exit CODE\n, once it has ended and nobody holds its output open.
use strict;
use warnings;
use IO::Select;
use POSIX qw(WNOHANG WIFEXITED WEXITSTATUS WTERMSIG);

use constant CHUNK => 65536;

$ENV{LC_ALL} = 'C';
$| = 1;
binmode STDOUT;

# A signal only wakes the loop, which asks who has ended.
pipe my $ended, my $wake or die "pipe: $!\n";
$wake->blocking(0);
$SIG{CHLD} = sub { syswrite $wake, '.' };

my $readable = IO::Select->new(\*STDIN, $ended);
my %id_of;      # process => command
my %output_of;  # pipe => [command, stream]
my %left;       # command => how many of its two pipes and one process are still there
my %code_of;    # command => exit code
my $requests = '';

print "taplab: ready\n";
while (1) {
  for my $source ($readable->can_read) {
    if ($source == \*STDIN) {
      sysread STDIN, $requests, CHUNK, length $requests or exit;
      while ($requests =~ /\A(\d+) (\d+)\n/ && length $requests >= $+[0] + $2) {
        my ($id, $start, $length) = ($1, $+[0], $2);
        run($id, split /\0/, substr($requests, $start, $length), -1);
        substr($requests, 0, $start + $length) = '';
      }
    } elsif ($source == $ended) {
      sysread $ended, my $woken, CHUNK;
      while ((my $process = waitpid -1, WNOHANG) > 0) {
        my $id = delete $id_of{$process};
        $code_of{$id} = WIFEXITED($?) ? WEXITSTATUS($?) : 128 + WTERMSIG($?);
        gone($id);
      }
    } else {
      my ($id, $stream) = @{$output_of{$source}};
      if (my $length = sysread $source, my $bytes, CHUNK) {
        print "$id $stream $length\n$bytes";
      } else {
        $readable->remove($source);
        delete $output_of{$source};
        gone($id);
      }
    }
  }
}

sub run {
  my ($id, @command) = @_;
  pipe my $out, my $stdout or die "pipe: $!\n";
  pipe my $err, my $stderr or die "pipe: $!\n";
  my $process = fork // die "fork: $!\n";
  if ($process == 0) {
    open STDIN, '<', '/dev/null' or die "/dev/null: $!\n";
    open STDOUT, '>&', $stdout or die "stdout: $!\n";
    open STDERR, '>&', $stderr or die "stderr: $!\n";
    { no warnings 'exec'; exec { $command[0] } @command }
    print STDERR "$command[0]: $!\n";
    POSIX::_exit(127);
  }
  $id_of{$process} = $id;
  $left{$id} = 3;
  for ([$out, 'out'], [$err, 'err']) {
    my ($pipe, $stream) = @$_;
    $output_of{$pipe} = [$id, $stream];
    $readable->add($pipe);
  }
}

sub gone {
  my ($id) = @_;
  return if --$left{$id};
  print "$id exit ", delete $code_of{$id}, "\n";
  delete $left{$id};
}
