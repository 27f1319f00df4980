using System.Collections;
using System.Collections.Immutable;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>
/// The services of a file, built when they are looked at, some at a time: all of them at once would be most of the memory of a
/// run. While some are looked at, other threads build those after them. To be looked at by one thread at a time.
/// </summary>
internal sealed class ComposeServices(ImmutableArray<PlannedService> planned, Func<PlannedService, ComposeService> build)
    : IReadOnlyList<ComposeService>
{
    private const int Window = 64;
    private const int WindowsAhead = 2;

    // By their number: the one that is looked at, and those after it.
    private readonly Dictionary<int, Task<ComposeService[]>> _windows = [];
    private ComposeService[] _built = [];
    private int _current = -1;

    public int Count => planned.Length;

    /// <summary>What they are built from.</summary>
    public ImmutableArray<PlannedService> Planned => planned;

    public ComposeService this[int index]
    {
        get
        {
            if (index / Window != _current)
            {
                _current = index / Window;
                _built = Take(_current);
            }

            return _built[index % Window];
        }
    }

    /// <summary>The services with something done to each, by several threads and in any order.</summary>
    public ComposeServices Then(Func<ComposeService, ComposeService> change) => new(planned, service => change(build(service)));

    public IEnumerator<ComposeService> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ComposeService[] Take(int window)
    {
        // Few services are built before another thread has begun.
        if (planned.Length <= Window)
        {
            return Build(window);
        }

        foreach (var other in _windows.Keys.Where(other => other < window || other > window + WindowsAhead).ToList())
        {
            _windows.Remove(other);
        }

        for (var next = window; next <= window + WindowsAhead && next * Window < planned.Length; next++)
        {
            var number = next;
            if (!_windows.ContainsKey(number))
            {
                _windows[number] = Task.Run(() => Build(number));
            }
        }

        return _windows[window].GetAwaiter().GetResult();
    }

    private ComposeService[] Build(int window)
    {
        var first = window * Window;
        var built = new ComposeService[Math.Min(Window, planned.Length - first)];
        for (var i = 0; i < built.Length; i++)
        {
            built[i] = build(planned[first + i]);
        }

        return built;
    }
}
