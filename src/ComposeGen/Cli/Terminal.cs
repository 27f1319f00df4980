using System.Globalization;
using System.Text;
using CommandLine.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>Where a command writes: results to <see cref="Out"/>, everything else to <see cref="Error"/>.</summary>
internal sealed record Terminal(TextWriter Out, TextWriter Error, bool HasColor)
{
    private readonly List<Diagnostic> _all = [];
    private string _folder = string.Empty;

    /// <summary>How messages are printed.</summary>
    public MessageFormat Format { get; init; }

    /// <summary>Whether a person sees <see cref="Error"/> while it is written.</summary>
    public bool IsWatched { get; init; }

    /// <summary>The same of <see cref="Out"/>.</summary>
    public bool IsOutWatched { get; init; }

    /// <summary>Whether warnings are errors.</summary>
    public bool IsStrict { get; init; }

    /// <summary>Whether <see cref="Out"/> takes one document with all messages, in place of a result in words.</summary>
    public bool HasDocument => Format is MessageFormat.Json or MessageFormat.Sarif or MessageFormat.GitLab;

    /// <summary>The process's own streams; colour only where a person sees it and has not asked for none (no-color.org).</summary>
    public static Terminal OfProcess() =>
        new(
            Console.Out,
            Console.Error,
            !Console.IsErrorRedirected
                && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                && Environment.GetEnvironmentVariable("TERM") != "dumb"
        )
        { IsWatched = !Console.IsErrorRedirected, IsOutWatched = !Console.IsOutputRedirected };

    /// <summary>What somebody answers to a question; null where nobody is there to be asked.</summary>
    public string? Ask(string question)
    {
        if (!IsWatched || Console.IsInputRedirected)
        {
            return null;
        }

        Error.Write(question);
        Error.Flush();
        return Console.In.ReadLine()?.Trim().ToLowerInvariant();
    }

    /// <summary>
    /// Writes the messages, by place, as far as composegen.yml does not ignore them, and returns whether any is an error.
    /// A document is written by <see cref="Finish"/>.
    /// </summary>
    public bool Report(DiagnosticBag bag, WorkspaceFiles? files = null)
    {
        var policy = (files is null ? WarningPolicy.None : WorkspaceLoader.LoadWarnings(files)) with { IsStrict = IsStrict };
        var diagnostics = bag.Sorted().Select(policy.Apply).OfType<Diagnostic>().ToList();
        _folder = files is null ? _folder : InRepository(files.Root);
        _all.AddRange(diagnostics);
        switch (Format)
        {
            case MessageFormat.Text:
                WriteText(diagnostics, files);
                break;
            case MessageFormat.Plain:
                diagnostics.ForEach(diagnostic => Error.WriteLine(LineFormats.Plain(diagnostic)));
                break;
            case MessageFormat.GitHub:
                diagnostics.ForEach(diagnostic => Error.WriteLine(LineFormats.GitHub(diagnostic, _folder)));
                break;
        }

        return diagnostics.Exists(diagnostic => diagnostic.Severity == Severity.Error);
    }

    /// <summary>Writes the document, where the format is one, once everything is known.</summary>
    public void Finish()
    {
        if (HasDocument)
        {
            Out.Write(
                Format switch
                {
                    MessageFormat.Json => JsonFormat.Text(_all),
                    MessageFormat.GitLab => new GitLabFormat(_folder, text => Sha256.Hex(Encoding.UTF8.GetBytes(text))).Text(_all),
                    _ => new SarifFormat(HeadingInfo.Default.ToString().Split(' ')[^1], _folder).Text(_all),
                }
            );
            Out.Flush();
        }
    }

    private void WriteText(List<Diagnostic> diagnostics, WorkspaceFiles? files)
    {
        var writer = new DiagnosticWriter(Error, file => DotEnv.IsSecret(file) ? null : files?.TryReadText(file), HasColor);
        diagnostics.ForEach(writer.Write);
        var errors = diagnostics.Where(diagnostic => diagnostic.Severity == Severity.Error).ToList();
        if (errors.Count > 0)
        {
            var count = errors.Count == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"{errors.Count} errors; ");
            Error.WriteLine($"{count}`composegen explain {errors[0].Code}` tells more");
        }
    }

    // What services that show messages beside lines know paths by: the repository, which the workspace may be a folder of.
    private static string InRepository(string root)
    {
        for (var folder = new DirectoryInfo(root); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                var path = Path.GetRelativePath(folder.FullName, root).Replace('\\', '/');
                return path == "." ? string.Empty : $"{path}/";
            }
        }

        return string.Empty;
    }
}
