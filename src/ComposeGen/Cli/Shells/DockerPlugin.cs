using ComposeGen.Docker;

namespace ComposeGen.Cli.Shells;

/// <summary>
/// As a plug-in of docker's, <c>docker composegen …</c>: a link to the program called <c>docker-composegen</c> among its plug-ins.
/// </summary>
/// <remarks>"Docker CLI plugins" of Docker's documentation: what a plug-in answers, and how it is called.</remarks>
internal static class DockerPlugin
{
    private const string Name = "composegen";
    private const string Request = "docker-cli-plugin-metadata";

    private static readonly string[] WithValue = ["-c", "--context", "-H", "--host", "--config", "-l", "--log-level", "--tlscacert", "--tlscert", "--tlskey"];

    /// <summary>Whether docker asks what this is.</summary>
    public static bool IsAsked(string[] args) => args is [Request, ..];

    public static int Answer(Terminal terminal)
    {
        terminal.Out.WriteLine(
            $$"""{"SchemaVersion":"0.1.0","Vendor":"The ComposeGen authors","Version":"{{Help.Version}}","ShortDescription":"Many Compose projects side by side"}"""
        );
        terminal.Out.Flush();
        return ExitCode.Done;
    }

    /// <summary>
    /// The arguments as they are without docker: docker hands over its own options and the plug-in's name before them. Of its
    /// options, those count that say which engine to ask.
    /// </summary>
    public static string[] Own(string[] args)
    {
        var isCompletion = args is [Completion.Request, ..];
        var start = isCompletion ? 1 : 0;
        var name = start;
        while (name < args.Length && args[name] is ['-', ..])
        {
            name += WithValue.Contains(args[name]) ? 2 : 1;
        }

        if (name >= args.Length || args[name] != Name)
        {
            return args;
        }

        for (var i = start; i < name; i++)
        {
            var (option, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], i + 1 < name ? args[i + 1] : string.Empty);
            switch (option)
            {
                case "-c" or "--context":
                    EnginePlace.Use(value);
                    break;
                case "-H" or "--host":
                    EnginePlace.UseHost(value);
                    break;
                case "--config":
                    EnginePlace.UseSettings(value);
                    break;
            }
        }

        return [.. args[..start], .. args[(name + 1)..]];
    }
}
