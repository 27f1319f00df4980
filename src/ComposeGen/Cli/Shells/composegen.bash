# Completion of composegen for bash: source <(composegen completion bash)

_composegen() {
  local line=${COMP_LINE:0:COMP_POINT} words=() candidate directive='' current tab=$'\t' noglob=$-
  # Bash splits words at `:` and `=` too, and `project:service` is one.
  set -f
  words=($line)
  [[ $noglob == *f* ]] || set +f
  [[ $line == *[[:space:]] ]] && words+=('')
  current=${words[${#words[@]} - 1]}
  COMPREPLY=()
  while IFS= read -r candidate; do
    if [[ $candidate == :* ]]; then
      directive=${candidate#:}
    else
      COMPREPLY+=("${candidate%%"$tab"*}")
    fi
  done < <("${words[0]}" __complete "${words[@]:1}" 2>/dev/null)
  case $directive in
    0) compopt -o default 2>/dev/null ;;
    16) while IFS= read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -d -- "$current"); compopt -o filenames 2>/dev/null ;;
    6) compopt -o nospace 2>/dev/null ;;
  esac
  # What stands before the last `:` is not among what bash puts the answer in place of.
  if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then
    COMPREPLY=("${COMPREPLY[@]#"${current%:*}:"}")
  fi
}

complete -F _composegen composegen ./composegen
