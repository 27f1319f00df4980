using System.Text;
using ComposeGen.Planning;

namespace ComposeGen.Rendering;

/// <summary>
/// A further Compose file for one start on one machine (Compose Specification, the chapter Merge): what is different here
/// and now never changes the file that is committed.
/// </summary>
internal static class LocalOverride
{
    /// <param name="withoutGpu">Services that ask for a GPU and are to do without.</param>
    /// <param name="built">Keys of services whose image has been built just now, or is not to be built.</param>
    /// <returns>Null where there is nothing to say.</returns>
    public static string? Text(IEnumerable<GpuRequest> withoutGpu, IEnumerable<string> built)
    {
        var text = new StringBuilder();
        var requests = withoutGpu.ToDictionary(request => request.Service.Key, StringComparer.Ordinal);
        var images = built.ToHashSet(StringComparer.Ordinal);
        foreach (var key in requests.Keys.Union(images).Order(StringComparer.Ordinal))
        {
            text.Append("  ").Append(YamlText.Quote(key)).Append(":\n");
            if (images.Contains(key))
            {
                text.Append("    pull_policy: missing\n");
            }

            foreach (var (path, kept) in requests.TryGetValue(key, out var request) ? request.Keys : [])
            {
                for (var i = 0; i < path.Length; i++)
                {
                    text.Append(' ', 4 + (2 * i)).Append(path[i]).Append(i < path.Length - 1 ? ":\n" : ":");
                }

                text.Append(kept is null ? " !reset null" : " !override");
                if (kept is not null)
                {
                    YamlText.Append(text, kept, 4 + (2 * path.Length));
                }

                text.Append('\n');
            }
        }

        return text.Length == 0 ? null : $"services:\n{text}";
    }
}
