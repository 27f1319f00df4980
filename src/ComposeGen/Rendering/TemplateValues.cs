using System.Collections;
using ComposeGen.Compose;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace ComposeGen.Rendering;

/// <summary>
/// YAML trees as template values, made when a template asks for them: a mapping's keys are members, a list is a list, a
/// scalar its text. Nothing else reaches a template: members of .NET objects would differ between builds of the tool.
/// </summary>
internal static class TemplateValues
{
    public static object? From(YamlNode node) =>
        node switch
        {
            YamlScalar scalar => scalar.IsNull ? null : scalar.Value,
            YamlSequence sequence => new TemplateSequence(sequence),
            YamlMapping mapping => new TemplateMapping(mapping),
            _ => throw new InvalidOperationException($"{node.GetType()} is no YAML value"),
        };
}

/// <summary>A list; keeps the tree that the <c>yaml</c> function writes.</summary>
internal sealed class TemplateSequence(YamlSequence node) : ScriptArray(node.Items.Select(TemplateValues.From))
{
    public YamlSequence Node => node;
}

/// <summary>A mapping, read-only; <paramref name="extra"/> are members that come before its keys.</summary>
internal sealed class TemplateMapping(YamlMapping node, IReadOnlyDictionary<string, object?>? extra = null) : IScriptObject
{
    public YamlMapping Node => node;

    /// <summary>Of a service: what its template would write, where that is known already.</summary>
    public byte[]? Text { get; init; }

    public int Count => node.Entries.Length + (extra?.Count ?? 0);

    public bool IsReadOnly
    {
        get => true;
        set { }
    }

    public IEnumerable<string> GetMembers() => (extra?.Keys ?? []).Concat(node.Names);

    public bool Contains(string member) => extra?.ContainsKey(member) == true || node.Contains(member);

    public bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        if (extra is not null && extra.TryGetValue(member, out value))
        {
            return true;
        }

        var child = node[member];
        value = child is null ? null : TemplateValues.From(child);
        return child is not null;
    }

    public bool CanWrite(string member) => false;

    public bool TrySetValue(TemplateContext? context, SourceSpan span, string member, object? value, bool readOnly) => false;

    public bool Remove(string member) => false;

    public void SetReadOnly(string member, bool readOnly)
    {
        // Everything is read-only already.
    }

    public IScriptObject Clone(bool deep) => this;
}

/// <summary>The services of the file, each made when a template comes to it.</summary>
internal sealed class TemplateServices(ComposeServices services) : IList
{
    public int Count => services.Count;

    public bool IsFixedSize => true;

    public bool IsReadOnly => true;

    public bool IsSynchronized => false;

    public object SyncRoot => this;

    public object? this[int index]
    {
        get => index >= 0 && index < Count ? Of(services[index]) : null;
        set => throw ReadOnly();
    }

    public IEnumerator GetEnumerator() => services.Select(Of).GetEnumerator();

    public int Add(object? value) => throw ReadOnly();

    public void Clear() => throw ReadOnly();

    public bool Contains(object? value) => IndexOf(value) >= 0;

    public void CopyTo(Array array, int index)
    {
        foreach (var service in this)
        {
            array.SetValue(service, index++);
        }
    }

    // Each is made anew where it is asked for, so none is one of these.
    public int IndexOf(object? value) => -1;

    public void Insert(int index, object? value) => throw ReadOnly();

    public void Remove(object? value) => throw ReadOnly();

    public void RemoveAt(int index) => throw ReadOnly();

    // Scriban says where in a template.
    private static NotSupportedException ReadOnly() => new("`services` can only be read");

    // Of one whose text is known, a template asks for nothing else.
    private static TemplateMapping Of(ComposeService service) =>
        service.Text is { } text ? new(service.Body) { Text = text }
        : new(
            service.Body,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["key"] = service.Planned.Key,
                ["name"] = service.Planned.Name,
                ["project"] = service.Planned.Project.Path,
                ["address"] = service.Planned.Address,
                ["keys"] = new ScriptArray(service.Body.Names),
                ["urls"] = new ScriptArray(service.Planned.Ports.Select(PortUrl.Of)),
            }
        );
}
