using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Manifests;

namespace ComposeGen.Planning;

/// <summary>A variable of a service's <c>environment</c>, with its value as the generated file has it.</summary>
internal readonly record struct AddressVariable(string Name, string Value);

/// <summary>
/// What each service is told through its environment: where it is itself, and where the services are that it depends on,
/// seen from inside the networks and from the host. All of it follows from the plan's services and their ports.
/// </summary>
internal sealed class ServiceAddresses
{
    private readonly Plan _plan;

    // The plan's own: the names in it may lead to services that have other ports.
    private readonly Dictionary<string, PlannedService> _running;
    private readonly ConcurrentDictionary<string, ImmutableArray<Address>> _addresses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _networks = new(StringComparer.Ordinal);

    public ServiceAddresses(Plan plan)
    {
        _plan = plan;
        _running = plan.Services.ToDictionary(service => service.Key, StringComparer.Ordinal);
    }

    /// <summary>The variables that are added to a service which runs, sorted by name; none that its descriptor names itself.</summary>
    public ImmutableArray<AddressVariable> Of(PlannedService service)
    {
        var body = service.Declaration.Body;
        if (body.Contains("provider"))
        {
            return [];
        }

        var own = ServiceEnvironment.Names(body["environment"]).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Called(service)
                .SelectMany(other => Told(service, other))
                .Where(address => !own.Contains(address.Name))
                .Select(address => new AddressVariable(address.Name, Value(service, address)))
                .OrderBy(variable => variable.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>The variable of the workspace's <c>.env</c> that says what a service's env_file sets this one to.</summary>
    public static string InFile(PlannedService service, string name) => $"{VariableNames.Upper(service.Key)}_FILE_{name}";

    private IEnumerable<PlannedService> Called(PlannedService service) =>
        ServiceReferences
            .Called(service.Declaration.Body)
            .Select(reference => _plan.Names.Find(service.Project, reference.Name)?.Key)
            .Prepend(service.Key)
            .Distinct()
            .Select(key => key is null ? null : _running.GetValueOrDefault(key))
            .OfType<PlannedService>();

    private IEnumerable<Address> Told(PlannedService service, PlannedService other)
    {
        var networks = Networks(service);
        var isReached = Networks(other).Any(network => networks.Contains(network, StringComparer.Ordinal));
        return Addresses(other).Where(address => isReached || !address.IsInside);
    }

    private ImmutableArray<string> Networks(PlannedService service)
    {
        if (!_networks.TryGetValue(service.Key, out var networks))
        {
            _networks[service.Key] = networks = [.. NetworkPlanner.For(service, _plan.Workspace.Settings.SharedNetwork).Select(membership => membership.Network)];
        }

        return networks;
    }

    // What `environment` says counts more than an env_file; so that it does not here, the file's value is asked for first.
    private static string Value(PlannedService service, Address address) =>
        service.Declaration.Body["env_file"] is null or YamlScalar { IsNull: true }
            ? address.Value
            : $"${{{InFile(service, address.Name)}-{address.Value}}}";

    private ImmutableArray<Address> Addresses(PlannedService service)
    {
        if (!_addresses.TryGetValue(service.Key, out var addresses))
        {
            _addresses[service.Key] = addresses = _plan.AddressNames.Prefix(service) is { } prefix ? [.. All(service, prefix)] : [];
        }

        return addresses;
    }

    private IEnumerable<Address> All(PlannedService service, string prefix)
    {
        var names = _plan.Variables.For(service.Project);
        var ports = ServicePorts.Of(service);
        yield return new Address($"{prefix}_HOST", service.Key, IsInside: true);
        if (ports is [var first, ..])
        {
            yield return new Address($"{prefix}_PORT", PortUrl.Target(first.Request, names), IsInside: true);
        }

        foreach (var (port, i) in ports.Select((port, i) => (port, i)))
        {
            var number = port.Request.Target.ToString(CultureInfo.InvariantCulture);
            // A number that only a variable tells is no part of a name.
            var ofPort = ports.Length > 1 && port.Request.Target > 0 ? $"{prefix}_{number}" : null;
            foreach (var name in (string?[])[i == 0 ? prefix : null, ofPort])
            {
                if (name is null)
                {
                    continue;
                }

                yield return new Address($"{name}_URL", PortUrl.Inside(service.Key, port.Request, names), IsInside: true);
                if (port.Published is { } published)
                {
                    yield return new Address($"{name}_PUBLIC_URL", PortUrl.Of(published, names), IsInside: false);
                }
            }
        }
    }

    private readonly record struct Address(string Name, string Value, bool IsInside);
}
