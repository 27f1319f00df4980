using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>One service as its descriptor has it: a YAML tree, and what the plan needs to understand of it.</summary>
internal sealed record ServiceDeclaration(string Name, SourceSpan Span, YamlMapping Body)
{
    public required ImmutableArray<PortRequest> Ports { get; init; }

    public required ImmutableArray<ServiceReference> References { get; init; }

    /// <summary>The environment whose image this service runs; null where it has an image or a build of its own.</summary>
    public PythonEnvironment? Python { get; init; }

    /// <summary>The path of the member that the service belongs to, below its project's folder; null for the project's own.</summary>
    public string? Member { get; init; }

    /// <summary>The paths that name a member's service, alone or with others: <c>apps</c> and <c>apps/api</c>.</summary>
    public IEnumerable<string> MemberPaths
    {
        get
        {
            var path = Member is null ? string.Empty : MemberNames.Path(Name, Member);
            return path.Split('/').Select((_, i) => string.Join('/', path.Split('/')[..(i + 1)])).Where(part => part.Length > 0);
        }
    }

    /// <summary>Whether it has volumes with a name, whose data stay when its containers go.</summary>
    public bool HasVolumes => ResourceReferences.Collect(Body).Any(reference => reference.Section == "volumes");

    /// <summary>The value of a key when it is a single one.</summary>
    public string? Text(string key) => Body[key] is YamlScalar { IsNull: false } scalar ? scalar.Value : null;
}

/// <summary>
/// What a project consists of, whichever kind of file said it. The sections are the top level of a Compose file;
/// <see cref="Sections"/> holds volumes, networks, configs, secrets and models by name of the section.
/// </summary>
internal sealed record Descriptor(SourceSpan Span, ImmutableArray<ServiceDeclaration> Services)
{
    /// <summary>The top-level sections whose entries services refer to by name.</summary>
    public static readonly ImmutableArray<string> ResourceSections = ["networks", "volumes", "configs", "secrets", "models"];

    public required ImmutableDictionary<string, YamlMapping> Sections { get; init; }

    /// <summary>The variables that the project's texts name, each once.</summary>
    public ImmutableArray<VariableUse> Variables { get; init; } = [];

    /// <summary>The files, relative to the workspace, in which Compose would look for those variables: the project's <c>.env</c> first. None of them need be there.</summary>
    public ImmutableArray<string> EnvironmentFiles { get; init; } = [];

    /// <summary>False where a service could not be read: what names it is then not known to be wrong.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>False where the project stays off the shared network (<c>shared: false</c>).</summary>
    public bool IsShared { get; init; } = true;

    /// <summary>The paths of all members and of the folders above them.</summary>
    public IEnumerable<string> MemberPaths => Services.SelectMany(service => service.MemberPaths).Distinct(StringComparer.Ordinal);

    /// <summary>The services of the member at this path, or of all members below it.</summary>
    public IEnumerable<ServiceDeclaration> AtOrBelow(string path) => Services.Where(service => service.MemberPaths.Contains(path));

    /// <summary>The one service that a member's path means; null where there is none, or several.</summary>
    public string? ServiceOfMember(string path) => MemberNames.Find(Services.Select(service => (service.Name, service.Member)), path);
}
