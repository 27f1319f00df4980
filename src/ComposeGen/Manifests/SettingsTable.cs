using System.Collections.Frozen;
using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>
/// Every key that <c>composegen.yml</c> can have, once: the reader takes the keys that it knows from here, and the JSON
/// schema for editors is written from it.
/// </summary>
internal static class SettingsTable
{
    private const string Port = "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    // From PortSettings.Lowest on.
    private const string GivenPort =
        "(102[4-9]|10[3-9][0-9]|1[1-9][0-9]{2}|[2-9][0-9]{3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

    private const string Code = "^CG[0-9]{4}$";

    private const string Byte = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    // No `..`, and nothing that is absolute on some system.
    private const string RelativePath = @"^(?![/~]|[^/]:)(?!(.*/)?\.\.(/|$))(?!(\./?|/)*$)[^\\]+$";

    /// <summary>What the mappings in the file are about, by key.</summary>
    public static FrozenDictionary<string, string> Sections { get; } =
        new Dictionary<string, string> { ["ports"] = "Ports on the host.", ["network"] = "Networks of containers.", ["warnings"] = "What is made of messages that stop nothing by themselves." }.ToFrozenDictionary();

    public static ImmutableArray<Setting> All { get; } =
    [
        new(
            null,
            "name",
            "The name of the Compose project, otherwise its folder's: lower-case letters, digits, - and _, a letter or digit first.",
            null,
            [Text("^[a-z0-9][a-z0-9_-]*$"), new ValueForm("integer") { Least = 0 }]
        )
        {
            Examples = ["my-workspace"],
        },
        new(
            "ports",
            "range",
            "The host ports, within 1024 to 65535, that are given where none is demanded with x-fixed: true; those given before stay.",
            $"{PortSettings.Lowest}-{PortSettings.DefaultLast}",
            [Text($"^{GivenPort}-{GivenPort}$")]
        )
        {
            Examples = ["8000-8999"],
        },
        new(
            "ports",
            "reserved",
            "Host ports from 1 to 65535, and ranges of them, that are only given where they are demanded with x-fixed: true.",
            string.Empty,
            [new ValueForm("integer") { Least = 1, Below = PortSyntax.Highest + 1 }, Text($"^{Port}(-{Port})?$")]
        )
        {
            IsList = true,
            Examples = ["3306", "9000-9100"],
        },
        new(
            "ports",
            "host_ip",
            "The address that ports are published on where a project names none; 0.0.0.0 opens them to the whole network.",
            PortSettings.DefaultHostIp,
            [Text($@"^{Byte}(\.{Byte}){{3}}$"), Text("^[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+$")]
        )
        {
            Examples = ["0.0.0.0", "::1"],
        },
        new(
            "network",
            "name",
            "What the network that all projects share is called: lower-case letters, digits and -, a letter first.",
            Settings.DefaultNetwork,
            [Text("^[a-z][a-z0-9-]*$")]
        )
        {
            Examples = ["backbone"],
        },
        new(
            "network",
            "pool",
            "The IPv4 addresses, a range from /8 to /24, that networks get subnets from where there are more than Docker finds addresses for.",
            NetworkPool.Default.Range.ToString(),
            [Text($@"^{Byte}(\.{Byte}){{3}}/([89]|1[0-9]|2[0-4])$")]
        )
        {
            Examples = ["10.77.0.0/16"],
        },
        new(
            null,
            "templates",
            "The folder of your own templates, relative to the workspace and inside of it.",
            TemplatesFolder.Default.Path,
            [Text(RelativePath)]
        )
        {
            Examples = ["tools/templates"],
        },
        new(
            null,
            "python",
            "Python's version, of the third series, for projects that ask for none; in quotes, since 3.10 is else the number 3.1.",
            PythonEnvironment.DefaultVersion,
            // Without quotes YAML takes 3.13 for a number.
            [Text(@"^3(\.[0-9]{1,4}){0,2}$"), new ValueForm("number") { Least = 3, Below = 4 }]
        )
        {
            Examples = ["3.12"],
        },
        new("warnings", "ignore", "Codes of warnings and notes that are not shown.", string.Empty, [Text(Code)])
        {
            IsList = true,
            Examples = ["CG0107"],
        },
        new("warnings", "errors", "Codes of warnings and notes that are errors.", string.Empty, [Text(Code)])
        {
            IsList = true,
            Examples = ["CG0706"],
        },
    ];

    /// <summary>The keys that can stand in the file itself (null) or in one of its mappings.</summary>
    public static string[] Keys(string? section) =>
        section is null
            ? [.. All.Select(setting => setting.Section ?? setting.Key).Distinct()]
            : [.. All.Where(setting => setting.Section == section).Select(setting => setting.Key)];

    private static ValueForm Text(string pattern) => new("string") { Pattern = pattern };
}
