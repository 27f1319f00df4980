using System.Text;
using System.Text.RegularExpressions;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docs;

/// <summary>README.md and docs/*.md: whoever writes a new page need not name it here.</summary>
internal static partial class Pages
{
    /// <summary>How many blocks are not run. A block that can be run is worth more than one here less.</summary>
    public const int NotRun = 29;

    /// <summary>Checked by a test of its own, which knows what each of its examples is wrong in.</summary>
    public const string Errors = "docs/errors.md";

    public static IEnumerable<string> All =>
        Directory
            .GetFiles(Repository.PathOf("docs"), "*.md")
            .Select(file => $"docs/{Path.GetFileName(file)}")
            .Append("README.md")
            .Order(StringComparer.Ordinal);

    public static IReadOnlyList<Block> Blocks { get; } =
        [.. All.Where(page => page != Errors).SelectMany(page => Read(page, File.ReadAllText(Repository.PathOf(page.Split('/')))))];

    /// <summary>Blocks that are checked one after another in one workspace.</summary>
    /// <param name="onEngine">Those of which one takes an engine, or those of which none does.</param>
    public static IEnumerable<Tale> Tales(bool onEngine) => Tell(Blocks).Where(tale => tale.TakesEngine == onEngine);

    public static IEnumerable<Tale> Tell(IEnumerable<Block> blocks)
    {
        List<Block> tale = [];
        foreach (var block in blocks.Where(IsRun))
        {
            if (tale.Count > 0 && !(block.Note is { GoesOn: true } && tale[0].Page == block.Page))
            {
                yield return new Tale(tale);
                tale = [];
            }

            tale.Add(block);
        }

        if (tale.Count > 0)
        {
            yield return new Tale(tale);
        }
    }

    public static IReadOnlyList<Block> Read(string page, string text)
    {
        List<Block> blocks = [];
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        string heading = string.Empty, indent = string.Empty;
        Note? note = null;
        for (var i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                var (line, content) = (i + 1, new StringBuilder());
                indent = fence.Groups[1].Value;
                while (lines[++i] != $"{indent}```")
                {
                    content.Append(lines[i].StartsWith(indent, StringComparison.Ordinal) ? lines[i][indent.Length..] : lines[i]).Append('\n');
                }

                blocks.Add(new Block(page, line, heading, fence.Groups[2].Value, content.ToString(), note));
                note = null;
            }
            else if (lines[i].TrimStart().StartsWith("<!--", StringComparison.Ordinal))
            {
                var comment = new StringBuilder(lines[i].TrimStart()[4..]);
                while (!lines[i].Contains("-->", StringComparison.Ordinal))
                {
                    comment.Append('\n').Append(lines[++i]);
                }

                note = ReadNote($"{page}:{i + 1}", comment.ToString().Split("-->")[0].Trim());
            }
            else if (lines[i].Length > 0)
            {
                Assert.That(note, Is.Null, $"{page}:{i + 1}: a comment says how a block is checked, and no block follows");
                heading = lines[i].StartsWith('#') ? lines[i].TrimStart('#', ' ') : heading;
            }
        }

        return blocks;
    }

    private static Note? ReadNote(string place, string comment)
    {
        try
        {
            return Note.IsOne(comment) ? Note.Parse(comment) : null;
        }
        catch (FormatException e)
        {
            throw new FormatException($"{place}: {e.Message}", e);
        }
    }

    private static bool IsRun(Block block) => block.Note is { NotRun: null, IsOnlyRead: false } || (block.Note is null && block is { IsCommands: false, File: not null });

    [GeneratedRegex("^( *)```(\\S*)$")]
    private static partial Regex Fence();
}
