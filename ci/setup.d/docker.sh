# Part of ci/setup: the Docker client and engine.
# shellcheck shell=bash

readonly DOCKERD_LOG=/var/log/taplab-dockerd.log
readonly DOCKERD_PID_FILE=/var/run/docker.pid
readonly CONTAINERD_PID_FILE=/var/run/docker/containerd/containerd.pid
readonly DOCKER_ANSWER_SECONDS=10
readonly DOCKERD_START_SECONDS=60

# Asks the engine for its version, with the given command before it (as_root); prints the answer or the error. Ctrl-C
# ends whatever runs in the foreground, and nothing that timeout has put behind it.
ask_docker() {
  "$@" timeout --foreground "$DOCKER_ANSWER_SECONDS" docker version --format '{{.Server.Version}}' 2>&1
}

docker_answers() { ask_docker "$@" >/dev/null; }

# Prints how the user chose an engine, or nothing where the local default is meant.
chosen_engine() {
  local context
  if [[ -n ${DOCKER_HOST:-} ]]; then
    printf '%s\n' "DOCKER_HOST=$DOCKER_HOST"
  elif have docker; then
    context=$(docker context inspect --format '{{.Name}}' 2>/dev/null) || return 0
    [[ $context == default ]] || printf '%s\n' "docker context $context"
  fi
}

ensure_docker_client() {
  local action=
  if ! have docker; then
    refresh_package_lists
    if is_packaged docker-cli; then
      install_packages docker-cli
      action="installed docker-cli"
    elif [[ -n ${DOCKER_HOST:-} ]]; then
      die "DOCKER_HOST is set but there is no docker client, and this release packages it only with an engine: install a client"
    else
      install_engine
      action="installed docker.io"
    fi
    have docker || die "$action, but there is still no docker client on the PATH"
  fi
  row "docker client" "$(docker --version | sed -n 's/^[^0-9]*\([^ ,]*\).*/\1/p')" "$action"
}

ensure_docker_engine() {
  local answer chosen action=
  if ! answer=$(ask_docker); then
    chosen=$(chosen_engine)
    [[ -z $chosen ]] || die "$chosen does not answer (${answer##*$'\n'}): start that engine, or choose another"
    if ! can_be_root; then
      [[ $answer != *"permission denied"* ]] || die "$(how_to_reach_docker)"
      die "no Docker engine answers, and starting one needs root: run ci/setup as root, or install sudo"
    fi
    if ! docker_answers as_root; then
      if ! have dockerd; then
        install_engine
        action="installed docker.io, "
      fi
      start_engine
      action+="started dockerd"
    fi
    answer=$(ask_docker) || die "$(how_to_reach_docker)"
  fi
  row "docker engine" "$answer" "$action"
}

how_to_reach_docker() {
  local user=${1:-$(id -un)}
  printf '%s\n' "user $user may not use Docker's socket: run 'usermod -aG docker $user' as root, then log in again (or 'newgrp docker')"
}

install_engine() {
  local packages=(docker.io)
  # docker.io would replace a client from Docker's own packages; their engine fits it.
  if is_installed docker-ce-cli && is_packaged docker-ce; then packages=(docker-ce); fi
  have iptables || packages+=(iptables)
  # With AppArmor on, the engine starts no container without the parser.
  if grep -qs Y /sys/module/apparmor/parameters/enabled && ! have apparmor_parser; then packages+=(apparmor); fi
  install_packages "${packages[@]}"
}

start_engine() {
  if [[ -d /run/systemd/system ]] && systemctl cat docker.service >/dev/null 2>&1; then
    start_engine_with_systemd
  else
    start_engine_by_hand
  fi
}

start_engine_with_systemd() {
  say "systemctl start docker"
  if ! as_root systemctl start docker; then
    as_root journalctl --unit docker --lines 20 --no-pager >&2 || true
    die "systemd could not start docker; its last messages are above"
  fi
  wait_for_engine "" "systemd's docker.service"
}

start_engine_by_hand() {
  local pid
  pid=$(running_dockerd)
  if [[ -n $pid ]]; then
    say "waiting for the dockerd that is starting (process $pid)"
    wait_for_engine "$pid" "dockerd (process $pid)"
    return
  fi
  say "starting dockerd, its log is $DOCKERD_LOG"
  # What is left from before a restart names numbers that other processes have now: dockerd would not start, or wait
  # in vain for the containerd that it takes one of them for (its own ends with it).
  as_root rm -f "$DOCKERD_PID_FILE" "$CONTAINERD_PID_FILE"
  # HUP is ignored until setsid has run: sudo may close its terminal before.
  # shellcheck disable=SC2016 # $1 and $! belong to the inner shell
  pid=$(as_root sh -c 'trap "" HUP; setsid dockerd >"$1" 2>&1 </dev/null & echo $!' sh "$DOCKERD_LOG")
  wait_for_engine "$pid" "dockerd (process $pid)" "$DOCKERD_LOG"
}

# Prints the process number of a dockerd that runs but may not answer yet, or nothing.
running_dockerd() {
  local pid
  pid=$(cat "$DOCKERD_PID_FILE" 2>/dev/null) || return 0
  is_running "$pid" || return 0
  [[ $(cat "/proc/$pid/comm") == dockerd ]] || return 0
  printf '%s\n' "$pid"
}

# A container's PID 1 may not reap, so a process that ended can stay as a zombie (Z).
is_running() { grep -Eqs '^State:[[:space:]]*[^ZX[:space:]]' "/proc/$1/status"; }

# Waits until the engine answers; fails when its process (if known) ends, or at the deadline.
wait_for_engine() {
  local pid=$1 name=$2 log=${3:-} deadline=$((SECONDS + DOCKERD_START_SECONDS)) problem=
  until docker_answers as_root; do
    if [[ -n $pid ]] && ! is_running "$pid"; then
      problem="$name ended before it answered"
    elif ((SECONDS >= deadline)); then
      problem="$name did not answer within $DOCKERD_START_SECONDS s"
    fi
    if [[ -n $problem ]]; then
      [[ -z $log ]] || show_tail "$log" "$log"
      die "no Docker engine: $problem${log:+ (whole log: $log)}"
    fi
    sleep 0.2
  done
}

# Under sudo all of this is checked as root, but it is the caller who will run Maven.
warn_caller_of_sudo() {
  local caller=${SUDO_USER:-root} answer
  if [[ $EUID != 0 || $caller == root || -n $(chosen_engine) ]]; then return; fi
  if answer=$(ask_docker runuser -u "$caller" --); then return; fi
  if [[ $answer == *"permission denied"* ]]; then say "note: $(how_to_reach_docker "$caller")"; fi
}
