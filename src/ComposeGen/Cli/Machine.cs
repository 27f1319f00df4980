using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;
using ComposeGen.Processes;
using ComposeGen.Rendering;
using ComposeGen.Workspaces;

namespace ComposeGen.Cli;

/// <summary>
/// What is different on this machine alone: the ports and subnets that were moved here, remembered in the generated
/// <c>docker-compose.override.yml</c>. One that a person wrote, or changed, is never touched.
/// </summary>
internal sealed class Machine
{
    private readonly WorkspaceFiles _files;
    private readonly Plan _committed;
    private readonly string? _current;

    private Machine(WorkspaceFiles files, Plan committed)
    {
        (_files, _committed) = (files, committed);
        _current = OutputFile.Current(files, DockerCompose.OverrideName);
        Memory = LocalPlan.Remembered(committed, IsOurs ? Read(_current!) : MachinePorts.None, committed.Workspace.Local.Slot);
        Here = LocalPlan.Apply(committed, Memory);
    }

    /// <summary>What is remembered.</summary>
    public MachinePorts Memory { get; private set; }

    /// <summary>The plan with this machine's ports.</summary>
    public Plan Here { get; private set; }

    // Whether the file is one that may be written anew: there is none, or nobody has changed it since it was generated.
    private bool IsOurs => Header.IsUntouched;

    private (bool HasHeader, bool IsUntouched) Header => GeneratedText.Override.Inspect(_current ?? string.Empty);

    public static Machine Of(WorkspaceFiles files, Plan committed) => new(files, committed);

    /// <summary>Moves ports, here only, to where nobody is.</summary>
    public void Move(IReadOnlySet<PortKey> keys, Func<int, bool> isBusy) =>
        Remember(LocalPlan.Move(_committed, Memory, keys, isBusy));

    /// <summary>Moves networks, here only, to addresses that this machine does not use.</summary>
    public void Move(IEnumerable<string> networks, IEnumerable<Subnet> used) =>
        Remember(LocalPlan.MoveSubnets(_committed, Memory, networks, used));

    /// <summary>Forgets what was moved of some services; of all where none are given.</summary>
    public void Forget(IReadOnlySet<string>? services) =>
        Remember(
            LocalPlan.Remembered(
                _committed,
                services is null
                    ? MachinePorts.None with { Slot = Memory.Slot }
                    : Memory with { Ports = [.. Memory.Ports.Where(port => !services.Contains(port.Key.Service))] },
                Memory.Slot
            )
        );

    /// <summary>
    /// The override file as it has to be, which is gone where nothing is left for it to say; nothing where it is not to be
    /// touched, with a diagnostic where it would have to be and is somebody's.
    /// </summary>
    public ImmutableArray<OutputText> File(DiagnosticBag bag)
    {
        if (HasUsersOverride && (Header.HasHeader || !Memory.IsEmpty))
        {
            bag.Add(CannotBeWritten);
        }

        return HasUsersOverride || (Memory.IsEmpty && !IsOurs)
            ? []
            : [new OutputText(DockerCompose.OverrideName, Override(_committed) is { } text ? GeneratedText.Override.WithHeader(text) : null)];
    }

    /// <summary>Why nothing can be remembered where the override file is somebody's own.</summary>
    public Diagnostic CannotBeWritten =>
        Header.HasHeader ? Errors.OverrideEdited(DockerCompose.OverrideName) : Errors.OverrideWritten(DockerCompose.OverrideName);

    /// <summary>Writes the override file.</summary>
    /// <param name="bag">Takes what there is to say.</param>
    /// <param name="log">Is told what was written.</param>
    /// <returns>False with a diagnostic where the machine does not let it.</returns>
    public bool Write(DiagnosticBag bag, TextWriter log)
    {
        var texts = File(bag);
        if (!OutputFile.WriteAll(_files, texts, bag))
        {
            return false;
        }

        Tell(texts, bag, log);
        return true;
    }

    /// <summary>Says what was written of this.</summary>
    public void Tell(ImmutableArray<OutputText> written, DiagnosticBag bag, TextWriter log)
    {
        if (written.Any(text => text.Text is not null && text.Text != _current))
        {
            bag.AddAll(Unignored());
            log.WriteLine($"wrote {DockerCompose.OverrideName}: what is different on this machine");
        }
    }

    /// <summary>Keys of the services whose ports a user's own override file sets: what it makes of them is Compose's to say.</summary>
    public ImmutableHashSet<string> WithUsersPorts =>
        HasUsersOverride
        && (YamlReader.Read(new SourceText(DockerCompose.OverrideName, _current!), new DiagnosticBag()) as YamlMapping)?["services"]
            is YamlMapping services
            ? [.. services.Entries.Where(entry => (entry.Value as YamlMapping)?.Contains("ports") == true).Select(entry => entry.Name)]
            : [];

    /// <summary>Whether the override file, where there is one, is somebody's own.</summary>
    public bool HasUsersOverride => !string.IsNullOrWhiteSpace(_current) && !IsOurs;

    /// <summary>What an override file has to say of a part of the plan; null where that is nothing.</summary>
    public string? Override(Plan part) => Memory.IsEmpty ? null : MachineOverride.Text(part, LocalPlan.Apply(part, Memory), Memory);

    // Git itself knows best, and is asked only where something is new.
    private IEnumerable<Diagnostic> Unignored()
    {
        var git = new Git(_files.Root);
        return ((string[])[DockerCompose.OverrideName, LocalSettings.FileName])
            .Where(file => file == DockerCompose.OverrideName || _files.Exists(file))
            .Where(file => !git.Ignores(file))
            .Select(Errors.LocalNotIgnored);
    }

    private void Remember(MachinePorts memory)
    {
        Memory = memory;
        Here = LocalPlan.Apply(_committed, memory);
    }

    private static MachinePorts Read(string text) => MachinePorts.Read(new SourceText(DockerCompose.OverrideName, text));
}
