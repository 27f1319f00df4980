using System.Collections.Immutable;

namespace ComposeGen.Docker;

/// <summary>Which images the engine has.</summary>
internal static class Images
{
    // Each is a program of its own.
    private const int AtOnce = 8;

    /// <summary>Those that it has not.</summary>
    public static async Task<ImmutableHashSet<string>> Missing(IEnumerable<string> images)
    {
        var all = images.Distinct().ToArray();
        if (all.Length == 0 || await AreThere(all))
        {
            return [];
        }

        var missing = new List<string>();
        foreach (var some in all.Chunk(AtOnce))
        {
            var are = await Task.WhenAll(some.Select(image => AreThere(image)));
            missing.AddRange(some.Where((_, i) => !are[i]));
        }

        return [.. missing];
    }

    private static async Task<bool> AreThere(params string[] images)
    {
        var answer = await DockerClient.Ask(["image", "inspect", "--format", "{{.Id}}", .. images]);
        return answer.ExitCode == 0
            || (answer.Error.Contains("no such image", StringComparison.OrdinalIgnoreCase) ? false : throw DockerClient.Refused(answer));
    }
}
