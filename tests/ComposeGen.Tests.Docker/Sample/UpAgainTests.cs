namespace ComposeGen.Tests.Docker.Sample;

public class UpAgainTests
{
    [Test]
    public void A_second_up_recreates_and_rebuilds_nothing()
    {
        var before = State().ToList();
        RunningSample.Stack.Do("up", "-d", "--wait");
        Assert.That(State(), Is.EqualTo(before).And.Exactly(7).Items);
    }

    // Which container, of which image, running since when.
    private static IEnumerable<string> State() =>
        RunningSample.Stack.Containers.Select(id => Engine.Inspect(id, "{{.Name}} {{.Id}} {{.Image}} {{.State.StartedAt}}"));
}
