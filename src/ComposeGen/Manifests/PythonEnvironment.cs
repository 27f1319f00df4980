using System.Collections.Immutable;

namespace ComposeGen.Manifests;

/// <summary>How the packages of a Python environment come into its image.</summary>
internal enum PythonInstaller
{
    /// <summary>Nothing is asked for: there are only notebooks.</summary>
    None,

    /// <summary><c>requirements.txt</c>, through pip.</summary>
    Requirements,

    /// <summary><c>environment.yml</c>, through micromamba.</summary>
    Conda,

    /// <summary><c>pyproject.toml</c> with a <c>[project]</c>, through pip.</summary>
    Project,

    /// <summary><c>pyproject.toml</c> with <c>uv.lock</c>.</summary>
    Uv,

    /// <summary><c>pyproject.toml</c> of Poetry.</summary>
    Poetry,

    /// <summary><c>Pipfile</c>.</summary>
    Pipenv,
}

internal enum Jupyter
{
    None,
    Notebook,
    Lab,
}

/// <summary>A Python environment as a project's own files describe it, for which an image is described from a template.</summary>
/// <param name="Installer">How its packages are installed.</param>
/// <param name="Version">Python's version as the image is tagged (<c>3.11</c>); null where <c>environment.yml</c> names it.</param>
/// <param name="Jupyter">What the image runs by itself.</param>
internal sealed record PythonEnvironment(PythonInstaller Installer, string? Version, Jupyter Jupyter)
{
    /// <summary>Where Jupyter listens in the container.</summary>
    public const int JupyterPort = 8888;

    /// <summary>The newest that nearly every package has been built for.</summary>
    public const string DefaultVersion = "3.13";

    /// <summary>What is copied into the image to install from, the installer's own file first; relative to the project's folder.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Debian packages, from <c>apt.txt</c>.</summary>
    public ImmutableArray<string> AptPackages { get; init; } = [];

    /// <summary>Conda channels, from <c>environment.yml</c>.</summary>
    public ImmutableArray<string> Channels { get; init; } = [];
}

/// <summary>What one dependency file says: the version of Python that it asks for, and the packages that it names.</summary>
/// <param name="Installer">How its packages are installed.</param>
/// <param name="File">The file, relative to the project's folder.</param>
internal sealed record PythonDependencies(PythonInstaller Installer, string? File = null)
{
    /// <summary>Null where the file leaves it open.</summary>
    public PythonRange? Python { get; init; }

    /// <summary>Names of packages that tell which Jupyter is meant, in lower case.</summary>
    public ImmutableHashSet<string> Packages { get; init; } = [];

    /// <summary>Files that this one names (<c>-r base.txt</c>), each with its place, relative to the project's folder.</summary>
    public ImmutableArray<YamlScalar> Includes { get; init; } = [];

    /// <summary>See <see cref="PythonEnvironment.Channels"/>.</summary>
    public ImmutableArray<string> Channels { get; init; } = [];

    /// <summary>Whether <c>environment.yml</c> itself has Python among its packages.</summary>
    public bool NamesPython { get; init; }
}
