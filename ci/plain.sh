# Sourced: no escape codes where no terminal would take them. -B leaves out Maven's colours, but its console library also
# writes a reset at its start and at its end, whatever it writes to.
# shellcheck shell=bash
[[ -t 1 && -t 2 ]] || export MAVEN_OPTS="${MAVEN_OPTS:-} -Dstyle.color=never -Djansi.noreset=true"
