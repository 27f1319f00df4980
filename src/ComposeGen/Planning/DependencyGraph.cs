using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>Who needs whom, over all projects.</summary>
internal sealed class DependencyGraph
{
    private readonly Dictionary<string, ImmutableArray<(PlannedService Service, ServiceReference Reference)>> _needs;

    /// <summary>Resolves every reference; those that lead nowhere are reported.</summary>
    public DependencyGraph(ImmutableArray<PlannedService> services, ServiceNames names, DiagnosticBag bag)
    {
        _needs = new(services.Length, StringComparer.Ordinal);
        foreach (var service in services)
        {
            _needs[service.Key] =
            [
                .. service
                    .Declaration.References.Select(reference => (service: names.Resolve(service.Project, reference, bag), reference))
                    .Where(pair => pair.service is not null)
                    .Select(pair => (pair.service!, pair.reference)),
            ];
        }
    }

    /// <summary>How many references were followed.</summary>
    public int Steps { get; private set; }

    /// <summary>What a service itself refers to.</summary>
    public IEnumerable<PlannedService> Needs(PlannedService service) => _needs[service.Key].Select(need => need.Service);

    /// <summary>
    /// The services given and all they need, each with the one that first needed it (null for those given). An optional
    /// dependency (<c>required: false</c>) brings nothing along.
    /// </summary>
    public Dictionary<string, PlannedService?> Closure(IEnumerable<PlannedService> services)
    {
        var reached = new Dictionary<string, PlannedService?>(StringComparer.Ordinal);
        var queue = new Queue<PlannedService>();
        foreach (var service in services.Where(service => reached.TryAdd(service.Key, null)))
        {
            queue.Enqueue(service);
        }

        while (queue.TryDequeue(out var service))
        {
            foreach (var (needed, reference) in _needs[service.Key])
            {
                Steps++;
                if (!reference.IsOptional && reached.TryAdd(needed.Key, service))
                {
                    queue.Enqueue(needed);
                }
            }
        }

        return reached;
    }

    /// <summary>
    /// Reports each cycle once, as <c>a -> b -> a</c>, at the reference that closes it. Walks with a stack of its own: a
    /// chain may be thousands long.
    /// </summary>
    public void CheckCycles(ImmutableArray<PlannedService> services, DiagnosticBag bag)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        var onPath = new Dictionary<string, int>(StringComparer.Ordinal);
        var path = new List<(PlannedService Service, int Next)>();
        foreach (var start in services.Where(service => !done.Contains(service.Key)))
        {
            Push(start);
            while (path.Count > 0)
            {
                var (service, next) = path[^1];
                var needs = _needs[service.Key];
                if (next == needs.Length)
                {
                    path.RemoveAt(path.Count - 1);
                    onPath.Remove(service.Key);
                    done.Add(service.Key);
                    continue;
                }

                Steps++;
                path[^1] = (service, next + 1);
                var (needed, reference) = needs[next];
                if (onPath.TryGetValue(needed.Key, out var from))
                {
                    bag.Add(
                        Errors.DependencyCycle(reference.Span, [.. path.Skip(from).Select(step => step.Service.Address), needed.Address])
                    );
                }
                else if (!done.Contains(needed.Key))
                {
                    Push(needed);
                }
            }
        }

        void Push(PlannedService service)
        {
            onPath[service.Key] = path.Count;
            path.Add((service, 0));
        }
    }
}
