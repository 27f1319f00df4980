using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Workspaces;

namespace ComposeGen.Planning;

/// <summary>
/// What the variables begin with that tell a service's addresses: <c>SHOP_WEB</c> for <c>shop:web</c>. Where two would come
/// to one name, there are two underscores behind the project, as in <see cref="VariableNames"/>.
/// </summary>
internal sealed class AddressNames
{
    // Nobody types a longer one, and YAML has no room for one of a thousand characters before a colon.
    private const int Longest = 200;

    private const string Public = "_PUBLIC";
    private static readonly char[] Digits = [.. "0123456789"];

    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal);

    /// <param name="services">All there are, running or not: what one is called does not depend on who else runs.</param>
    /// <param name="bag">Takes names that still meet.</param>
    public static AddressNames Of(ImmutableArray<PlannedService> services, DiagnosticBag bag)
    {
        var plain = services.Select(service => (Service: service, Prefix: Plain(service))).ToList();
        var byPlain = plain.ToLookup(pair => pair.Prefix, pair => pair.Service, StringComparer.Ordinal);
        var spaced = plain
            .Select(pair => Other(pair.Service, pair.Prefix, byPlain) is null ? pair : (pair.Service, Prefix: Spaced(pair.Service)))
            .ToList();
        var bySpaced = spaced.ToLookup(pair => pair.Prefix, pair => pair.Service, StringComparer.Ordinal);
        var names = new AddressNames();
        foreach (var (service, prefix) in spaced)
        {
            if (prefix.Length > Longest)
            {
                continue;
            }

            if (Other(service, prefix, bySpaced) is not { } other)
            {
                names._prefixes[service.Address] = prefix;
            }
            else
            {
                bag.Add(
                    Errors
                        .SameAddressNames(service.Declaration.Span, service.Address, prefix, other.Address)
                        .With(other.Declaration.Span, "the other one")
                );
            }
        }

        return names;
    }

    /// <summary>Null where the names would be another service's too, or longer than anybody wants.</summary>
    public string? Prefix(PlannedService service) => _prefixes.GetValueOrDefault(service.Address);

    // A project of one service that is called like its folder is that service. Not an adopted one: the program in it may
    // itself read what begins with its name, `PAPERLESS_URL` in Paperless.
    private static string Plain(PlannedService service)
    {
        var path = service.Project.Path;
        var isAlone = service.Project.Kind != ProjectKind.ComposeFile && service.Project.Descriptor.Services.Length == 1;
        return VariableNames.Upper(isAlone && service.Name == path[(path.LastIndexOf('/') + 1)..] ? path : $"{path}/{service.Name}");
    }

    private static string Spaced(PlannedService service) => VariableNames.Upper($"{service.Project.Path}//{service.Name}");

    // Two of one key have been reported; they are one here.
    private static PlannedService? Other(PlannedService service, string prefix, ILookup<string, PlannedService> byPrefix) =>
        byPrefix[prefix].FirstOrDefault(other => other.Key != service.Key) ?? Shorter(prefix, byPrefix);

    // `SHOP_WEB_PUBLIC_URL` is the public URL of shop:web, and the URL of shop:web-public; so it is with `SHOP_WEB_443_URL`,
    // where shop:web has several ports.
    private static PlannedService? Shorter(string prefix, ILookup<string, PlannedService> byPrefix)
    {
        var isPublic = prefix.EndsWith(Public, StringComparison.Ordinal);
        var rest = isPublic ? prefix[..^Public.Length] : prefix;
        if (isPublic && byPrefix[rest].FirstOrDefault(other => !other.Ports.IsEmpty) is { } published)
        {
            return published;
        }

        var name = rest.TrimEnd(Digits);
        return
            name.EndsWith('_') && int.TryParse(rest[name.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? byPrefix[name[..^1]]
                .FirstOrDefault(other =>
                    ServicePorts.Of(other) is { Length: > 1 } ports && ports.Any(port => port.Request.Target == number)
                )
            : null;
    }
}
