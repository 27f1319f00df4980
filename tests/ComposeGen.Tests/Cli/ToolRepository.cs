using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>
/// A git repository as this one is to a build service that fetches it: its script runs the tool that is built here, so that a test
/// need not build it anew.
/// </summary>
internal sealed class ToolRepository : IDisposable
{
    private readonly ScratchWorkspace _folder = new("composegen");

    public ToolRepository()
    {
        _folder.With("composegen", $"#!/bin/sh\nexec '{Repository.Script}' \"$@\"\n").With(".pre-commit-hooks.yaml", File.ReadAllText(Repository.PathOf(".pre-commit-hooks.yaml")));
        Assert.That(Run.Program("chmod", _folder.Root, "+x", "composegen").ExitCode, Is.Zero);
        Git.Commit(_folder.Root);
    }

    public string Root => _folder.Root;

    public void Dispose() => _folder.Dispose();
}
