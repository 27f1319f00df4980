using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using Scriban;
using Scriban.Runtime;

namespace ComposeGen.Rendering;

/// <summary>
/// Gives every service of a Python environment its Dockerfile, rendered from a template, as <c>dockerfile_inline</c> of
/// its <c>build</c> (Compose Specification, chapter Build).
/// </summary>
internal static class PythonDockerfiles
{
    public const string TemplateName = "python.Dockerfile.sbn";
    private const string Key = "dockerfile_inline";

    /// <param name="document">The document as it was built.</param>
    /// <param name="templates">The templates.</param>
    /// <param name="context">Makes what a template runs in, with these variables.</param>
    /// <param name="bag">Takes what is wrong with the template.</param>
    /// <returns>Null with a diagnostic where the template is wrong.</returns>
    public static ComposeDocument? Fill(
        ComposeDocument document,
        TemplateSet templates,
        Func<ScriptObject, TemplateContext> context,
        DiagnosticBag bag
    )
    {
        if (!document.Services.Planned.Any(service => service.Declaration.Python is not null))
        {
            return document;
        }

        if (templates.Parse(TemplateName, bag) is not { } template)
        {
            return null;
        }

        // What is wrong for one is wrong for all of them: the first message is enough.
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in document.Services.Planned)
        {
            if (service.Declaration.Python is not { } environment)
            {
                continue;
            }

            if (Render(environment, service.Project.Path, template, templates, context, bag) is not { } text)
            {
                return null;
            }

            texts[service.Key] = text;
        }

        return document with
        {
            Services = document.Services.Then(service => NeedsOne(service) ? service with { Body = WithDockerfile(service.Body, texts[service.Planned.Key]) } : service),
        };
    }

    // A service that only runs what another builds has no `build` any more.
    private static bool NeedsOne(ComposeService service) =>
        service.Planned.Declaration.Python is not null && service.Body["build"] is YamlMapping build && build.Contains(Key);

    private static string? Render(
        PythonEnvironment environment,
        string project,
        Template template,
        TemplateSet templates,
        Func<ScriptObject, TemplateContext> context,
        DiagnosticBag bag
    )
    {
        var values = Values(environment, project);
        if (TemplateRenderer.Run(template, context(values), new RenderedText(), bag)?.ToString() is not { } text)
        {
            return null;
        }

        if (text.Split('\n').Any(line => line.TrimStart().StartsWith("FROM ", StringComparison.OrdinalIgnoreCase)))
        {
            return text.Trim('\n') + "\n";
        }

        bag.Add(Errors.NoFrom(templates.PathOf(TemplateName)));
        return null;
    }

    private static ScriptObject Values(PythonEnvironment environment, string project) =>
        new()
        {
            ["python"] = environment.Version,
            ["installer"] = environment.Installer switch
            {
                PythonInstaller.None => null,
                PythonInstaller.Requirements => "pip",
                PythonInstaller.Conda => "conda",
                PythonInstaller.Project => "project",
                PythonInstaller.Uv => "uv",
                PythonInstaller.Poetry => "poetry",
                _ => "pipenv",
            },
            ["files"] = new ScriptArray(environment.Files),
            ["lock"] = environment.Files.FirstOrDefault(file => file.EndsWith(".lock", StringComparison.Ordinal)),
            ["apt"] = new ScriptArray(environment.AptPackages),
            ["channels"] = new ScriptArray(environment.Channels.IsEmpty ? ["conda-forge"] : environment.Channels),
            ["jupyter"] = environment.Jupyter switch
            {
                Jupyter.None => null,
                Jupyter.Lab => "lab",
                _ => "notebook",
            },
            ["port"] = PythonEnvironment.JupyterPort,
            ["project"] = project,
            ["folder"] = PythonService.Folder(project),
        };

    // Compose would take each `$` in it for a variable of its own (chapter Interpolation).
    private static YamlMapping WithDockerfile(YamlMapping body, string text) =>
        Replace(
            body,
            "build",
            build => Replace((YamlMapping)build, Key, old => new YamlScalar(YamlText.Literal(text), false, old.Span) { IsBlock = true })
        );

    private static YamlMapping Replace(YamlMapping map, string key, Func<YamlNode, YamlNode> change) =>
        map with
        {
            Entries = [.. map.Entries.Select(entry => entry.Name == key ? entry with { Value = change(entry.Value) } : entry)],
        };
}
