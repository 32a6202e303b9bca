# cold.sh IMAGE NAME MAC QEMU…: what a lab with a guest that boots consists of, by hand: a network, a container, a
# macvtap on its eth0, QEMU on that; it ends when the guest's agent answers.
set -eu
image=$1 name=$2 mac=$3
shift 3

docker network create --internal "$name" >/dev/null
docker run --detach --init --name "$name" --network "$name" --cap-add NET_ADMIN \
  --device-cgroup-rule "c $(awk '$2 == "macvtap" { print $1 }' /proc/devices):* rw" "$image" sleep 300 >/dev/null
docker exec "$name" sh -c '
  set -eu
  ip link add link eth0 name macvtap0 address "$1" type macvtap mode bridge
  ip link set macvtap0 up
  mkdir -p /var/log/taplab
  shift
  nohup /usr/lib/taplab/qemu-with-taps 3=macvtap0 -- "$@" >/var/log/taplab/qemu.log 2>&1 </dev/null &
' sh "$mac" "$@"
# The agent reads it as soon as it runs. Who ended its side of the connection would not hear the answer.
docker exec "$name" sh -euc '
  echo "echo \"{\\\"execute\\\": \\\"guest-ping\\\"}\"; read -r answer; echo \"\$answer\" >/run/answer" >/run/ask
  timeout 60 socat -t 0 UNIX-CONNECT:/run/guest.agent,retry=100,interval=0.05 EXEC:"sh /run/ask"
  grep -q return /run/answer
'
