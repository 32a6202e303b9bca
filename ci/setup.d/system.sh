# Part of ci/setup: what kind of system this is, and its packages.
# shellcheck shell=bash

# What a mirror loses on the way is asked for again.
readonly APT_RETRIES=5
PACKAGE_LISTS_FRESH=false

have() { command -v "$1" >/dev/null 2>&1; }

is_debian() {
  have apt-get && grep -Eqs '^ID(_LIKE)?=.*(debian|ubuntu)' /etc/os-release
}

can_be_root() { ((EUID == 0)) || have sudo; }

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif have sudo; then
    sudo "$@"
  else
    die "'$1' needs root: run ci/setup as root, or install sudo"
  fi
}

refresh_package_lists() {
  [[ $PACKAGE_LISTS_FRESH == false ]] || return 0
  say "apt-get update"
  # One broken source among many must not stop the rest. What is needed and absent fails by name later.
  apt_get update || say "apt-get update reported errors, going on"
  PACKAGE_LISTS_FRESH=true
}

apt_get() {
  as_root env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l \
    apt-get --quiet --yes -o DPkg::Lock::Timeout=120 -o "Acquire::Retries=$APT_RETRIES" "$@" >"$LOG" 2>&1 </dev/null
}

# --no-remove: where something else is installed in this place, fail rather than replace it.
install_packages() {
  refresh_package_lists
  say "apt-get install $*"
  if ! apt_get install --no-install-recommends --no-upgrade --no-remove "$@"; then
    show_tail "apt-get's output" "$LOG"
    die "apt-get could not install: $*"
  fi
}

# No pipe into grep -q: it ends early, the writer gets SIGPIPE, and pipefail makes a "no" of a "yes".
is_packaged() {
  local policy
  policy=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null) || return 1
  [[ $policy =~ Candidate:\ [^\(] ]]
}

is_installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }
