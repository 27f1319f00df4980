using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Workspaces;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace ComposeGen.Rendering;

/// <summary>Compose document + templates → the file's text, parsed back and checked.</summary>
internal static class TemplateRenderer
{
    public const string MainTemplate = "docker-compose.yml.sbn";
    public const string StackTemplate = "docker-stack.yml.sbn";

    // A template that loops for ever ends here; the loops of a real one grow with the services.
    private const int LoopsAtLeast = 100_000;
    private const int LoopsPerService = 500;

    // In characters. What is longer could not be read back. Ten thousand services come to a fifth of it.
    private const int LongestOutput = WorkspaceFiles.MaxGenerated;
    private const int LongestString = 16 << 20;

    /// <summary>The text; null with diagnostics where a template is wrong, or what it renders is no sound Compose file.</summary>
    /// <param name="document">What is rendered.</param>
    /// <param name="templates">The templates by name.</param>
    /// <param name="bag">Takes what is wrong.</param>
    /// <param name="main">The template of the whole.</param>
    public static RenderedText? Render(ComposeDocument document, TemplateSet templates, DiagnosticBag bag, string main = MainTemplate)
    {
        var services = document.Services.Count;
        if (PythonDockerfiles.Fill(document, templates, values => Context(values, templates, services), bag) is not { } filled)
        {
            return null;
        }

        document = filled;
        if (templates.Parse(main, bag) is not { } template)
        {
            return null;
        }

        // The built-in templates write what is in the trees and nothing else, so that these can be looked at instead of the text.
        var check = templates.IsBuiltIn(main) && templates.IsBuiltIn(ServiceText.Template) ? new DocumentCheck(document) : null;
        var looked = check is null ? document : document with { Services = document.Services.Then(check.Look).Then(ServiceText.Write) };
        var context = Context(looked, templates);
        var output = new RenderedText();
        if (check is not null)
        {
            context.BuiltinObject["include"] = ServiceText.Include(output);
        }

        if (Run(template, context, output, bag) is not { } rendered)
        {
            return null;
        }

        rendered.EndWithLine();
        if (check?.IsSound == true)
        {
            return rendered;
        }

        var problems = new DiagnosticBag();
        RenderedYaml.Check(rendered.ToString(), problems);
        if (problems.HasErrors)
        {
            Blame(problems, template, document, templates, bag);
            return null;
        }

        return rendered;
    }

    /// <summary>What a template writes; null with a diagnostic where it fails.</summary>
    public static RenderedText? Run(Template template, TemplateContext context, RenderedText output, DiagnosticBag bag)
    {
        context.PushOutput(output);
        try
        {
            template.Render(context);
            return output;
        }
        catch (ScriptParserRuntimeException e)
        {
            // A template that is included is parsed when it is first asked for.
            TemplateSet.Report(e.ParserMessages, bag);
            return null;
        }
        catch (ScriptAbortException e)
        {
            bag.Add(Errors.Template(TemplateSet.Place(e.Span), "rendering takes too long, and was stopped here"));
            return null;
        }
        catch (ScriptRuntimeException e)
        {
            bag.Add(Errors.Template(TemplateSet.Place(e.Span), e.OriginalMessage));
            return null;
        }
    }

    // Renders once more, noting where each line comes from: only a faulty template pays for it.
    private static void Blame(DiagnosticBag problems, Template template, ComposeDocument document, TemplateSet templates, DiagnosticBag bag)
    {
        var context = Context(document, templates);
        context.BuiltinObject["include"] = TemplateFunctions.DirectInclude;
        var traced = Run(template, context, new RenderedText(context), new DiagnosticBag());
        var lines = traced?.ToString().Split('\n') ?? [];
        foreach (var problem in problems.Sorted())
        {
            var line = problem.Span?.Line ?? 1;
            bag.Add(Errors.RenderedWrong(traced?.Origin(line), problem.Message, lines.ElementAtOrDefault(line - 1) ?? string.Empty, line));
        }
    }

    private static TemplateContext Context(ComposeDocument document, TemplateSet templates) =>
        Context(Globals(document), templates, document.Services.Count);

    private static TemplateContext Context(ScriptObject globals, TemplateSet templates, int services)
    {
        var context = new TemplateContext(TemplateFunctions.Create(templates.IsCustomized))
        {
            TemplateLoader = templates,
            StrictVariables = true,
            AutoIndent = false,
            LoopLimit = LoopsAtLeast + (LoopsPerService * services),
            RecursiveLimit = 50,
            LimitToString = LongestString,
            OutputLimit = LongestOutput,
            OnStringLimit = ScriptLimitBehavior.Throw,
            OnOutputLimit = ScriptLimitBehavior.Throw,
            NewLine = "\n",
            // Loops are bounded each by itself, and a file holds many; ten thousand services take a second or two.
            CancellationToken = new CancellationTokenSource(TimeSpan.FromSeconds(10 + (services / 500))).Token,
        };
        context.PushGlobal(globals);
        return context;
    }

    private static ScriptObject Globals(ComposeDocument document) =>
        new()
        {
            ["name"] = document.Name,
            ["services"] = new TemplateServices(document.Services),
            ["sections"] = new ScriptArray(
                document.Sections.Select(section => new ScriptObject
                {
                    ["name"] = section.Name,
                    ["keys"] = new ScriptArray(section.Entries.Select(entry => entry.Name)),
                    ["entries"] = new TemplateMapping(new YamlMapping(section.Entries, default)),
                })
            ),
        };
}
