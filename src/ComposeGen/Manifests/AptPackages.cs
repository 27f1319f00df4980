using System.Collections.Immutable;
using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary><c>apt.txt</c>: Debian packages to install, one a line, as repo2docker reads it.</summary>
internal static class AptPackages
{
    public const string FileName = "apt.txt";

    public static ImmutableArray<string> Read(SourceText source, DiagnosticBag bag)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        foreach (var line in PlainLines.Read(source))
        {
            if (IsPackage(line.Value))
            {
                names.Add(line.Value);
            }
            else
            {
                bag.Add(Errors.BadAptPackage(line.Span, line.Value));
            }
        }

        // The order means nothing to apt, and projects of equal packages share a layer.
        return [.. names.Distinct().Order(StringComparer.Ordinal)];
    }

    // Debian policy, 5.6.1: lower-case letters, digits, `+`, `-` and `.`, with a letter or digit first. NAME:ARCHITECTURE and
    // NAME=VERSION say more closely what is meant. Nothing of it means anything to a shell.
    private static bool IsPackage(string text)
    {
        var sides = text.Split('=', 2);
        var parts = sides[0].Split(':');
        return parts.Length <= 2
            && parts.All(part => part.Length > 1 && char.IsAsciiLetterOrDigit(part[0]) && part.All(IsNameCharacter))
            && (sides.Length == 1 || (sides[1].Length > 0 && sides[1].All(IsVersionCharacter)));
    }

    private static bool IsVersionCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-' or '~' or ':';

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '+' or '-' or '.';
}
