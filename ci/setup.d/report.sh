# Part of ci/setup: what the tests of the report need: readers of capture files, and of its page.
# shellcheck shell=bash

# The tests of capture files have Wireshark's own reader read them. Captures are made in containers, so nobody here needs
# the right to make one, which is what the package would ask about.
ensure_tshark() {
  local action=
  if ! have tshark; then
    install_packages tshark
    action="installed tshark"
  fi
  row tshark "$(tshark_version)" "$action"
}

tshark_version() {
  local answer
  answer=$(tshark --version 2>/dev/null) || die "tshark --version failed"
  sed -n '1s/^TShark (Wireshark) \([0-9.]*[0-9]\).*/\1/p' <<<"$answer"
}

# The tests of the report's page have a browser look at it. On Ubuntu the package only brings a snap, which may not open
# a page in a temporary folder: there it is looked for, and not installed.
ensure_browser() {
  local browser action=
  browser=$(browser_command)
  if [[ -z $browser ]] && is_packaged chromium; then
    install_packages chromium
    browser=$(browser_command)
    [[ -n $browser ]] || die "installed chromium, but no command chromium is there"
    action="installed chromium"
  fi
  if [[ -z $browser ]]; then
    row Chromium none "install one, or leave the tests of the page out with -DexcludedGroups=browser"
  else
    row Chromium "$("$browser" --version 2>/dev/null | grep -Eo '[0-9]+(\.[0-9]+)+' | head -n 1)" "$action"
  fi
}

# Prints the browser's command, or nothing.
browser_command() {
  local name
  for name in chromium chromium-browser google-chrome; do
    if have "$name"; then
      printf '%s\n' "$name"
      return
    fi
  done
}
