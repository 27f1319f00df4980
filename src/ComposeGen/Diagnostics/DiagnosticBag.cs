namespace ComposeGen.Diagnostics;

/// <summary>
/// What a run has to say. Stages add to it and go on, so that every problem is reported at once. Not safe for several
/// threads: give each its own and <see cref="AddAll"/> them in a fixed order.
/// </summary>
internal sealed class DiagnosticBag
{
    /// <summary>How much is said of one file: nobody reads more, and a file that is made to hurt has a million mistakes.</summary>
    public const int MostInFile = 1000;

    private readonly List<Diagnostic> _items = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public bool HasErrors { get; private set; }

    public bool IsEmpty => _items.Count == 0;

    /// <summary>Whether there are errors, and all of them are the machine's doing.</summary>
    public bool HasMachinesErrorsOnly => HasErrors && _items.TrueForAll(item => item.IsMachines || item.Severity != Severity.Error);

    public void Add(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == Severity.Error;
        if (diagnostic.Span is not { File: { } file })
        {
            _items.Add(diagnostic);
            return;
        }

        var count = _counts[file] = _counts.GetValueOrDefault(file) + 1;
        if (count <= MostInFile)
        {
            _items.Add(diagnostic);
        }
        else if (count == MostInFile + 1)
        {
            _items.Add(Errors.TooManyProblems(file, MostInFile));
        }
    }

    /// <summary>Whether nothing more is taken of this file, and so need not be looked for.</summary>
    public bool IsFull(string file) => _counts.GetValueOrDefault(file) > MostInFile;

    public void AddAll(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>All of them by place, the same whatever order they were found in; those without a place come first.</summary>
    public IReadOnlyList<Diagnostic> Sorted()
    {
        if (IsEmpty)
        {
            return [];
        }

        var particular = _items.Where(item => item is { IsGeneral: false, Severity: Severity.Error, Span: not null }).Select(item => item.Span).ToHashSet();
        return
        [
            .. _items
                .Where(item => !item.IsGeneral || !particular.Contains(item.Span))
                .Distinct()
                .OrderBy(d => d.Span?.File, StringComparer.Ordinal)
                .ThenBy(d => d.Span?.Line)
                .ThenBy(d => d.Span?.Column)
                .ThenByDescending(d => d.Severity)
                .ThenBy(d => d.Code, StringComparer.Ordinal)
                .ThenBy(d => d.Message, StringComparer.Ordinal),
        ];
    }
}
