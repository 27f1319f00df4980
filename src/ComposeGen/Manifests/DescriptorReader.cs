using System.Collections.Immutable;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests.Specification;

namespace ComposeGen.Manifests;

/// <summary>Gives a service the image that is described for its project's Python environment; null where the project has none.</summary>
internal delegate PythonEnvironment? PythonCompletion(ref YamlMapping body);

/// <summary>
/// A project's YAML tree → <see cref="Descriptor"/>. <c>project.yml</c> is a Compose file with the keys <c>service</c>
/// (one service, named like the project), <c>shared</c>, <c>members</c> and <c>exclude</c> added.
/// </summary>
internal static class DescriptorReader
{
    /// <summary>The tree of a descriptor; null with diagnostics where the text is not a mapping.</summary>
    public static YamlMapping? ReadTree(SourceText source, DiagnosticBag bag)
    {
        var problems = new DiagnosticBag();
        var root = YamlReader.Read(source, problems);
        bag.AddAll(problems.Sorted());
        if (root is null ? !problems.HasErrors : root is not YamlMapping)
        {
            bag.Add(
                root is null ? Errors.EmptyDescriptor(source.At(0, 1)) : Errors.WrongKind(root.Span, "a descriptor", "a mapping", root.Kind)
            );
        }

        return root as YamlMapping;
    }

    /// <summary>The descriptor that a tree stands for: one that was read, or one that the tool itself makes (of a Dockerfile alone).</summary>
    /// <param name="root">The whole tree, with members written into it.</param>
    /// <param name="projectName">What the service of the shorthand is called: the last part of the project's path.</param>
    /// <param name="bag">Takes every problem found.</param>
    /// <param name="python">What completes a service that has neither an image nor a build; null where it cannot.</param>
    public static Descriptor FromTree(YamlMapping root, string projectName, DiagnosticBag bag, PythonCompletion? python = null)
    {
        CheckForms(root, bag);
        root = ContainerNames.Resolve(root);
        var services = ReadServices(root, projectName, bag, python);
        return new Descriptor(root.Span, services)
        {
            IsComplete = services.Length > 0 && services.Length == ((root["services"] as YamlMapping)?.Entries.Length ?? 1),
            Sections = ReadSections(root, bag),
            IsShared = ReadShared(root, bag),
            Variables = VariableUses.Collect(Completed(root, services), bag),
        };
    }

    /// <summary>Reports keys and values that cannot stand where they do.</summary>
    public static void CheckForms(YamlMapping root, DiagnosticBag bag) =>
        new FormCheck(bag).Section(root, ComposeTable.File, ComposeTable.Own);

    // The services as they will run, with what was added to them.
    private static YamlMapping Completed(YamlMapping root, ImmutableArray<ServiceDeclaration> services) =>
        (root with { Entries = [.. root.Entries.Where(entry => entry.Name != "service")] }).With(
            "services",
            new YamlMapping(
                [.. services.Select(service => new YamlEntry(new YamlScalar(service.Name, false, service.Span), service.Body))],
                root.Span
            )
        );

    private static ImmutableArray<ServiceDeclaration> ReadServices(
        YamlMapping root,
        string projectName,
        DiagnosticBag bag,
        PythonCompletion? python
    )
    {
        var shorthand = root.Entries.FirstOrDefault(e => e.Name == "service");
        var section = root.Entries.FirstOrDefault(e => e.Name == "services");
        if (shorthand.Key is not null && section.Key is not null)
        {
            bag.Add(Errors.ServiceAndServices(shorthand.Key.Span).With(section.Key.Span, "`services` given here"));
        }

        if (shorthand.Key is not null)
        {
            return ReadService(shorthand with { Key = shorthand.Key with { Value = projectName } }, bag, python) is { } one ? [one] : [];
        }

        if (section.Value is not YamlMapping services || services.Entries.IsEmpty)
        {
            bag.Add(
                section.Value is null or YamlMapping or YamlScalar { IsNull: true }
                    ? Errors.NoServices(section.Key?.Span ?? root.Span)
                    : Errors.WrongKind(section.Value.Span, "services", "a mapping of names to services", section.Value.Kind)
            );
            return [];
        }

        return
        [
            .. services
                .Entries.Where((entry, i) => !(entry.Value is YamlScalar { IsNull: true } && IsKeyTooFarLeft(services.Entries.ElementAtOrDefault(i + 1))))
                .Select(entry => ReadService(entry, bag, python))
                .OfType<ServiceDeclaration>(),
        ];
    }

    // `image: x` that is indented like the service's name: the name before it then seems to have nothing below it.
    private static bool IsKeyTooFarLeft(YamlEntry entry) => entry.Key is not null && entry.Value is not YamlMapping && IsServiceKey(entry.Name);

    private static ServiceDeclaration? ReadService(YamlEntry entry, DiagnosticBag bag, PythonCompletion? python)
    {
        if (!IsServiceName(entry.Name))
        {
            bag.Add(Errors.BadServiceName(entry.Key.Span, entry.Name));
        }

        if (entry.Value is not YamlMapping body)
        {
            bag.Add(
                Errors.WrongKind(
                    entry.Value is YamlScalar { IsNull: true } || IsServiceKey(entry.Name) ? entry.Key.Span : entry.Value.Span,
                    $"service `{entry.Name}`",
                    "a mapping with an `image` or a `build`",
                    entry.Value.Kind,
                    IsServiceKey(entry.Name) ? $"if `{entry.Name}` belongs to a service, indent it further than the service's name" : null
                )
            );
            return null;
        }

        // A misspelt `image` has been reported as what it is.
        var isSaid = body.Names.Any(name => !IsServiceKey(name) && Suggest.Nearest(name, ["image", "build"]) is not null);
        var environment = isSaid || PythonService.HasImage(body) || body.Contains("extends") ? null : python?.Invoke(ref body);
        if (
            !isSaid
            && !body.Contains("extends")
            && body.Entries.All(e => e.Name is not ("image" or "build" or "provider") || e is { Name: "image", Value: YamlScalar { IsPlain: false, Value: "" } })
        )
        {
            bag.Add(Errors.NoImage(entry.Key.Span, entry.Name));
        }

        ServiceRules.Check(body, bag);
        return new ServiceDeclaration(entry.Name, entry.Key.Span, body)
        {
            Ports = ReadPorts(body, bag),
            References = ServiceReferences.Collect(body),
            Python = environment,
        };
    }

    private static ImmutableArray<PortRequest> ReadPorts(YamlMapping body, DiagnosticBag bag)
    {
        var requests = PortSyntax.Read(body["ports"], bag);
        if (requests.Count == 0 || body["network_mode"] is not YamlScalar { Value: "host" })
        {
            return [.. requests];
        }

        bag.Add(Errors.PortsOnHostNetwork(requests[0].Span));
        return [];
    }

    private static ImmutableDictionary<string, YamlMapping> ReadSections(YamlMapping root, DiagnosticBag bag)
    {
        var sections = ImmutableDictionary.CreateBuilder<string, YamlMapping>(StringComparer.Ordinal);
        foreach (var name in Descriptor.ResourceSections)
        {
            switch (root[name])
            {
                case YamlMapping mapping:
                    sections[name] = mapping;
                    CheckResources(name, mapping, bag);
                    break;
                case null or YamlScalar { IsNull: true }:
                    break;
                case var other:
                    bag.Add(Errors.WrongKind(other.Span, name, "a mapping", other.Kind));
                    break;
            }
        }

        return sections.ToImmutable();
    }

    private static void CheckResources(string section, YamlMapping resources, DiagnosticBag bag)
    {
        foreach (var entry in resources.Entries)
        {
            if (section is "secrets" or "configs")
            {
                ServiceRules.CheckContent(section, entry, bag);
            }
            else if (section == "volumes")
            {
                ServiceRules.CheckExternal(entry, bag);
            }
        }
    }

    private static bool ReadShared(YamlMapping root, DiagnosticBag bag)
    {
        switch (root["shared"])
        {
            case null or YamlScalar { IsPlain: true, Value: "true" }:
                return true;
            case YamlScalar { IsPlain: true, Value: "false" }:
                return false;
            case var other:
                bag.Add(Errors.WrongKind(other.Span, "shared", "true or false", other is YamlScalar s ? $"`{s.Value}`" : other.Kind));
                return true;
        }
    }

    private static bool IsServiceKey(string name) =>
        ComposeTable.Section(ComposeTable.Service)[name] is not null || name.StartsWith("x-", StringComparison.Ordinal);

    // Compose Specification, Services: a key matches [a-zA-Z0-9._-]+.
    private static bool IsServiceName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
