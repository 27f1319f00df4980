namespace ComposeGen.Docker;

/// <summary>What to do on this system where Docker, its plugin or its engine is missing.</summary>
internal static class InstallAdvice
{
    public static string Docker() =>
        System() switch
        {
            "macos" => "install Docker Desktop, or: brew install docker docker-compose colima && colima start",
            "windows" => "install Docker Desktop, with its WSL 2 back end",
            "debian" =>
                "sudo apt-get install docker.io docker-cli docker-compose, where this release has Compose 2; otherwise follow docs.docker.com/engine/install/debian",
            "ubuntu" => "sudo apt-get install docker.io docker-compose-v2 docker-buildx",
            "fedora" => "sudo dnf install moby-engine docker-compose && sudo systemctl enable --now docker",
            "arch" => "sudo pacman -S docker docker-compose docker-buildx && sudo systemctl enable --now docker",
            "alpine" => "sudo apk add docker docker-cli-compose && sudo rc-service docker start",
            "suse" => "sudo zypper install docker docker-compose && sudo systemctl enable --now docker",
            _ => "see docs.docker.com/engine/install",
        };

    public static string Compose() =>
        System() switch
        {
            "macos" => "brew install docker-compose, and follow what it prints about cliPluginsExtraDirs",
            "ubuntu" => "sudo apt-get install docker-compose-v2",
            "fedora" => "sudo dnf install docker-compose",
            "arch" => "sudo pacman -S docker-compose",
            "alpine" => "sudo apk add docker-cli-compose",
            _ => "see docs.docker.com/compose/install/linux; the old program `docker-compose` (1.x) does not do",
        };

    /// <summary>Where the plugin is too old.</summary>
    public static string NewCompose() =>
        System() switch
        {
            "macos" => "brew upgrade docker-compose, or update Docker Desktop",
            "windows" => "update Docker Desktop",
            _ => "update it: docs.docker.com/compose/install/linux",
        };

    /// <summary>Where the old program <c>docker-compose</c> is there in its second version, it only has to be put where docker looks.</summary>
    public static string Link(string program) => $"mkdir -p ~/.docker/cli-plugins && ln -s {program} ~/.docker/cli-plugins/docker-compose";

    /// <summary>Where the engine is there and this user may not speak to it.</summary>
    public static string Access() =>
        Host() ?? (OperatingSystem.IsLinux() ? "sudo usermod -aG docker $USER, then log out and in again" : "start Docker Desktop as this user");

    /// <summary>Where no engine answers.</summary>
    public static string Engine()
    {
        if (Host() is { } host)
        {
            return host;
        }

        return System() switch
        {
            "macos" => "start Docker Desktop, or: colima start",
            "windows" => "start Docker Desktop",
            "alpine" => "sudo rc-service docker start",
            _ => "sudo systemctl start docker",
        };
    }

    private static string? Host() =>
        EnginePlace.Because() is { } because ? $"{because}: is that where the engine is?" : null;

    private static string System()
    {
        if (OperatingSystem.IsMacOS() || OperatingSystem.IsWindows())
        {
            return OperatingSystem.IsMacOS() ? "macos" : "windows";
        }

        const string Release = "/etc/os-release";
        var words = File.Exists(Release)
            ? File.ReadLines(Release)
                .Where(line => line.StartsWith("ID=", StringComparison.Ordinal) || line.StartsWith("ID_LIKE=", StringComparison.Ordinal))
                .SelectMany(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('"').Split(' '))
                .ToList()
            : [];
        return words
                .Select(word =>
                    word is "rhel" or "centos" ? "fedora"
                    : word.StartsWith("opensuse", StringComparison.Ordinal) || word == "sles" ? "suse"
                    : word
                )
                .FirstOrDefault(word => word is "debian" or "ubuntu" or "fedora" or "arch" or "alpine" or "suse")
            ?? string.Empty;
    }
}
