using System.Text;

namespace ComposeGen.Tests.Docs;

/// <summary>A command as a block shows it, and what it prints.</summary>
/// <param name="Command">One or several lines.</param>
/// <param name="Expected">May be empty.</param>
/// <param name="IsCompared">Not where a comment says in words what comes, or the block has commands alone.</param>
internal sealed record Step(string Command, string Expected, bool IsCompared)
{
    public static IReadOnlyList<Step> Of(string block)
    {
        if (!block.Contains("$ ", StringComparison.Ordinal) || !block.StartsWith("$ ", StringComparison.Ordinal))
        {
            return [.. block.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new Step(line, string.Empty, IsCompared: false))];
        }

        List<Step> steps = [];
        var (command, output) = (string.Empty, new StringBuilder());
        foreach (var line in block.TrimEnd('\n').Split('\n').Append("$ "))
        {
            if (line.StartsWith("$ ", StringComparison.Ordinal))
            {
                if (command.Length > 0)
                {
                    steps.Add(new Step(command, output.ToString(), output.Length > 0 || !command.Contains(" # ", StringComparison.Ordinal)));
                }

                (command, output) = (line[2..], new StringBuilder());
            }
            else if (command.EndsWith('\\'))
            {
                command += $"\n{line}";
            }
            else
            {
                output.Append(line).Append('\n');
            }
        }

        return steps;
    }
}

/// <summary>How a command ended, and what it printed on both streams.</summary>
internal sealed record Result(int ExitCode, string Text);
