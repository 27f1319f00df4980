using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Shells;

/// <summary>The scripts in the shells that they are for.</summary>
[NonParallelizable] // They may have to be installed.
public class ShellTests
{
    private ScratchWorkspace _workspace = null!;

    [OneTimeSetUp]
    public void Begin() =>
        _workspace = new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With("projects/shop/project.yml", "services: {web: {image: debian}, worker: {image: debian}}\n")
            .With("projects/été/Dockerfile", "FROM debian\n")
            .With("file with blanks", "");

    [OneTimeTearDown]
    public void End() => _workspace.Dispose();

    [TestCase("composegen up s", "shop")]
    [TestCase("composegen up shop:w", "web|worker")] // of a word with a colon, bash has the shell complete what follows it
    [TestCase("composegen ports ex", "explain")]
    [TestCase("composegen up é", "été")]
    [TestCase("composegen -C . disable sh", "shop")]
    [TestCase("composegen init pro", "projects")]
    public void Bash(string typed, string offered) =>
        Assert.That(
            Shell(
                "bash",
                """
                set -u
                source <(composegen completion bash)
                COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDBREAKS=$' \t\n"\'><=;|&(:'
                _composegen
                IFS='|'; echo "${COMPREPLY[*]}"
                """,
                typed
            ),
            Is.EqualTo(offered)
        );

    [TestCase("composegen up s", "shop")]
    [TestCase("composegen up shop:w", "shop:web|shop:worker")]
    [TestCase("composegen ports ex", "explain")]
    [TestCase("composegen up é", "été")]
    [TestCase("composegen init pro", "projects/")]
    [TestCase("composegen unpack file", "file with blanks")]
    public void Fish(string typed, string offered)
    {
        DebianPackages.Need("fish", "fish");

        var answer = Shell("fish", "composegen completion fish | source; complete --do-complete $argv[1]", typed);

        Assert.That(string.Join('|', answer.Split('\n').Select(line => line.Split('\t')[0])), Is.EqualTo(offered));
    }

    // Z shell completes only at a terminal: it gets one, and is asked for its line after the tabulator.
    [TestCase("composegen up s", "composegen up shop ")]
    [TestCase("composegen up shop:wo", "composegen up shop:worker ")]
    [TestCase("composegen ports ex", "composegen ports explain ")]
    [TestCase("composegen init pro", "composegen init projects/")]
    [TestCase("composegen unpack file", "composegen unpack file\\ with\\ blanks ")]
    public void Zsh(string typed, string line)
    {
        DebianPackages.Need("zsh", "zsh");

        var answer = Shell(
            "zsh",
            """
            zmodload zsh/zpty
            zpty shell zsh -f -i
            zpty -w shell 'PS1=; unset zle_bracketed_paste; autoload -U compinit; compinit -u -D; source <(composegen completion zsh)'
            zpty -w shell 'show() { print -r -- "LINE<$BUFFER>"; BUFFER=; zle accept-line }; zle -N show; bindkey "^X" show; print RE""ADY'
            zpty -r -m shell seen '*READY*'
            zpty -w -n shell "$1"$'\t\x18'
            zpty -r -m shell seen '*LINE<*>*'
            print -r -- "${${seen##*LINE<}%%>*}"
            """,
            typed
        );

        Assert.That(answer, Is.EqualTo(line));
    }

    private string Shell(string shell, string script, string typed)
    {
        var path = $"{Path.GetDirectoryName(Repository.Script)}:{Environment.GetEnvironmentVariable("PATH")}";
        var variables = new Dictionary<string, string?> { ["PATH"] = path, ["LC_ALL"] = "C.UTF-8", ["HOME"] = _workspace.Root, ["TERM"] = "dumb" };
        string[] arguments = shell == "fish" ? ["--no-config", "-c", script, typed] : ["-c", script, shell, typed];
        var outcome = Run.Program(shell, _workspace.Root, variables, arguments);
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString());
        return outcome.Output.Trim('\n');
    }
}
