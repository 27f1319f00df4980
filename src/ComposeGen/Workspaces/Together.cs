namespace ComposeGen.Workspaces;

/// <summary>Work on many things that do not depend on each other.</summary>
internal static class Together
{
    // To start a thread takes as long as these take one.
    private const int Few = 32;

    /// <summary>Does something for each number from 0: by several threads where they are many.</summary>
    public static void For(int count, Action<int> body)
    {
        if (count > Few)
        {
            Parallel.For(0, count, body);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            body(i);
        }
    }
}
