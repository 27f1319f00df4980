using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;
using ScribanSpan = Scriban.Parsing.SourceSpan;

namespace ComposeGen.Rendering;

/// <summary>
/// The templates by name: the workspace's own, and the built-in ones for the names it does not replace. All were read
/// before anything is rendered, so a template cannot reach any other file.
/// </summary>
internal sealed class TemplateSet(Workspace workspace) : ITemplateLoader
{
    // Of the resources of this program.
    private const string BuiltInFolder = "compose.templates/";
    private const string BuiltInMark = " (built in)";

    private readonly ImmutableDictionary<string, SourceText> _own = workspace.Templates;

    // Messages call a built-in one by the place of the file that would replace it.
    private readonly string _folder = workspace.Settings.Templates.Path + "/";

    /// <summary>Whether any template differs from the built-in one of its name.</summary>
    public bool IsCustomized => _own.Any(template => BuiltIn(template.Key) != template.Value.Text);

    /// <summary>Whether a template is the built-in one, or has its text.</summary>
    public bool IsBuiltIn(string name) => !_own.TryGetValue(name, out var template) || BuiltIn(name) == template.Text;

    /// <summary>The parsed template; null with a diagnostic for each of its errors.</summary>
    public Template? Parse(string name, DiagnosticBag bag)
    {
        var template = Template.Parse(Text(name) ?? throw new ArgumentException($"no template {name}", nameof(name)), Path(name));
        Report(template.Messages, bag);
        return template.HasErrors ? null : template;
    }

    /// <summary>Reports the first error of a template: what the parser says after it follows from it.</summary>
    public static void Report(IEnumerable<Scriban.Parsing.LogMessage> messages, DiagnosticBag bag)
    {
        if (messages.FirstOrDefault(message => message.Type == Scriban.Parsing.ParserMessageType.Error) is { } message)
        {
            bag.Add(Errors.Template(Place(message.Span), message.Message));
        }
    }

    public string GetPath(TemplateContext context, ScribanSpan callerSpan, string templateName) =>
        Text(templateName) is null
            ? throw new ScriptRuntimeException(callerSpan, $"there is no template `{templateName}` in {_folder}")
            : Path(templateName);

    public string Load(TemplateContext context, ScribanSpan callerSpan, string templatePath) =>
        Text(templatePath[_folder.Length..].Replace(BuiltInMark, string.Empty, StringComparison.Ordinal))!;

    public ValueTask<string?> LoadAsync(TemplateContext context, ScribanSpan callerSpan, string templatePath) =>
        ValueTask.FromResult<string?>(Load(context, callerSpan, templatePath));

    /// <summary>Scriban counts lines and columns from zero.</summary>
    public static SourceSpan Place(ScribanSpan span)
    {
        var isOneLine = span.Start.Line == span.End.Line;
        return new SourceSpan(
            span.FileName ?? TemplateRenderer.MainTemplate,
            span.Start.Line + 1,
            span.Start.Column + 1,
            isOneLine ? Math.Max(1, span.End.Column - span.Start.Column + 1) : 1
        );
    }

    /// <summary>The text of a built-in template; null where none has this name.</summary>
    public static string? BuiltIn(string name)
    {
        using var stream = typeof(TemplateSet).Assembly.GetManifestResourceStream(BuiltInFolder + name);
        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>What a template is called in messages.</summary>
    public string PathOf(string name) => Path(name);

    private string Path(string name) => $"{_folder}{name}{(_own.ContainsKey(name) ? string.Empty : BuiltInMark)}";

    // What is written is the same wherever a template was edited.
    private string? Text(string name) =>
        (_own.TryGetValue(name, out var template) ? template.Text : BuiltIn(name))?.ReplaceLineEndings("\n");
}
