using System.Collections.Immutable;

namespace ComposeGen.Manifests.Specification;

/// <summary>What may stand at a key: one of several shapes, of which no two are of one kind.</summary>
internal sealed record Form(ImmutableArray<Shape> Shapes)
{
    /// <summary>The shape as which a mapping is to be read; null where none fits. So with the others.</summary>
    public SectionShape? Section { get; } = Shapes.OfType<SectionShape>().FirstOrDefault();

    public NamesShape? Names { get; } = Shapes.OfType<NamesShape>().FirstOrDefault();

    public ListShape? List { get; } = Shapes.OfType<ListShape>().FirstOrDefault();

    public bool MayBeNothing { get; } = Shapes.Any(shape => shape is NullShape);

    public ImmutableArray<ScalarType> Scalars { get; } = [.. Shapes.OfType<ScalarShape>().Select(shape => shape.Type)];

    /// <summary>In words: "a text or a list of texts".</summary>
    public string Description => string.Join(" or ", Shapes.Where(shape => shape is not NullShape).Select(shape => shape.Description));
}

/// <summary>One shape of a value, in words and for a schema.</summary>
internal abstract record Shape
{
    /// <summary>"a text", "a list of texts".</summary>
    public abstract string Description { get; }

    public abstract string Plural { get; }
}

/// <summary>Nothing at all: a key with no value.</summary>
internal sealed record NullShape : Shape
{
    public override string Description => "nothing";

    public override string Plural => "nothing";
}

/// <summary>A scalar that is read as this type.</summary>
internal sealed record ScalarShape(ScalarType Type) : Shape
{
    public override string Description => Type.Description;

    public override string Plural => Type.Plural;
}

/// <summary>A list; with <paramref name="IsUnique"/>, Compose refuses an item that stands twice.</summary>
internal sealed record ListShape(Form Items, bool IsUnique) : Shape
{
    public override string Description => $"a list of {string.Join(" or ", Items.Shapes.Select(shape => shape.Plural))}";

    public override string Plural => "lists";
}

/// <summary>A mapping whose keys the specification knows, by the name of its section in <see cref="ComposeTable"/>.</summary>
internal sealed record SectionShape(string Section) : Shape
{
    public override string Description => "a mapping";

    public override string Plural => "mappings";
}

/// <summary>A mapping whose keys are names that users give.</summary>
internal sealed record NamesShape(Form Values) : Shape
{
    public override string Description => "a mapping";

    public override string Plural => "mappings";
}

/// <summary>A key of a section.</summary>
internal sealed record SectionKey(string Name, Form Form, bool IsRequired);

/// <summary>The keys that a mapping may have; those that begin with <c>x-</c> are extensions and welcome in any (chapter Extensions).</summary>
internal sealed record Section(string Name, ImmutableArray<SectionKey> Keys)
{
    private readonly Dictionary<string, SectionKey> _byName = Keys.ToDictionary(key => key.Name, StringComparer.Ordinal);

    public IEnumerable<string> Names => Keys.Select(key => key.Name);

    public IEnumerable<SectionKey> Required { get; } = [.. Keys.Where(key => key.IsRequired)];

    public SectionKey? this[string name] => _byName.GetValueOrDefault(name);
}
