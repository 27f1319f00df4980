# Completion of composegen for fish: composegen completion fish | source

function __composegen_complete
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set -l current (commandline --current-token --cut-at-cursor)
    set -l answer ($words[1] __complete $words[2..-1] "$current" 2>/dev/null)
    for line in $answer
        switch $line
            case :0
                __fish_complete_path $current
            case :16
                __fish_complete_directories $current ''
            case ':*'
            case '*'
                echo $line
        end
    end
end

complete --command composegen --no-files --keep-order --arguments '(__composegen_complete)'
