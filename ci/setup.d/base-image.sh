# Part of ci/setup: the image that the lab image is built on.
# shellcheck shell=bash

readonly DEFAULT_BASE_IMAGE=debian:trixie-slim
readonly BASE_IMAGE=${TAPLAB_BASE_IMAGE:-$DEFAULT_BASE_IMAGE}
readonly DEBIAN_KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
# Short where another way exists: a machine without a registry should not wait for one.
readonly PULL_SECONDS=20
readonly PULL_OTHER_SECONDS=300
readonly BOOTSTRAP_SECONDS=600
# mmdebstrap keeps apt's options in the new system: they are of the making, and are taken out again.
# shellcheck disable=SC2016 # $1 is the hook's
readonly MMDEBSTRAP_RETRIES=(
  "--aptopt=Acquire::Retries \"$APT_RETRIES\""
  '--customize-hook=rm -f "$1/etc/apt/apt.conf.d/99mmdebstrap"'
)

ensure_base_image() {
  local action=
  if ! image_exists "$BASE_IMAGE"; then
    if pull_image "$BASE_IMAGE"; then
      action="pulled"
    else
      can_bootstrap "$BASE_IMAGE" ||
        die "image $BASE_IMAGE is missing and could not be pulled ($(tail -n 1 "$LOG")): load it with 'docker load', or set TAPLAB_BASE_IMAGE"
      say "could not pull $BASE_IMAGE ($(tail -n 1 "$LOG"))"
      bootstrap_image "$BASE_IMAGE"
      action="made with mmdebstrap"
    fi
  fi
  row "$BASE_IMAGE" "$(short_image_id "$BASE_IMAGE")" "$action"
}

image_exists() { docker image inspect "$1" >/dev/null 2>&1; }

short_image_id() {
  local id
  id=$(docker image inspect --format '{{.Id}}' "$1")
  id=${id#sha256:}
  printf '%s\n' "${id:0:12}"
}

pull_image() {
  local seconds=$PULL_OTHER_SECONDS status=0
  if can_bootstrap "$1"; then seconds=$PULL_SECONDS; fi
  say "docker pull $1 (at most $seconds s)"
  timeout --foreground "$seconds" docker pull --quiet "$1" >"$LOG" 2>&1 </dev/null || status=$?
  if ((status == 124)); then echo "no answer within $seconds s" >>"$LOG"; fi
  return "$status"
}

# Only the default is known to be a plain Debian that mmdebstrap can make.
can_bootstrap() {
  [[ $1 == "$DEFAULT_BASE_IMAGE" ]] && { is_debian || have mmdebstrap; }
}

# Makes the image from Debian packages. It gets its name only when it is whole.
bootstrap_image() {
  local image=$1 keyring=$DEBIAN_KEYRING missing=() answer
  have mmdebstrap || missing+=(mmdebstrap)
  [[ -e $DEBIAN_KEYRING ]] || missing+=(debian-archive-keyring)
  ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
  if keyring_is_old; then
    keyring=$WORK/debian-archive-keyring.gpg
    fetch_newer_keyring "$keyring"
  fi

  say "making $image with mmdebstrap"
  if ! answer=$(make_root_file_system "$keyring" 2>"$LOG" |
    docker import --message "made by Taplab's ci/setup" --change 'CMD ["bash"]' - 2>&1); then
    if [[ $answer == sha256:* ]]; then
      docker image rm "$answer" >/dev/null 2>&1 || true
      answer="mmdebstrap failed"
    fi
    show_tail "mmdebstrap's output" "$LOG"
    die "image $image could be neither pulled nor made ($answer): load it with 'docker load'"
  fi
  docker tag "$answer" "$image"
}

# Writes a Debian 13 as a tar file to stdout. Not --foreground: mmdebstrap ends only with all that it has started.
make_root_file_system() {
  as_root timeout "$BOOTSTRAP_SECONDS" mmdebstrap --variant=minbase --include=ca-certificates --keyring="$1" \
    "${MMDEBSTRAP_RETRIES[@]}" trixie -
}

# Debian 13 is signed with the keys of Debian 12 too. Keyrings before 2023 (Ubuntu 22.04's) end with Debian 11.
keyring_is_old() {
  local version
  version=$(dpkg-query -W -f '${Version}' debian-archive-keyring 2>/dev/null) || return 1
  dpkg --compare-versions "$version" lt 2023
}

# Debian 11's last keyring holds the keys of Debian 12, and the old keys vouch for it. Nothing is installed.
fetch_newer_keyring() {
  say "fetching a newer Debian keyring"
  if ! as_root timeout "$BOOTSTRAP_SECONDS" mmdebstrap --variant=extract --include=debian-archive-keyring \
    --keyring="$DEBIAN_KEYRING" "${MMDEBSTRAP_RETRIES[@]}" bullseye - 2>"$LOG" | tar --extract --to-stdout ".$DEBIAN_KEYRING" >"$1"; then
    show_tail "mmdebstrap's output" "$LOG"
    die "this release's Debian keyring is too old to make the base image: load the image with 'docker load'"
  fi
}
