using System.Collections.Immutable;

namespace ComposeGen.Docker.Checks;

/// <summary>Every check, in the order in which they are shown, and why it matters.</summary>
internal static class CheckNames
{
    public const string Docker = "docker";
    public const string Context = "context";
    public const string Engine = "engine";
    public const string Access = "access";
    public const string Compose = "compose";
    public const string Buildx = "buildx";
    public const string Disk = "disk";
    public const string Clock = "clock";
    public const string Registry = "registry";
    public const string Addresses = "addresses";
    public const string Rootless = "rootless";
    public const string Snap = "snap";
    public const string SELinux = "selinux";
    public const string Git = "git";
    public const string Workspace = "workspace";
    public const string Generated = "generated";
    public const string Mounts = "mounts";
    public const string Ports = "ports";
    public const string AirPlay = "airplay";

    public static readonly ImmutableArray<(string Id, string Why)> All =
    [
        (Docker, "`up` has the program `docker` do the building and running"),
        (Context, "DOCKER_HOST and docker's context say which engine is asked"),
        (Engine, "the engine builds images and runs containers"),
        (Access, "without it, every question to the engine is refused"),
        (Compose, "`docker compose` starts what was generated, and an old one does not understand it"),
        (Buildx, "Compose builds images with it"),
        (Disk, "images are unpacked there, and volumes grow there"),
        (Clock, "with a wrong clock, registries' certificates look invalid, and builds think new files old"),
        (Registry, "images that are not here yet are pulled from there"),
        (Addresses, "a container's network that shares addresses with a VPN reaches one of the two at most"),
        (Rootless, "an engine without root may not do all that another may"),
        (Snap, "the engine in the snap sees no hidden folder, and nothing outside of your home"),
        (SELinux, "it keeps containers from files that are not labelled for them"),
        (Git, "`ports diff` and renamed projects' ports take it; nothing else does"),
        (Workspace, "`up` starts nothing while something in it is wrong"),
        (Generated, "plain `docker compose` and colleagues take what is committed"),
        (Mounts, "a container must see the files that you see"),
        (Ports, "a host port has one holder"),
        (AirPlay, "a Mac's AirPlay receiver holds host ports 5000 and 7000"),
    ];

    /// <summary>Those without which nothing runs, whatever the workspace.</summary>
    public static readonly ImmutableHashSet<string> OfDocker = [Docker, Context, Engine, Access, Compose];
}
