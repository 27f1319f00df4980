namespace ComposeGen.Tests;

/// <summary>What the tool keeps between runs stays out of the cache of whoever runs the tests.</summary>
[SetUpFixture]
internal sealed class OwnCache
{
    public const string Variable = "XDG_CACHE_HOME";

    private readonly string? _before = Environment.GetEnvironmentVariable(Variable);
    private readonly string _folder = Directory.CreateTempSubdirectory("composegen-test-cache-").FullName;

    [OneTimeSetUp]
    public void Begin() => Environment.SetEnvironmentVariable(Variable, _folder);

    [OneTimeTearDown]
    public void End()
    {
        Environment.SetEnvironmentVariable(Variable, _before);
        Directory.Delete(_folder, recursive: true);
    }
}
