#compdef composegen
# Completion of composegen for zsh: source <(composegen completion zsh), or as _composegen in a folder of $fpath.

_composegen() {
  local -a answer described
  local line directive tab=$'\t'
  answer=("${(@f)$("${(Q)words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  directive=${answer[-1]#:}
  for line in "${(@)answer[1,-2]}"; do
    # `_describe` takes what follows a colon for the description.
    described+=("${${line%%$tab*}//:/\\:}${${(M)line:#*$tab*}:+:${line#*$tab}}")
  done
  case $directive in
    0) _files ;;
    16) _files -/ ;;
    6) _describe -V composegen described -S '' ;;
    *) _describe -V composegen described ;;
  esac
}

if [[ ${funcstack[1]} == _composegen ]]; then
  _composegen "$@"
else
  compdef _composegen composegen
fi
