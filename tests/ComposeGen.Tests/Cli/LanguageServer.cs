using System.Text.Json;

namespace ComposeGen.Tests.Cli;

/// <summary>A place in a text, both from zero.</summary>
internal sealed record TextPlace(int Line, int Character);

/// <summary>What the server is asked: without a schema, the one counts that the text names.</summary>
internal sealed record LanguageQuestion(string Text)
{
    public string? Schema { get; init; }

    /// <summary>The files that the schema is for; null for all.</summary>
    public string[]? FileMatch { get; init; }

    public string? File { get; init; }

    public TextPlace[] Hover { get; init; } = [];

    public TextPlace[] Complete { get; init; } = [];
}

internal sealed record Completion(string Label, string Documentation);

internal sealed record LanguageAnswer(string[] Messages, string[] Hovers, Completion[][] Completions);

/// <summary>The YAML language server, which is that of VS Code and most other editors. It runs on Node.js.</summary>
internal static class LanguageServer
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly Lazy<string> Folder = new(() => NodeFolder.Install("yaml-language-server", "what editors say by the schemas"));

    /// <summary>What it says of each text, by a schema.</summary>
    public static IReadOnlyList<string[]> Messages(string schema, IEnumerable<string> texts) =>
        [.. Ask([.. texts.Select(text => new LanguageQuestion(text) { Schema = schema })]).Select(answer => answer.Messages)];

    public static IReadOnlyList<LanguageAnswer> Ask(params LanguageQuestion[] questions) =>
        JsonSerializer.Deserialize<LanguageAnswer[]>(NodeFolder.Run(Folder.Value, "ask.js", JsonSerializer.Serialize(questions, Web)), Web)!;
}
