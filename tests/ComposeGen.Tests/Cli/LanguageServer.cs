using System.Text.Json;

namespace ComposeGen.Tests.Cli;

/// <summary>The YAML language server, whose validator is that of VS Code and most other editors. It runs on Node.js.</summary>
internal static class LanguageServer
{
    /// <summary>What it says of each text, by a schema.</summary>
    public static IReadOnlyList<string[]> Messages(string schema, IEnumerable<string> texts) =>
        JsonSerializer.Deserialize<string[][]>(
            NodeScript.Run("yaml-language-server", "validate.js", JsonSerializer.Serialize(texts.Select(text => new { schema, text })))
        )!;
}
