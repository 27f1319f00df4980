using System.Globalization;
using System.Text;
using ComposeGen.Manifests;
using Scriban.Functions;
using Scriban.Runtime;
using Scriban.Syntax;

namespace ComposeGen.Rendering;

/// <summary>
/// What a template can call: <c>yaml</c>, <c>entry</c>, <c>literal</c> and <c>include</c>, and Scriban's <c>array</c>,
/// <c>string</c>, <c>math</c> and <c>object</c> functions but those that make output depend on anything but the workspace,
/// evaluate text as code, or run a regular expression without a bound.
/// </summary>
internal static class TemplateFunctions
{
    private static readonly string[] ObjectFunctionsLeftOut = ["eval", "eval_template", "from_json", "to_json"];
    private static readonly string[] MathFunctionsLeftOut = ["random", "uuid"];

    /// <summary>
    /// An <c>include</c> that writes straight to the output instead of returning a text, so that what is written can be
    /// traced to the template that it comes from.
    /// </summary>
    public static TemplateFunction DirectInclude { get; } =
        new(
            (context, caller, arguments) =>
            {
                var path = context.GetTemplatePathFromName(Text(Argument(caller, arguments, 0)), caller);
                context.Evaluate(context.GetOrCreateTemplate(path!, caller).Page!);
                return null;
            }
        );

    /// <param name="withBuiltIns">Scriban's own functions cost milliseconds to set up; the built-in templates do without.</param>
    public static ScriptObject Create(bool withBuiltIns)
    {
        var functions = new ScriptObject
        {
            ["include"] = new IncludeFunction(),
            ["yaml"] = new TemplateFunction((_, caller, arguments) => Yaml(caller, Argument(caller, arguments, 0), Indent(arguments, 1))),
            ["entry"] = new TemplateFunction((_, caller, arguments) => Entry(caller, arguments)),
            ["literal"] = new TemplateFunction((_, caller, arguments) => YamlText.Literal(Text(Argument(caller, arguments, 0)))),
        };
        if (withBuiltIns)
        {
            functions["array"] = new ArrayFunctions();
            functions["string"] = new StringFunctions();
            functions["math"] = Without(new MathFunctions(), MathFunctionsLeftOut);
            functions["object"] = Without(new ObjectFunctions(), ObjectFunctionsLeftOut);
        }

        return functions;
    }

    // yaml VALUE [INDENT]: the value as YAML; what needs several lines starts on a new one, indented so many blanks.
    private static string Yaml(ScriptNode caller, object? value, int indent)
    {
        return value switch
        {
            null => "null",
            TemplateMapping mapping => Block(mapping.Node, indent),
            TemplateSequence sequence => Block(sequence.Node, indent),
            bool flag => flag ? "true" : "false",
            ScriptArray list => Block(
                new YamlFactory(default).List(list.Select(item => new YamlFactory(default).Text(Text(item)))),
                indent
            ),
            int or long or double => Text(value),
            string text => YamlText.Quote(text),
            _ => throw new ScriptRuntimeException(
                caller.Span,
                "`yaml` takes a text, a number, a boolean, or a mapping or list of the Compose file"
            ),
        };
    }

    private static string Block(YamlNode node, int indent)
    {
        var builder = new StringBuilder();
        YamlText.Append(builder, node, indent);
        return builder.ToString().TrimStart(' ');
    }

    // entry MAPPING KEY INDENT: `KEY: VALUE` as it stands in the mapping.
    private static string Entry(ScriptNode caller, ScriptArray arguments)
    {
        if (
            Argument(caller, arguments, 0) is not TemplateMapping mapping
            || Argument(caller, arguments, 1) is not string key
            || mapping.Node[key] is not { } value
        )
        {
            throw new ScriptRuntimeException(
                caller.Span,
                "`entry` takes a mapping of the Compose file, one of its keys, and how far to indent"
            );
        }

        var builder = new StringBuilder();
        YamlText.AppendText(builder, key);
        YamlText.Append(builder.Append(':'), value, Indent(arguments, 2));
        return builder.ToString();
    }

    private static object? Argument(ScriptNode caller, ScriptArray arguments, int index) =>
        index < arguments.Count ? arguments[index] : throw new ScriptRuntimeException(caller.Span, $"argument {index + 1} is missing");

    private static int Indent(ScriptArray arguments, int index) =>
        index < arguments.Count ? Math.Clamp(Convert.ToInt32(arguments[index], CultureInfo.InvariantCulture), 0, 100) : 0;

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    // A member that is not there would come out as nothing; one that is refused says why.
    private static ScriptObject Without(ScriptObject functions, string[] names)
    {
        // A copy, since Scriban's own cannot be replaced: setting one is passed over without a word.
        var kept = new ScriptObject();
        foreach (var (name, function) in functions)
        {
            kept[name] = function;
        }

        foreach (var name in names)
        {
            kept[name] = new TemplateFunction(
                (_, caller, _) =>
                    throw new ScriptRuntimeException(
                        caller.Span,
                        $"`{name}` is not for templates here: what they write depends on the workspace alone"
                    )
            );
        }

        return kept;
    }
}
