using ComposeGen.Diagnostics;

namespace ComposeGen.Manifests;

/// <summary>What <c>pyproject.toml</c> (PEP 621, PEP 735, Poetry) and <c>Pipfile</c> say of versions and packages.</summary>
internal static class PythonProject
{
    public const string FileName = "pyproject.toml";
    public const string PipfileName = "Pipfile";

    /// <returns>
    /// Of <see cref="PythonInstaller.None"/> where the file asks for no packages: many a <c>pyproject.toml</c> only sets up
    /// tools. Null with a diagnostic where it cannot be read.
    /// </returns>
    public static PythonDependencies? Read(SourceText source, DiagnosticBag bag)
    {
        if (TomlReader.Read(source, bag) is not { } root)
        {
            return null;
        }

        var poetry = Table(root["tool"], "poetry");
        if (root["project"] is YamlMapping project)
        {
            var groups = Table(root, "dependency-groups")?.Entries.Select(entry => entry.Value) ?? [];
            var optional = Table(project, "optional-dependencies")?.Entries.Select(entry => entry.Value) ?? [];
            return new PythonDependencies(PythonInstaller.Project, FileName)
            {
                Python = Range(project["requires-python"], bag),
                Packages = [.. Names([project["dependencies"], .. groups, .. optional]), .. PoetryPackages(poetry)],
            };
        }

        return poetry is null
            ? new PythonDependencies(PythonInstaller.None)
            : new PythonDependencies(PythonInstaller.Poetry, FileName)
            {
                Python = Range(Table(poetry, "dependencies")?["python"], bag),
                Packages = [.. PoetryPackages(poetry)],
            };
    }

    public static PythonDependencies? ReadPipfile(SourceText source, DiagnosticBag bag)
    {
        if (TomlReader.Read(source, bag) is not { } root)
        {
            return null;
        }

        var requires = Table(root, "requires");
        return new PythonDependencies(PythonInstaller.Pipenv, PipfileName)
        {
            Python = Range(requires?["python_full_version"] ?? requires?["python_version"], bag),
            Packages = [.. Keys(Table(root, "packages")), .. Keys(Table(root, "dev-packages"))],
        };
    }

    private static IEnumerable<string> PoetryPackages(YamlMapping? poetry) =>
        poetry is null
            ? []
            : Keys(Table(poetry, "dependencies"))
                .Concat(Keys(Table(poetry, "dev-dependencies")))
                .Concat((Table(poetry, "group")?.Entries ?? []).SelectMany(group => Keys(Table(group.Value, "dependencies"))));

    private static IEnumerable<string> Names(IEnumerable<YamlNode?> lists) =>
        lists
            .OfType<YamlSequence>()
            .SelectMany(list => list.Items.OfType<YamlScalar>())
            .Select(item => PythonRequirements.Name(item.Value))
            .OfType<string>();

    private static IEnumerable<string> Keys(YamlMapping? table) =>
        table?.Names.Select(name => PythonRequirements.Name(name)).OfType<string>() ?? [];

    private static YamlMapping? Table(YamlNode? node, string name) => (node as YamlMapping)?[name] as YamlMapping;

    private static PythonRange? Range(YamlNode? node, DiagnosticBag bag)
    {
        switch (node)
        {
            case null:
                return null;
            case YamlScalar { IsPlain: false } text:
                return new PythonRange(text.Span, text.Value);
            default:
                bag.Add(Errors.BadPythonVersion(node.Span, (node as YamlScalar)?.Value ?? node.Kind));
                return null;
        }
    }
}
