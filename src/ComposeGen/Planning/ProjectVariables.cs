using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>The texts of one project with its variables called as in the generated file (Compose Specification, chapter Interpolation).</summary>
internal sealed class ProjectVariables(VariableNames names, Project project)
{
    /// <summary>
    /// Ends the name of a variable that says the host port where the one before it says something else too, such as what the
    /// program in the container listens on: what that is has to stay when the port cannot be had.
    /// </summary>
    public const string PublishedSuffix = "_PUBLISHED";

    /// <summary>Which Compose itself sets.</summary>
    public const string ProjectName = "COMPOSE_PROJECT_NAME";
    public const string WorkingDirectory = "PWD";

    /// <summary>Ends the name of a variable that is set, to nothing, where the one before it is: what <c>${VAR:+…}</c> is written with.</summary>
    public const string GivenSuffix = "_GIVEN";

    /// <summary>Whether the project names no variable at all.</summary>
    public bool IsEmpty => project.Descriptor.Variables.IsEmpty;

    public string Name(string variable) => names.Name(project, variable);

    /// <summary>A text with every variable in it renamed: <c>${VAR:-x}</c> becomes <c>${SHOP_VAR:-${VAR:-x}}</c>.</summary>
    public string Rewrite(string text) =>
        text.Contains('$', StringComparison.Ordinal) && VariableText.Parse(text) is { } parts ? VariableText.Print(Rewrite(parts)) : text;

    /// <summary>The same, where only some of the variables are the project's.</summary>
    public string RewriteOnly(string text, IReadOnlySet<string> own) =>
        VariableText.Parse(text) is { } parts
            ? VariableText.Print([.. parts.SelectMany(part => part.Name is null || own.Contains(part.Name) ? Rewrite(part) : [part])])
            : text;

    /// <summary>
    /// The host port where its descriptor has a variable for it: what that is set to, else the port that was given. Where
    /// several projects publish by a variable of the same name, only the one that is this project's counts.
    /// </summary>
    /// <returns>Null where the port is a number.</returns>
    public string? Published(PublishedPort port)
    {
        if (port.Request.PublishedText is not { } text || VariableText.Parse(text) is not [{ Name: { } name }])
        {
            return null;
        }

        ImmutableArray<TextPart> given = [TextPart.Text(port.Host.ToString(CultureInfo.InvariantCulture))];
        var set = TextPart.Variable(Name(name), ":-", names.IsPortOfSeveral(name) ? given : [TextPart.Variable(name, ":-", given)]);
        var isOnlyPort = project.Descriptor.Variables.Any(use => use.Name == name && use.IsOnlyPort);
        return VariableText.Print([isOnlyPort ? set : TextPart.Variable(Name(name) + PublishedSuffix, ":-", set)]);
    }

    /// <summary>The host address where its descriptor has a variable for it, null where it is one; this machine alone where it is not set.</summary>
    public string? HostIp(PublishedPort port) =>
        port.Request.HostIpText is { } text && VariableText.Parse(text) is { } parts
            ? VariableText.Print(
                parts is [{ Name: { } name }] && string.IsNullOrEmpty(VariableText.Default(text))
                    ? [TextPart.Variable(Name(name), ":-", TextPart.Variable(name, ":-", TextPart.Text(port.HostIp)))]
                    : Rewrite(parts)
            )
            : null;

    private ImmutableArray<TextPart> Rewrite(ImmutableArray<TextPart> parts) => [.. parts.SelectMany(part => Rewrite(part))];

    private ImmutableArray<TextPart> Rewrite(TextPart part)
    {
        if (part.Name is not { } name)
        {
            return [part];
        }

        var own = Name(name);
        var inner = part with { Operand = Rewrite(part.Operand) };
        return (name, part.Operator) switch
        {
            // Two projects are two Compose projects to themselves: what they call after theirs is not to be one.
            (ProjectName, _) =>
            [
                TextPart.Variable(
                    own,
                    "-",
                    part with
                    {
                        Operator = string.Empty,
                        Operand = [],
                    },
                    TextPart.Text("-" + ServiceKeys.Slug(project.Path))
                ),
            ],
            // Compose is started in the workspace, not in the project's folder.
            (WorkingDirectory, _) => [TextPart.Variable(name), TextPart.Text("/" + project.Folder)],
            // There is no form for "where either is set": the second variable says that the first has been asked.
            (_, "+" or ":+") => [inner with { Name = own }, TextPart.Variable(own + GivenSuffix, "-", inner)],
            // Compose up to 2.40 stops at what is demanded in a default even where the default is not needed, so only one name
            // can be asked for; the workspace's `.env` hands on what the other one has.
            (_, "?" or ":?") => [inner with { Name = own, Operator = ":?" }],
            // One that is set to nothing is as good as none to those that ask with a colon.
            (_, ":-") => [TextPart.Variable(own, ":-", inner)],
            // An empty default, so that Compose does not warn of the second where the first is set.
            (_, "") => [TextPart.Variable(own, "-", part with { Operator = "-" })],
            _ => [TextPart.Variable(own, "-", inner)],
        };
    }
}
