# Part of ci/setup: what the user is told.
# shellcheck shell=bash

TABLE=()

say() { printf 'setup: %s\n' "$*" >&2; }

die() {
  printf 'setup: FAILED: %s\n' "$*" >&2
  exit 1
}

# Shows the end of a log under a failure. Logs of root may not be readable for the caller.
show_tail() {
  printf -- '--- end of %s\n' "$1" >&2
  { tail -n 20 "$2" 2>/dev/null || as_root tail -n 20 "$2"; } >&2
  printf -- '---\n' >&2
}

row() { TABLE+=("$(printf '%-22s | %-14s | %s' "$1" "$2" "${3:--}")"); }

print_table() {
  printf '%-22s | %-14s | %s\n' item found "done"
  printf '%s\n' "${TABLE[@]}"
}

# Readable for all: apt checks signatures as another user.
make_work_directory() {
  WORK=$(mktemp -d)
  LOG=$WORK/log
  chmod 755 "$WORK"
  trap clean_up EXIT
}

# Whatever ends the script. A file of the machine's that is only there for a while is named in $TEMPORARY.
clean_up() {
  rm -rf "$WORK"
  [[ -z ${TEMPORARY:-} ]] || as_root rm -f "$TEMPORARY"
}
