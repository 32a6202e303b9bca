# Sourced: Debian's SSH server on the loopback interface.
# shellcheck shell=bash

# Starts one with all that it needs in the folder $1, and lets root in with a key of the type $2. One leads to all
# sockets of this machine. Afterwards $sshd is its process, $ssh_port its port, and Taplab knows the keys.
start_sshd() {
  local folder=$1 type=$2
  mkdir -p "$folder/ssh" /run/sshd
  ssh-keygen -q -t ed25519 -N '' -f "$folder/host"
  ssh-keygen -q -t "$type" -N '' -f "$folder/ssh/id_$type"
  ssh_port=$(perl -MIO::Socket::INET -e 'print IO::Socket::INET->new(LocalAddr => "127.0.0.1", Listen => 1)->sockport')
  printf '[127.0.0.1]:%s %s\n' "$ssh_port" "$(<"$folder/host.pub")" >"$folder/ssh/known_hosts"
  cat >"$folder/config" <<END
Port $ssh_port
ListenAddress 127.0.0.1
HostKey $folder/host
AuthorizedKeysFile $folder/ssh/id_$type.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin yes
MaxSessions 0
END
  "$(command -v sshd)" -D -e -f "$folder/config" 2>"$folder/log" </dev/null &
  sshd=$!
  until grep -qs '^Server listening' "$folder/log"; do
    kill -0 "$sshd" || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
  done
  export TAPLAB_SSH_FOLDER=$folder/ssh
  unset SSH_AUTH_SOCK
}
