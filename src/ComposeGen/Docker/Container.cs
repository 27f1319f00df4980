using System.Collections.Immutable;
using System.Net;
using ComposeGen.Workspaces;

namespace ComposeGen.Docker;

/// <summary>A host port that a container holds, or will want back when it is started again.</summary>
internal readonly record struct BoundPort(IPAddress Address, int Port, string Protocol);

/// <summary>A container on the engine, running or not. <see cref="Project"/> and <see cref="Folder"/>: Compose's labels, empty where it has none.</summary>
internal sealed record Container(string Name, string Status, string Project, string Folder, ImmutableArray<BoundPort> Ports)
{
    public required string Id { get; init; }

    /// <summary>The key of its service in the Compose file; empty where it has none.</summary>
    public required string Service { get; init; }

    /// <summary>Whether <c>docker compose run</c> started it, and not <c>up</c>.</summary>
    public required bool IsOneOff { get; init; }

    /// <summary>Its program's, where it has ended.</summary>
    public int ExitCode { get; init; }

    /// <summary>When it last ended, as the engine tells it.</summary>
    public string Finished { get; init; } = string.Empty;

    public bool IsUnhealthy { get; init; }

    /// <summary>How it is, in the engine's own words: <c>Up 3 minutes (healthy)</c>, <c>Exited (1) 2 hours ago</c>.</summary>
    public string Words { get; init; } = string.Empty;

    public bool IsRunning => Status is "running" or "restarting" or "paused";

    /// <summary>Whether it was started from a folder, whichever symbolic links its path goes through.</summary>
    public bool IsFrom(string folder) => Folder.Length > 0 && RealPath.AreSame(Folder, folder);

    /// <summary>Whether it is of a Compose project of this name that lives in another folder.</summary>
    public bool IsElsewhere(string project, string folder) => Project == project && Folder.Length > 0 && !IsFrom(folder);
}
