namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>
/// Where the generated file does not mean what the original does, and why. A line that no longer holds fails the test, so
/// that none outlives its reason.
/// </summary>
internal static class KnownDifferences
{
    private static readonly (string Case, string Project, string Difference)[] All =
    [
        // Who names a service waits for it; who named its container did not, and was lucky or not.
        (
            "compose-container-name",
            "app",
            """services.beside.depends_on: original nothing, generated {"same":{"condition":"service_started","restart":true,"required":true},"web":{"condition":"service_started","required":true}}"""
        ),
        // Another project needs it, and so it starts without a profile.
        ("profiles-of-a-needed-service", "tools", """services.cache.profiles: original ["tools"], generated nothing"""),
        // What an included file's variables have values in is one environment for the whole project, the first file counting most.
        ("compose-include", "app", """services.long.environment.VALUE: original "long", generated "short" """.TrimEnd()),
        ("compose-include", "app", """services.web.environment.VALUE: original "unset", generated "short" """.TrimEnd()),
        // Compose takes a volume of one letter for a Windows drive. Under its project's name it is no such thing.
        ("volumes", "v", """services.s.volumes[13].source: original nothing, generated "v" """.TrimEnd()),
        ("volumes", "v", """services.s.volumes[13].target: original "v:/one-letter", generated "/one-letter" """.TrimEnd()),
        ("volumes", "v", "volumes.v: original nothing, generated {}"),
    ];

    public static IEnumerable<string> Of(string name, string project) =>
        All.Where(known => known.Case == name && known.Project == project).Select(known => known.Difference);
}
