# Part of ci/setup: the JDK, Maven, libvirt's client library, and what tests need beside Docker.
# shellcheck shell=bash

readonly MIN_JAVA=17

# The java that Maven will run.
java_command() {
  if [[ -n ${JAVA_HOME:-} ]]; then
    printf '%s\n' "$JAVA_HOME/bin/java"
  else
    command -v java
  fi
}

java_property() {
  "$(java_command)" -XshowSettings:properties -version 2>&1 | sed -n "s/^ *$1 = //p"
}

# Prints the major version of the java that Maven will run; 0 where there is none or it is 8 or older.
java_major() {
  local major
  major=$(java_property 'java\.specification\.version' 2>/dev/null) || major=0
  [[ $major =~ ^[0-9]+$ ]] || major=0
  printf '%s\n' "$major"
}

# Prints the JDK's version; fails where Maven would find none, only a JRE, or one that is too old.
jdk_version() {
  (($(java_major) >= MIN_JAVA)) || return 1
  [[ -x $(java_property 'java\.home')/bin/javac ]] || return 1
  java_property 'java\.version'
}

# A newer JRE would stay the default beside an older JDK, so the JDK goes with the JRE that is there.
jdk_package() {
  local major package
  major=$(java_major)
  ((major >= MIN_JAVA)) || major=$MIN_JAVA
  for package in "openjdk-$major-jdk-headless" "openjdk-$MIN_JAVA-jdk-headless"; do
    if is_packaged "$package"; then
      printf '%s\n' "$package"
      return
    fi
  done
  printf '%s\n' default-jdk-headless
}

ensure_jdk() {
  local version package action=
  if ! version=$(jdk_version); then
    [[ -z ${JAVA_HOME:-} ]] ||
      die "JAVA_HOME is $JAVA_HOME, which is not a JDK $MIN_JAVA or newer: unset it, or set it to one"
    refresh_package_lists
    package=$(jdk_package)
    install_packages "$package"
    version=$(jdk_version) ||
      die "$package is installed, but $(command -v java) is still not a JDK $MIN_JAVA or newer: set JAVA_HOME to one under /usr/lib/jvm"
    action="installed $package"
  fi
  row JDK "$version" "$action"
}

# After the JDK and not together with it: else apt may add a second Java for Maven.
ensure_maven() {
  local action=
  if ! have mvn; then
    install_packages maven
    action="installed maven"
  fi
  row Maven "$(maven_version)" "$action"
}

maven_version() {
  local answer
  answer=$(mvn --version 2>&1) || die "mvn --version failed: $answer"
  sed -n 's/.*Apache Maven \([0-9][^ ]*[0-9]\).*/\1/p' <<<"$answer"
}

# Only looked for: a second JDK that is installed becomes the default, and with it the one that Maven runs with.
find_newer_jdk() {
  local home
  for home in /usr/lib/jvm/* /opt/*jdk*; do
    if [[ -x $home/bin/javac ]] && grep -qs '^JAVA_VERSION="25[."]' "$home/release"; then
      row "JDK 25 (consumers)" "$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$home/release")"
      return
    fi
  done
  row "JDK 25 (consumers)" none "ci/consumers leaves out JUnit 6 on JDK 25"
}

ensure_libvirt() {
  local action=
  if [[ -z $(libvirt_library) ]]; then
    install_packages libvirt0
    [[ -n $(libvirt_library) ]] || die "installed libvirt0, but ldconfig does not list libvirt.so.0"
    action="installed libvirt0"
  fi
  row "libvirt client library" "$(libvirt_version)" "$action"
}

# Prints the library's file, or nothing.
libvirt_library() {
  local files
  files=$(ldconfig -p 2>/dev/null | sed -n 's/^[[:space:]]*libvirt\.so\.0 .* => //p') || true
  printf '%s\n' "${files%%$'\n'*}"
}

# libvirt.so.0.9000.0 is version 9.0.0.
libvirt_version() {
  local file
  file=$(readlink -f "$(libvirt_library)")
  if [[ $file =~ \.so\.0\.([0-9]+)\.([0-9]+)$ ]]; then
    printf '%d.%d.%d\n' $((BASH_REMATCH[1] / 1000)) $((BASH_REMATCH[1] % 1000)) "${BASH_REMATCH[2]}"
  else
    printf '%s\n' yes
  fi
}

# Its folder is on the PATH of root alone.
have_sshd() { PATH=$PATH:/usr/sbin have sshd; }

# The tests of engines over SSH, and ci/engines, start a server of their own. The package's service is masked before it
# could start: nobody gets a server on port 22 because he runs tests. Without systemd policy-rc.d says no.
ensure_sshd() {
  local action=
  if ! have_sshd; then
    if [[ -d /run/systemd/system ]]; then
      as_root systemctl mask ssh.service ssh.socket >"$LOG" 2>&1 || die "systemctl mask ssh.service failed: $(tail -n 1 "$LOG")"
      install_packages openssh-server
    else
      without_services install_packages openssh-server
    fi
    have_sshd || die "installed openssh-server, but there is no sshd"
    action="installed openssh-server, without its service"
  fi
  row sshd "$(sshd_version)" "$action"
}

# What asks whether a package's service may be started is there as long as the command runs.
without_services() {
  local policy=/usr/sbin/policy-rc.d
  if [[ -e $policy ]]; then
    "$@"
    return
  fi
  TEMPORARY=$policy
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  # In a shell of its own: a failure ends it, and not the removal.
  local status=0
  ("$@") || status=$?
  as_root rm -f "$policy"
  TEMPORARY=
  ((status == 0)) || exit "$status"
}

# sshd -V is younger than Debian 12's.
sshd_version() { ssh -V 2>&1 | sed -n 's/^OpenSSH_\([^ ,]*\).*/\1/p'; }

# The tests of the lab image's program that runs commands need no Docker, but a compiler.
ensure_compiler() {
  local action=
  if ! have cc; then
    install_packages gcc libc6-dev
    action="installed gcc"
  fi
  row "C compiler" "$(cc -dumpversion)" "$action"
}
