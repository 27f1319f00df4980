using System.Collections.Immutable;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>A service as it will stand in the file: what the plan knows of it, and the mapping under its key.</summary>
internal sealed record ComposeService(PlannedService Planned, YamlMapping Body)
{
    /// <summary>Its part of the file as UTF-8, where that is known already.</summary>
    public byte[]? Text { get; init; }
}

/// <summary>The whole Compose file as trees, every collection in the order in which it will be written.</summary>
internal sealed record ComposeDocument
{
    /// <summary>The Compose project's name where the settings give one; otherwise it is left to the folder's.</summary>
    public required string? Name { get; init; }

    public required ComposeServices Services { get; init; }

    /// <summary>Top-level sections by name (<c>networks</c>, <c>volumes</c>, …), those with nothing in them left out.</summary>
    public required ImmutableArray<(string Name, ImmutableArray<YamlEntry> Entries)> Sections { get; init; }
}
