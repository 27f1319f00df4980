using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Docker;

/// <summary>A container that someone started by hand, of no Compose project; removed when this is disposed of.</summary>
internal sealed class ForeignContainer : IDisposable
{
    /// <param name="name">Ends the container's name.</param>
    /// <param name="arguments">Of <c>docker run</c>: options, the image, its command.</param>
    public ForeignContainer(string name, params string[] arguments)
    {
        Name = $"{Stack.Prefix}{name}";
        Dispose();
        Outcome = Engine.Try(["run", "--detach", "--init", "--name", Name, .. arguments]);
    }

    public string Name { get; }

    public Outcome Outcome { get; }

    public void Dispose() => _ = Engine.Try("rm", "--force", Name);
}
