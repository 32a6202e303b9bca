# Runs commands in a container, any number side by side, for whoever holds its standard
# input: that is the lease, and when it ends, so does this process, and the container.
# Perl, because it is on every Debian; and a process that stays, because a docker exec
# takes the Docker host many times as long as the command itself.
#
# In:  ID run MILLISECONDS LENGTH\n, and so many bytes: the command and its arguments, NUL
#      between them, and how long it may run; ID kill\n ends it at once.
# Out: ID out LENGTH\n or ID err LENGTH\n, and so many bytes that the command wrote;
#      ID late 0\n, if it ran too long and is therefore ended;
#      ID exit CODE\n, once it has ended and nobody holds its output open.
use strict;
use warnings;
use IO::Select;
use POSIX qw(WIFEXITED WEXITSTATUS WTERMSIG sysconf _SC_CLK_TCK);

use constant CHUNK => 65536;
use constant TICKS => sysconf(_SC_CLK_TCK);
use constant PATIENCE => 1;  # seconds, between asking a command to end and killing it

$ENV{LC_ALL} = 'C';
$| = 1;
binmode STDOUT;

# Each command has a process that waits for it and says over a pipe how it ended. Nobody
# waits for that one; a SIGCHLD could come just before the loop falls asleep, and be missed.
$SIG{CHLD} = 'IGNORE';

my $readable = IO::Select->new(\*STDIN);
my %stream_of;  # pipe => [command, what comes through it]
my %pipes_of;   # command => those of its three pipes that are still open
my %code_of;    # command => exit code
my %group_of;   # command => its process group, whose leader is the process that waits for it
my %next_of;    # command => [when, what is done to it then]
my $requests = '';

print "taplab: ready\n";
while (1) {
  for my $source ($readable->can_read(until_next())) {
    if ($source == \*STDIN) {
      sysread STDIN, $requests, CHUNK, length $requests or exit;
      while ($requests =~ /\A(\d+) (?:run (\d+) (\d+)|kill)\n/ && length $requests >= $+[0] + ($3 // 0)) {
        my ($id, $start, $milliseconds, $length) = ($1, $+[0], $2, $3);
        if (defined $length) {
          run($id, $milliseconds, split /\0/, substr($requests, $start, $length), -1);
        } else {
          kill_all($id);
        }
        substr($requests, 0, $start + ($length // 0)) = '';
      }
      next;
    }
    # The command may have been given up since.
    my ($id, $stream) = @{$stream_of{$source} // next};
    my $length = sysread $source, my $bytes, CHUNK;
    if (!$length) {
      closed($id, $source);
    } elsif ($stream eq 'code') {
      $code_of{$id} = $bytes;
    } else {
      print "$id $stream $length\n$bytes";
    }
  }
  for my $id (grep { $next_of{$_}[0] <= now() } keys %next_of) {
    $next_of{$id}[1]->($id);
  }
}

# Seconds of a clock that nobody sets, to a hundredth. Time::HiRes has finer ones, but a
# minimal Debian has no more of Perl than perl-base.
sub now { return (POSIX::times())[0] / TICKS }

# Seconds until something is to be done; none if nothing is.
sub until_next {
  my ($next) = sort { $a <=> $b } map { $_->[0] } values %next_of;
  return undef if !defined $next;
  my $left = $next - now();
  return $left < 0 ? 0 : $left;
}

sub run {
  my ($id, $milliseconds, @command) = @_;
  my %end;  # stream => the end of its pipe that is written to
  for my $stream (qw(out err code)) {
    pipe my $from, my $to or die "pipe: $!\n";
    $end{$stream} = $to;
    $stream_of{$from} = [$id, $stream];
    $pipes_of{$id}{$from} = $from;
    $readable->add($from);
  }
  my $waiting = fork // die "fork: $!\n";
  if ($waiting) {
    # Both do it, since nobody knows who is first.
    setpgrp $waiting, $waiting;
    $group_of{$id} = $waiting;
    $next_of{$id} = [now() + $milliseconds / 1000, \&late];
    return;
  }
  setpgrp 0, 0;
  $SIG{CHLD} = 'DEFAULT';
  # What ends the group shall not end the one that says how the command ended.
  $SIG{$_} = 'IGNORE' for qw(HUP INT QUIT TERM);
  my $process = fork // die "fork: $!\n";
  if ($process == 0) {
    $SIG{$_} = 'DEFAULT' for qw(HUP INT QUIT TERM);
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

sub late {
  my ($id) = @_;
  print "$id late 0\n";
  kill TERM => -$group_of{$id};
  # One that is stopped would hear of it when it goes on.
  kill CONT => -$group_of{$id};
  $next_of{$id} = [now() + PATIENCE, \&kill_all];
}

# Who has left the group may live on, and hold the output open: nobody waits for that.
sub kill_all {
  my ($id) = @_;
  return if !defined $group_of{$id};
  kill KILL => -$group_of{$id};
  $next_of{$id} = [now() + PATIENCE, \&give_up];
}

sub give_up {
  my ($id) = @_;
  closed($id, $_) for values %{$pipes_of{$id}};
}

sub closed {
  my ($id, $source) = @_;
  $readable->remove($source);
  delete $stream_of{$source};
  delete $pipes_of{$id}{$source};
  return if %{$pipes_of{$id}};
  # Without a code somebody has killed what waited for it.
  print "$id exit ", delete $code_of{$id} // 128 + 9, "\n";
  delete $pipes_of{$id};
  delete $group_of{$id};
  delete $next_of{$id};
}
