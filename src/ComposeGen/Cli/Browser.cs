using System.Collections.Immutable;

namespace ComposeGen.Cli;

/// <summary>What opens a page on this machine.</summary>
/// <param name="Program">Looked for on the PATH, or a path.</param>
/// <param name="Arguments">One by one.</param>
internal sealed record Browser(string Program, ImmutableArray<string> Arguments)
{
    /// <summary>Whether its exit code says how it went: that of <c>explorer.exe</c> does not.</summary>
    public bool IsTelling => Program != Explorer;

    private const string Explorer = "explorer.exe";

    /// <summary>
    /// What <c>BROWSER</c> says (programs after <c>:</c>, each with arguments and maybe <c>%s</c> for the URL), else the system's own.
    /// Null where a page would be shown to nobody, or nothing can show it.
    /// </summary>
    /// <param name="url">The page.</param>
    /// <param name="variable">Environment variables.</param>
    /// <param name="isThere">Whether there is a program.</param>
    /// <param name="isMac">Whether this is macOS.</param>
    /// <param name="why">Why there is none.</param>
    public static Browser? Find(string url, Func<string, string?> variable, Func<string, bool> isThere, bool isMac, out string why)
    {
        why = string.Empty;
        var own = (variable("BROWSER") ?? string.Empty)
            .Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Of(line, url))
            .FirstOrDefault(browser => browser is not null && isThere(browser.Program));
        if (own is not null)
        {
            return own;
        }

        if (Has("SSH_CONNECTION") || Has("SSH_TTY"))
        {
            why = "this is an SSH session, and your browser is elsewhere";
            return null;
        }

        var isWindows = Has("WSL_DISTRO_NAME");
        if (!isMac && !isWindows && !Has("DISPLAY") && !Has("WAYLAND_DISPLAY"))
        {
            why = "there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set";
            return null;
        }

        string[] programs = isMac ? ["open"] : isWindows ? ["wslview", Explorer] : ["xdg-open"];
        if (Array.Find(programs, program => isThere(program)) is { } found)
        {
            return new Browser(found, [url]);
        }

        why = $"there is no program {string.Join(" or ", programs)}";
        return null;

        bool Has(string name) => !string.IsNullOrEmpty(variable(name));
    }

    private static Browser? Of(string line, string url)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is not [var program, .. var arguments] ? null
            : line.Contains("%s", StringComparison.Ordinal) ? new Browser(program, [.. arguments.Select(word => word.Replace("%s", url, StringComparison.Ordinal))])
            : new Browser(program, [.. arguments, url]);
    }
}
