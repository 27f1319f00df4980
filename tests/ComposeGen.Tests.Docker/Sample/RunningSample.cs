using System.Security.Cryptography;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker.Sample;

/// <summary>A copy of the repository's own workspace, brought up once for the tests of this folder.</summary>
[SetUpFixture]
internal sealed class RunningSample
{
    private static Stack? _stack;

    public static Stack Stack => _stack ?? throw new InvalidOperationException("the sample is not running");

    /// <summary>What <c>up</c> printed.</summary>
    public static string Printed { get; private set; } = string.Empty;

    /// <summary>What projects/ held before anything ran.</summary>
    public static string[] FilesBefore { get; private set; } = [];

    /// <summary>Every file below projects/, with its hash.</summary>
    internal static string[] Files() =>
        [
            .. Directory
                .GetFiles(Path.Combine(Stack.Root, "projects"), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file =>
                    $"{Path.GetRelativePath(Stack.Root, file)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"
                ),
        ];

    [OneTimeSetUp]
    public void Brings_it_up()
    {
        Engine.Require();
        _stack = new Stack("sample");
        foreach (var file in (string[])["which-project", "which-project.lock"])
        {
            _stack.With(file, File.ReadAllText(Repository.PathOf(file)));
        }

        foreach (var folder in (string[])["projects", "compose.templates"])
        {
            _stack.WithCopyOf(Repository.PathOf(folder), folder);
        }

        FilesBefore = Files();
        Printed = _stack.Do("up", "-d", "--wait").Output;
    }

    [OneTimeTearDown]
    public void Removes_it() => _stack?.Dispose();
}
