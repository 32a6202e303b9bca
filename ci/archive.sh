# Part of ci/release: the lab image as a file, for machines that can't build it, and the proof that an engine without it
# takes it from there.
# shellcheck shell=bash

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

# Each has to succeed: the shell looks at no single one of them where the whole is asked for.
load_archive() {
  local engine=(docker --host "unix://$3/docker.sock")
  await_engine "$3" &&
    [[ -z $("${engine[@]}" image ls --quiet) ]] &&
    "${engine[@]}" load --quiet --input "$2" >/dev/null &&
    "${engine[@]}" image inspect --format '{{.Id}}' "$1" >"$3/id" &&
    "${engine[@]}" run --rm --network none "$1" virsh --version >"$3/virsh"
}

# Loads the archive $2 into an engine that has nothing, looks that it is the image $1 to the byte, and runs a command in
# it. The engine has a network, mounts and processes of its own.
check_archive() {
  local image=$1 archive=$2 folder status=0
  folder=$(mktemp -d)
  start_engine "$folder" --iptables=false
  load_archive "$image" "$archive" "$folder" || status=$?
  signal_engine "$ENGINE_HOLDER" TERM
  await_engines_end "$ENGINE_HOLDER"
  if ((status == 0)); then
    [[ $(<"$folder/id") == "$(docker image inspect --format '{{.Id}}' "$image")" ]] || status=1
    echo "lab image: an engine without it has loaded $image from its archive, and run virsh $(<"$folder/virsh") in it"
  fi
  rm -rf "$folder"
  ((status == 0)) || die "the archive of $image can't be loaded into another engine, or has another image in it"
}
