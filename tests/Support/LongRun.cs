namespace ComposeGen.Tests.Support;

/// <summary>
/// How often a test of many tries does it: a few times in <c>./test</c>, as often as the figures in docs/reliability.md say in
/// <c>./test --long</c>, which sets <c>COMPOSEGEN_LONG</c>.
/// </summary>
internal static class LongRun
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("COMPOSEGEN_LONG") is { Length: > 0 };

    public static int Times(int usual, int asked) => IsAsked ? asked : usual;
}
