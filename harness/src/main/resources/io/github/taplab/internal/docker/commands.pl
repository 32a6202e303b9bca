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
use POSIX qw(WIFEXITED WEXITSTATUS WTERMSIG);

use constant CHUNK => 65536;

$ENV{LC_ALL} = 'C';
$| = 1;
binmode STDOUT;

# Each command has a process that waits for it and says over a pipe how it ended. Nobody
# waits for that one; a SIGCHLD could come just before the loop falls asleep, and be missed.
$SIG{CHLD} = 'IGNORE';

my $readable = IO::Select->new(\*STDIN);
my %stream_of;  # pipe => [command, what comes through it]
my %open;       # command => how many of its three pipes are still open
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
      next;
    }
    my ($id, $stream) = @{$stream_of{$source}};
    my $length = sysread $source, my $bytes, CHUNK;
    if (!$length) {
      $readable->remove($source);
      delete $stream_of{$source};
      closed($id);
    } elsif ($stream eq 'code') {
      $code_of{$id} = $bytes;
    } else {
      print "$id $stream $length\n$bytes";
    }
  }
}

sub run {
  my ($id, @command) = @_;
  my %end;  # stream => the end of its pipe that is written to
  for my $stream (qw(out err code)) {
    pipe my $from, my $to or die "pipe: $!\n";
    $end{$stream} = $to;
    $stream_of{$from} = [$id, $stream];
    $readable->add($from);
  }
  $open{$id} = 3;
  my $waiting = fork // die "fork: $!\n";
  return if $waiting;

  $SIG{CHLD} = 'DEFAULT';
  my $process = fork // die "fork: $!\n";
  if ($process == 0) {
    open STDIN, '<', '/dev/null' or die "/dev/null: $!\n";
    open STDOUT, '>&', $end{out} or die "stdout: $!\n";
    open STDERR, '>&', $end{err} or die "stderr: $!\n";
    { no warnings 'exec'; exec { $command[0] } @command }
    print STDERR "$command[0]: $!\n";
    POSIX::_exit(127);
  }
  # What it holds open does not end.
  close $_ for *STDIN, *STDOUT, delete @end{qw(out err)};
  waitpid $process, 0;
  syswrite $end{code}, WIFEXITED($?) ? WEXITSTATUS($?) : 128 + WTERMSIG($?);
  POSIX::_exit(0);
}

sub closed {
  my ($id) = @_;
  return if --$open{$id};
  # Without a code somebody has killed what waited for it.
  print "$id exit ", delete $code_of{$id} // 128 + 9, "\n";
  delete $open{$id};
}
