# Sourced: a Docker engine of one's own, with its own folder and namespaces: its bridges, packet filter rules and
# processes are nobody else's, and go with it.
# shellcheck shell=bash

# Starts one in the folder $1, with a socket there, and further options of dockerd's; ENGINE_HOLDER is the process that
# holds its namespaces. With ENGINE_PORT_FILE it also listens on a port of 127.0.0.1, whose number is written there: the
# port is opened here and handed on, as systemd does it, since the engine's own loopback interface is another one.
start_engine() {
  local folder=$1 launcher=()
  shift
  mkdir -p "$folder"
  if [[ -n ${ENGINE_PORT_FILE-} ]]; then
    # shellcheck disable=SC2016 # They are Perl's.
    launcher=(perl -MIO::Socket::INET -MPOSIX -e '
      BEGIN { $^F = 255 }
      my $file = shift;
      my $port = IO::Socket::INET->new(LocalAddr => "127.0.0.1", LocalPort => 0, Listen => 128) or die "no port: $@";
      open my $out, ">", $file or die "$file: $!";
      print $out $port->sockport;
      close $out;
      POSIX::dup2(fileno($port), 3) if fileno($port) != 3;
      $ENV{LISTEN_FDS} = 1;
      exec @ARGV or die "$ARGV[0]: $!"' "$ENGINE_PORT_FILE")
    set -- --host fd:// "$@"
  fi
  # The first shell stays: it has to reap.
  # shellcheck disable=SC2016 # They are the inner shells'.
  ${launcher[@]+"${launcher[@]}"} unshare --net --mount --pid --fork --mount-proc --kill-child sh -c '
    ip link set lo up
    folder=$1
    shift
    sh -c "LISTEN_PID=\$\$ exec dockerd \"\$@\"" sh --data-root "$folder/data" --exec-root "$folder/exec" \
      --pidfile "$folder/pid" --host "unix://$folder/docker.sock" --bridge=none "$@" >"$folder/log" 2>&1 &
    engine=$!
    trap "kill -TERM $engine" TERM
    wait $engine
    wait $engine' sh "$folder" "$@" </dev/null &
  ENGINE_HOLDER=$!
}

# Waits until the one in the folder $1 answers; what it wrote last is printed if it does not.
await_engine() {
  local end=$((SECONDS + 120))
  while ((SECONDS < end)); do
    if docker --host "unix://$1/docker.sock" version >/dev/null 2>&1; then return; fi
    sleep 0.5
  done
  echo "the engine in $1 does not answer" >&2
  tail -n 20 "$1/log" >&2
  return 1
}

# Sends the signal $2 to the one whose namespaces the process $1 holds: TERM asks it to end, KILL takes all with it.
signal_engine() {
  local child=
  # The kernel's list has no end of line, which read takes for a failure.
  read -r child _ <"/proc/$1/task/$1/children" || true
  if [[ -n $child ]]; then kill "-$2" "$child"; fi
} 2>/dev/null

# Waits until it has ended, after a signal.
await_engines_end() {
  timeout 40 tail --pid="$1" -f /dev/null || kill -KILL "$1"
}

# Asks those with these holders to end, and waits until all have.
end_engines() {
  local holder
  for holder in "$@"; do signal_engine "$holder" TERM || true; done
  for holder in "$@"; do await_engines_end "$holder" || true; done
}
