namespace ComposeGen.Tests.Docker;

/// <summary>The one place where tests wait for what happens in its own time.</summary>
internal static class Eventually
{
    public static void IsTrue(Func<bool> condition, Func<string> otherwise, int seconds = 60) =>
        Assert.That(condition, Is.True.After(seconds).Seconds.PollEvery(100).MilliSeconds, otherwise);
}
