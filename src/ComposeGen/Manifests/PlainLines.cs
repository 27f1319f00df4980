namespace ComposeGen.Manifests;

/// <summary>Files of one entry a line, where <c>#</c> starts a comment at the start of a line or after white space.</summary>
internal static class PlainLines
{
    /// <summary>The entries that there are, each with its place.</summary>
    public static IEnumerable<YamlScalar> Read(SourceText source)
    {
        var start = 0;
        foreach (var line in source.Text.Split('\n'))
        {
            var text = WithoutComment(line);
            var blanks = text.Length - text.TrimStart().Length;
            text = text.Trim();
            if (text.Length > 0)
            {
                yield return new YamlScalar(text, true, source.At(start + blanks, text.Length));
            }

            start += line.Length + 1;
        }
    }

    private static string WithoutComment(string line)
    {
        for (var i = line.IndexOf('#', StringComparison.Ordinal); i >= 0; i = line.IndexOf('#', i + 1))
        {
            if (i == 0 || char.IsWhiteSpace(line[i - 1]))
            {
                return line[..i];
            }
        }

        return line;
    }
}
