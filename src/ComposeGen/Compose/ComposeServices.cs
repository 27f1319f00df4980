using System.Collections;
using System.Collections.Immutable;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>
/// The services of a file, built when they are looked at, some at a time: all of them at once would be most of the memory of a
/// run. While some are looked at, a second thread builds those after them. To be looked at by one thread at a time.
/// </summary>
internal sealed class ComposeServices(ImmutableArray<PlannedService> planned, Func<PlannedService, ComposeService> build)
    : IReadOnlyList<ComposeService>
{
    private const int Window = 128;

    private ComposeService[] _built = [];
    private int _first;
    private Task<ComposeService[]>? _next;
    private int _firstOfNext;

    public int Count => planned.Length;

    /// <summary>What they are built from.</summary>
    public ImmutableArray<PlannedService> Planned => planned;

    public ComposeService this[int index]
    {
        get
        {
            if (index < _first || index >= _first + _built.Length)
            {
                var first = index - (index % Window);
                _built = _next is not null && _firstOfNext == first ? _next.GetAwaiter().GetResult() : Build(first);
                (_first, _firstOfNext) = (first, first + Window);
                var next = _firstOfNext;
                _next = next < planned.Length ? Task.Run(() => Build(next)) : null;
            }

            return _built[index - _first];
        }
    }

    /// <summary>The services with something done to each; it is done in their order, in the thread that builds.</summary>
    public ComposeServices Then(Func<ComposeService, ComposeService> change) => new(planned, service => change(build(service)));

    public IEnumerator<ComposeService> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ComposeService[] Build(int first)
    {
        var built = new ComposeService[Math.Min(Window, planned.Length - first)];
        for (var i = 0; i < built.Length; i++)
        {
            built[i] = build(planned[first + i]);
        }

        return built;
    }
}
