# Part of ci/release: the lab image as a file, for machines that can't build it, and the proof that an engine without it
# takes it from there.
# shellcheck shell=bash

readonly FRESH_ENGINE_SECONDS=120

# The name of the lab image that the standalone jar at $1 looks for, and builds without any setting.
lab_image() {
  env -u TAPLAB_IMAGE -u TAPLAB_BASE_IMAGE -u TAPLAB_DEBIAN_MIRROR java -jar "$1" images --lab
}

# Into the file $2. The image is there when a consumer has had a lab; to build it here would hide that the jar looks for
# another one. The name and the day are left out of the compressed file, so that one image gives one archive.
save_image() {
  docker image inspect "$1" >/dev/null 2>&1 ||
    die "no consumer has made the lab image $1: they need labs, and neither TAPLAB_BASE_IMAGE nor TAPLAB_DEBIAN_MIRROR"
  docker save "$1" | gzip --no-name >"$2"
}

# Prints why no engine can be started here, or nothing.
no_fresh_engine() {
  local program
  ((EUID == 0)) || echo "only root can start an engine"
  for program in dockerd unshare; do
    command -v "$program" >/dev/null || echo "there is no $program"
  done
}

# Loads the archive $2 into an engine that has nothing, looks that it is the image $1 to the byte, and runs a command in
# it. The engine has a network, mounts and processes of its own, and ends with the shell that holds them.
check_archive() {
  local image=$1 archive=$2 folder status=0
  folder=$(mktemp -d)
  # shellcheck disable=SC2016 # the inner shell's
  unshare --net --mount --pid --fork --mount-proc --kill-child bash -c '
    set -euo pipefail
    image=$1 archive=$2 folder=$3 seconds=$4
    export DOCKER_HOST=unix://$folder/docker.sock
    dockerd --host "$DOCKER_HOST" --data-root "$folder/data" --exec-root "$folder/run" --pidfile "$folder/pid" \
      --bridge none --iptables=false >"$folder/log" 2>&1 &
    engine=$!
    trap "kill $engine; wait $engine || true" EXIT
    until docker version >/dev/null 2>&1; do
      kill -0 "$engine" 2>/dev/null && ((SECONDS < seconds)) || { tail -n 20 "$folder/log" >&2; exit 1; }
      sleep 0.2
    done
    [[ -z $(docker image ls --quiet) ]]
    docker load --quiet --input "$archive" >/dev/null
    docker image inspect --format "{{.Id}}" "$image" >"$folder/id"
    docker run --rm --network none "$image" virsh --version >"$folder/virsh"
  ' bash "$image" "$archive" "$folder" "$FRESH_ENGINE_SECONDS" || status=$?
  if ((status == 0)); then
    [[ $(<"$folder/id") == "$(docker image inspect --format '{{.Id}}' "$image")" ]] || status=1
    echo "lab image: an engine without it has loaded $image from its archive, and run virsh $(<"$folder/virsh") in it"
  fi
  rm -rf "$folder"
  ((status == 0)) || die "the archive of $image can't be loaded into another engine, or has another image in it"
}
