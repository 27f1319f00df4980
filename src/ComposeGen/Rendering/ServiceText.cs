using System.Text;
using ComposeGen.Compose;
using Scriban.Syntax;

namespace ComposeGen.Rendering;

/// <summary>
/// What the built-in template of a service writes, without the template: most of a large file is that, and it can be written by
/// the threads that build the services. A test holds that both write the same.
/// </summary>
internal static class ServiceText
{
    public const string Template = "service.yml.sbn";

    private static readonly ScriptVariable Variable = ScriptVariable.Create("service", ScriptVariableScope.Global);

    [ThreadStatic]
    private static StringBuilder? _builder;

    /// <summary>The service with its text.</summary>
    public static ComposeService Write(ComposeService service)
    {
        var text = (_builder ??= new StringBuilder()).Clear();
        YamlText.AppendText(text.Append(' ', 2), service.Planned.Key);
        text.Append(":\n");
        foreach (var (key, value) in service.Body.Entries)
        {
            YamlText.AppendText(text.Append(' ', 4), key.Value);
            YamlText.Append(text.Append(':'), value, 6);
            text.Append('\n');
        }

        return service with { Text = Encoding.UTF8.GetBytes(text.ToString()) };
    }

    /// <summary>An <c>include</c> that takes the text of the template of services from the service.</summary>
    public static TemplateFunction Include(RenderedText output) =>
        new(
            (context, caller, arguments) =>
            {
                if (arguments is [Template] && context.GetValue(Variable) is TemplateMapping { Text: { } text })
                {
                    output.Append(text);
                    return null;
                }

                return TemplateFunctions.DirectInclude.Invoke(context, caller, arguments, null);
            }
        );
}
