#!/bin/sh
# Installs ComposeGen from a release, for this user alone, and says all that it does. docs/install.md has the other ways.
#
#   curl -fsSL https://github.com/OWNER/composegen/releases/latest/download/install.sh | sh
#   curl -fsSL https://github.com/OWNER/composegen/releases/latest/download/install.sh | sh -s -- OPTIONS
#
#   --version VERSION  this one rather than the newest
#   --to DIR           where the program goes (~/.local/bin)
#   --docker-plugin    it can be called as `docker composegen` too
#   --uninstall        removes what this script installs; --to as it was
#
# COMPOSEGEN_RELEASES  where releases are, laid out as GitHub does: http(s):// or file://
set -eu

# Called in the last line, whose brace is the last that arrives: a script that was cut off on its way does nothing.
main() {
  releases=${COMPOSEGEN_RELEASES:-https://github.com/OWNER/composegen/releases}
  version='' plugin='' uninstall='' to=''
  while [ $# -gt 0 ]; do
    case $1 in
      --version | --to)
        [ $# -ge 2 ] || fail "$1 takes a value"
        if [ "$1" = --to ]; then to=$2; else version=${2#v}; fi
        shift
        ;;
      --docker-plugin) plugin=yes ;;
      --uninstall) uninstall=yes ;;
      -h | --help)
        usage
        return
        ;;
      *) fail "there is no option $1" "--version VERSION, --to DIR, --docker-plugin and --uninstall are all" ;;
    esac
    shift
  done
  places
  if [ -n "$uninstall" ]; then uninstall; else install; fi
}

usage() {
  cat <<'USAGE'
usage: install.sh [--version VERSION] [--to DIR] [--docker-plugin]
       install.sh --uninstall [--to DIR]

  --version VERSION  this one rather than the newest
  --to DIR           where the program goes (~/.local/bin)
  --docker-plugin    it can be called as `docker composegen` too
  --uninstall        removes what this script installs

COMPOSEGEN_RELEASES says where releases are: http(s):// or file://
USAGE
}

say() { printf 'composegen: %s\n' "$*"; }

# MESSAGE [HINT]
fail() {
  printf 'composegen: error: %s\n' "$1" >&2
  [ -z "${2:-}" ] || printf '  hint: %s\n' "$2" >&2
  exit 1
}

# ---- where things go ----

places() {
  [ -n "${HOME:-}" ] || fail "HOME is not set, and it is a home that things are installed in" "HOME=/home/you sh install.sh"
  if [ -z "$to" ]; then to=$HOME/.local/bin; fi
  case $to in /*) ;; *) to=$PWD/$to ;; esac
  data=${XDG_DATA_HOME:-$HOME/.local/share}
  bash_completion=${BASH_COMPLETION_USER_DIR:-$data/bash-completion}/completions/composegen
  zsh_completion=$data/zsh/site-functions/_composegen
  fish_completion=${XDG_CONFIG_HOME:-$HOME/.config}/fish/completions/composegen.fish
  man_page=$data/man/man1/composegen.1
  plugin_link=${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins/docker-composegen
}

find_platform() {
  kernel=$(uname -s) machine=$(uname -m)
  case $kernel in
    Linux) system=linux ;;
    Darwin) system=osx ;;
    MINGW* | MSYS* | CYGWIN*) fail "on Windows, ComposeGen runs in WSL 2" "run this there" ;;
    *) no_program ;;
  esac
  case $machine in
    x86_64 | amd64) processor=x64 ;;
    aarch64 | arm64) processor=arm64 ;;
    *) no_program ;;
  esac
  # A shell that a Mac translates for believes in another processor.
  if [ "$system" = osx ] && [ "$(sysctl -n sysctl.proc_translated 2>/dev/null || echo 0)" = 1 ]; then processor=arm64; fi
  platform=$system-$processor
}

no_program() {
  fail "there is no ComposeGen for $kernel on $machine: only for Linux and macOS, on x64 and arm64" \
    "where .NET 10 runs, \`dotnet tool install --global ComposeGen\`"
}

# ---- getting it ----

# URL FILE
download() {
  case $1 in
    file://*) cp "${1#file://}" "$2" 2>/dev/null ;;
    *)
      if command -v curl >/dev/null 2>&1; then
        # What begins encrypted stays so.
        case $1 in https://*) only='=https' ;; *) only='=http,https' ;; esac
        curl --proto "$only" --fail --silent --show-error --location --retry 3 --output "$2" "$1"
      elif command -v wget >/dev/null 2>&1; then
        wget -q -O "$2" "$1"
      else
        fail "there is neither curl nor wget to download with" "install one of them"
      fi
      ;;
  esac
}

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum <"$1" | cut -d ' ' -f 1
  elif command -v shasum >/dev/null 2>&1; then
    shasum -a 256 <"$1" | cut -d ' ' -f 1
  else
    fail "there is neither sha256sum nor shasum, and nothing is installed that was not checked" "install one of them"
  fi
}

# Sets archive, expected and version.
choose() {
  if [ -n "$version" ]; then from=$releases/download/v$version; else from=$releases/latest/download; fi
  download "$from/SHA256SUMS" "$work/SHA256SUMS" ||
    fail "there is no release ${version:+$version }at $from" "see $releases for those that there are"
  line=$(grep -E "^[0-9a-f]{64} [ *]composegen-[0-9A-Za-z.+-]+-$platform\.tar\.gz\$" "$work/SHA256SUMS" | head -n 1) || true
  [ -n "$line" ] || fail "$from/SHA256SUMS names no program for $platform" "see $releases for what there is"
  expected=${line%% *}
  archive=${line#"$expected"??}
  found=${archive#composegen-}
  found=${found%"-$platform.tar.gz"}
  [ -z "$version" ] || [ "$version" = "$found" ] || fail "$from is not the release $version, but $found"
  version=$found
}

get() {
  say "downloading $releases/download/v$version/$archive"
  download "$releases/download/v$version/$archive" "$work/$archive" || fail "$archive cannot be downloaded" "try again"
  actual=$(sha256 "$work/$archive")
  [ "$actual" = "$expected" ] ||
    fail "$archive is not what SHA256SUMS says, and nothing was installed: $actual instead of $expected" "try again; if it stays so, tell whoever runs $releases"
  say "its SHA-256 is what SHA256SUMS says"
  tar -x -z -f "$work/$archive" -C "$work" || fail "$archive cannot be unpacked"
  content=$work/${archive%.tar.gz}
}

# ---- installing ----

# FILE DESTINATION MODE: renamed into place, so that a run going on keeps what it has.
put() {
  { mkdir -p "$(dirname -- "$2")" && cp "$1" "$2.new.$$" && chmod "$3" "$2.new.$$" && mv -f "$2.new.$$" "$2"; } ||
    fail "$2 cannot be written" "--to DIR names another folder for the program"
  say "installed $2"
}

install() {
  find_platform
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  choose
  get
  answer=$("$content/composegen" --version 2>&1) || 
    fail "the program does not run here: $answer" "where no programs may run in $(dirname -- "$work"), set TMPDIR to another folder"
  [ "$answer" = "composegen $version" ] || fail "the program says that it is \`$answer\`, not composegen $version"
  # Before anything is written: what cannot be had whole is not begun.
  if [ -n "$plugin" ] && ! "$content/composegen" docker-cli-plugin-metadata >/dev/null 2>&1; then
    fail "ComposeGen $version is no plugin of docker's" "install it without --docker-plugin"
  fi
  put "$content/composegen" "$to/composegen" 755
  for pair in "completions/composegen.bash $bash_completion" "completions/_composegen $zsh_completion" \
    "completions/composegen.fish $fish_completion" "man/composegen.1 $man_page"; do
    [ ! -f "$content/${pair%% *}" ] || put "$content/${pair%% *}" "${pair#* }" 644
  done
  [ -z "$plugin" ] || link_plugin
  say "this is $answer"
  advise
}

link_plugin() {
  mkdir -p "$(dirname -- "$plugin_link")"
  ln -sf "$to/composegen" "$plugin_link"
  say "linked $plugin_link, for \`docker composegen\`"
}

advise() {
  case ":$PATH:" in
    *":$to:"*)
      first=$(command -v composegen || true)
      [ "$first" = "$to/composegen" ] || say "another composegen comes first on your PATH: $first"
      ;;
    *)
      say "$to is not on your PATH; to call composegen by its name, run this and open a new terminal:"
      case $(basename -- "${SHELL:-sh}") in
        fish) printf '  fish_add_path "%s"\n' "$to" ;;
        zsh) path_line "$HOME/.zshrc" ;;
        bash) if [ "$system" = osx ]; then path_line "$HOME/.bash_profile"; else path_line "$HOME/.bashrc"; fi ;;
        *) path_line "$HOME/.profile" ;;
      esac
      ;;
  esac
  case ${SHELL:-} in
    */zsh)
      [ ! -f "$zsh_completion" ] ||
        say "for completion, write \`fpath=($(dirname -- "$zsh_completion") \$fpath)\` into ~/.zshrc, above \`compinit\`"
      ;;
  esac
}

# FILE
path_line() { printf "  echo 'export PATH=\"%s:\$PATH\"' >> %s\n" "$to" "$1"; }

uninstall() {
  removed=''
  # The link first: it is ours if it leads to what goes next.
  if [ -L "$plugin_link" ] && [ "$(readlink "$plugin_link")" = "$to/composegen" ]; then remove "$plugin_link"; fi
  for file in "$to/composegen" "$bash_completion" "$zsh_completion" "$fish_completion" "$man_page"; do
    if [ -e "$file" ] || [ -L "$file" ]; then remove "$file"; fi
  done
  [ -n "$removed" ] || fail "there is no composegen in $to" "--to DIR says where it was installed"
  say "your workspaces are as they were"
}

remove() {
  rm -f "$1" || fail "$1 cannot be removed"
  removed=yes
  say "removed $1"
}

{ main "$@"; }
