# shellcheck shell=sh disable=SC2154,SC2016,SC2034  # session and dir are set before
# The guest's side of ConsoleShell, read by a shell that runs what is typed, line by line.
#
# An answer is a frame, a line of its own: @taplab:SESSION:TAG:KIND:VALUE. A kernel message may get into the middle of
# one. Who asked notices (a length that is wrong, no answer at all) and asks again under another tag.

trap 'rm -rf "$dir"' EXIT
trap exit HUP TERM

frame() { printf '@taplab:%s:%s:%s:%s\n' "$session" "$1" "$2" "$3"; }

size() { wc -c <"$dir/$1"; }

# put TAG FILE OFFSET LINES BYTES: as many lines of base64 follow, and are as many bytes of the file from there on.
# Says how long the file is then. Harmless when repeated.
put() {
  head -n "$4" | base64 -d >"$dir/part" 2>/dev/null
  [ "$3" -gt 0 ] || : >"$dir/$2"
  if [ "$(size part)" -eq "$5" ] && [ "$(size "$2")" -eq "$3" ]; then
    cat "$dir/part" >>"$dir/$2"
  fi
  frame "$1" put "$(size "$2")"
}

# run TAG: runs the file "script" in the background, in a session of its own so that it can be killed with all its
# children, and shows how it ended. What is stopped before it has said who it is does not begin.
run() {
  rm -f "$dir"/*.*
  {
    setsid /bin/sh -c 'echo $$ >"$1"; [ ! -e "$2" ] || exit 137; exec /bin/sh "$3"' \
      sh "$dir/$1.pid" "$dir/$1.stop" "$dir/script" </dev/null >"$dir/$1.out" 2>"$dir/$1.err"
    echo $? >"$dir/$1.code"
    show "$1" "$1"
  } &
}

# show TAG RUN: what that run has written, or that it still goes on.
show() {
  if [ -s "$dir/$2.code" ]; then
    lines "$1" out "$2"
    lines "$1" err "$2"
    frame "$1" end "$(cat "$dir/$2.code") $(size "$2.out") $(size "$2.err")"
  else
    frame "$1" runs "$2"
  fi
}

lines() { base64 <"$dir/$3.$2" | sed "s/^/@taplab:$session:$1:$2:/"; }

# stop RUN
stop() {
  : >"$dir/$1.stop"
  kill -KILL "-$(cat "$dir/$1.pid")"
} 2>/dev/null

# calm COMMAND…: with the kernel quiet until the terminal has written all.
calm() {
  read -r level others 2>/dev/null </proc/sys/kernel/printk || level=
  [ -z "$level" ] || echo 1 2>/dev/null >/proc/sys/kernel/printk
  "$@"
  stty -echo  # waits for the terminal
  [ -z "$level" ] || echo "$level" 2>/dev/null >/proc/sys/kernel/printk
}
