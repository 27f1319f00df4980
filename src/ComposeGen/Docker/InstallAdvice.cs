namespace ComposeGen.Docker;

/// <summary>What to do on this system where Docker, its plugin or its engine is missing: a command where there is one.</summary>
internal static class InstallAdvice
{
    private static readonly Lazy<MachineSystem> This = new(MachineSystem.Here);

    public static string Docker() => Docker(This.Value);

    public static string Docker(MachineSystem system)
    {
        var command = new InstallRepairs(system).Docker()?.Line(system.IsRoot);
        return system.Family switch
        {
            SystemFamily.MacOS => $"install Docker Desktop, or: {command} && colima start",
            SystemFamily.Windows => "install Docker Desktop, with its WSL 2 back end",
            // Too long to be typed.
            SystemFamily.Debian when command is not null && !new SystemPackages(system).HasPlugins =>
                "follow docs.docker.com/engine/install/debian, or take Debian's own packages, which are older: composegen doctor --fix",
            _ => command ?? $"see docs.docker.com/engine/install{Page(system)}",
        };
    }

    public static string Compose() => Compose(This.Value);

    public static string Compose(MachineSystem system) =>
        new InstallRepairs(system).Compose()?.Line(system.IsRoot) ?? "see docs.docker.com/compose/install/linux; the old program `docker-compose` (1.x) does not do";

    /// <summary>Where the plugin is too old.</summary>
    public static string NewCompose() => NewCompose(This.Value);

    public static string NewCompose(MachineSystem system) =>
        system.Family switch
        {
            SystemFamily.MacOS => "brew upgrade docker-compose, or update Docker Desktop",
            SystemFamily.Windows => "update Docker Desktop",
            _ => "update it: docs.docker.com/compose/install/linux",
        };

    public static string Buildx(MachineSystem system) => new InstallRepairs(system).Buildx()?.Line(system.IsRoot) ?? "see docs.docker.com/go/buildx";

    /// <summary>Where it is too old: a package of the system's would be the same again.</summary>
    public static string NewBuildx(MachineSystem system) =>
        system.Family == SystemFamily.MacOS ? "brew upgrade docker-buildx, or update Docker Desktop" : "update it: docs.docker.com/go/buildx";

    public static string Git(MachineSystem system) => new InstallRepairs(system).Git()?.Line(system.IsRoot) ?? "see git-scm.com/downloads";

    /// <summary>Where the old program <c>docker-compose</c> is there in its second version, it only has to be put where docker looks.</summary>
    public static string Link(string program) => InstallRepairs.Link(program).Line(isRoot: false);

    /// <summary>Where the engine is there and this user may not speak to it.</summary>
    public static string Access() =>
        Host() ?? (OperatingSystem.IsLinux() ? "sudo usermod -aG docker $USER, then log out and in again" : "start Docker Desktop as this user");

    /// <summary>Where no engine answers.</summary>
    public static string Engine() => Host() ?? Engine(This.Value);

    public static string Engine(MachineSystem system) =>
        system.Family == SystemFamily.MacOS ? "start Docker Desktop, or: colima start" : new InstallRepairs(system).Starts().FirstOrDefault()?.Line(system.IsRoot) ?? "start Docker Desktop";

    private static string? Host() =>
        EnginePlace.Because() is { } because ? $"{because}: is that where the engine is?" : null;

    private static string Page(MachineSystem system) =>
        system.Family switch
        {
            SystemFamily.Debian => "/debian",
            SystemFamily.RedHat => "/rhel",
            _ => string.Empty,
        };
}
