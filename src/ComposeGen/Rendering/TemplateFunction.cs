using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace ComposeGen.Rendering;

/// <summary>A function that templates can call, without the reflection that Scriban's own way of importing one needs.</summary>
internal sealed class TemplateFunction(Func<TemplateContext, ScriptNode, ScriptArray, object?> body) : IScriptCustomFunction
{
    public int RequiredParameterCount => 0;

    public int ParameterCount => 0;

    public ScriptVarParamKind VarParamKind => ScriptVarParamKind.Direct;

    public Type ReturnType => typeof(object);

    public ScriptParameterInfo GetParameterInfo(int index) => new(typeof(object), string.Empty);

    public object? Invoke(
        TemplateContext context,
        ScriptNode? callerContext,
        ScriptArray arguments,
        ScriptBlockStatement? blockStatement
    ) => body(context, callerContext!, arguments);

    public ValueTask<object?> InvokeAsync(
        TemplateContext context,
        ScriptNode? callerContext,
        ScriptArray arguments,
        ScriptBlockStatement? blockStatement
    ) => ValueTask.FromResult(body(context, callerContext!, arguments));
}
