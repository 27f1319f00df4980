using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>
/// An entry of <c>include</c>: files that are merged, the folder that their paths are relative to where it is not the
/// first one's, and the files that variables in them have values in, where they are given.
/// </summary>
internal sealed record IncludeRequest(ImmutableArray<YamlScalar> Paths, YamlScalar? Folder, ImmutableArray<YamlScalar>? EnvironmentFiles);

/// <summary>Reads <c>include</c> (Compose Specification, chapter Include) in its short and its long syntax.</summary>
internal static class IncludeSyntax
{
    private const string NullDevice = "/dev/null";

    public static IEnumerable<IncludeRequest> Read(YamlNode node, DiagnosticBag bag)
    {
        if (node is not YamlSequence list)
        {
            if (node is not YamlScalar { IsNull: true })
            {
                bag.Add(Errors.WrongKind(node.Span, "include", "a list of files", node.Kind));
            }

            return [];
        }

        return list.Items.Select(item => Item(item, bag)).OfType<IncludeRequest>();
    }

    private static IncludeRequest? Item(YamlNode item, DiagnosticBag bag)
    {
        var paths = Texts(item is YamlMapping map ? map["path"] : item);
        if (paths.IsEmpty)
        {
            bag.Add(Errors.WrongKind(item.Span, "an entry of include", "a file, or a mapping with `path`", item.Kind));
            return null;
        }

        var environment = (item as YamlMapping)?["env_file"];
        return new IncludeRequest(
            paths,
            (item as YamlMapping)?["project_directory"] as YamlScalar,
            environment is null ? null : [.. Texts(environment).Where(file => file.Value != NullDevice)]
        );
    }

    private static ImmutableArray<YamlScalar> Texts(YamlNode? node) =>
        node switch
        {
            YamlScalar { IsNull: false } text => [text],
            YamlSequence list => [.. list.Items.OfType<YamlScalar>()],
            _ => [],
        };
}
