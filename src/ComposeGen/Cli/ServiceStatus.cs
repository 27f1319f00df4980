using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>How a service is: of several containers, as the one that is worst off.</summary>
/// <param name="Service">Which.</param>
/// <param name="State">In a word or two: <c>running</c>, <c>exited (1)</c>, <c>not created</c>.</param>
/// <param name="IsFine">Whether it does what it is there for.</param>
internal sealed record ServiceStatus(NamedService Service, string State, bool IsFine)
{
    /// <summary>What it is counted as: its health, where that is not good, else its state without the exit code.</summary>
    public string Kind => Health is "unhealthy" or "starting" ? Health : State == "running" && Running < Wanted ? "running in part" : State.Split(" (")[0];

    /// <summary><c>healthy</c>, <c>unhealthy</c>, <c>starting</c>; empty without a health check.</summary>
    public string Health { get; init; } = string.Empty;

    /// <summary>In the engine's own words; empty where there is no container.</summary>
    public string Words { get; init; } = string.Empty;

    /// <summary>The exit code of what has ended.</summary>
    public int? Exit { get; init; }

    /// <summary>How many containers of it run.</summary>
    public int Running { get; init; }

    /// <summary>How many there have to be.</summary>
    public int Wanted { get; init; } = 1;

    public bool IsOneOff { get; init; }

    /// <summary>What the engine says of the time: <c>3 minutes</c> of <c>Up 3 minutes (healthy)</c>.</summary>
    public string Since =>
        string.Join(
            ' ',
            Words.Split(' ').Skip(1).Aggregate((Kept: ImmutableList<string>.Empty, IsInside: false), (text, word) =>
                text.IsInside || word.StartsWith('(') ? (text.Kept, !word.EndsWith(')')) : (text.Kept.Add(word), false)
            ).Kept
        );

    /// <summary>The state with how many of several run.</summary>
    public string Shown =>
        (Wanted > 1 ? string.Create(CultureInfo.InvariantCulture, $"{State}, {Running} of {Wanted}") : State)
        + (IsOneOff ? ", by run" : Service.IsSelected ? string.Empty : ", not selected");

    /// <param name="service">The service.</param>
    /// <param name="containers">Its containers.</param>
    /// <param name="plan">Null where there is none.</param>
    public static ServiceStatus Of(NamedService service, IEnumerable<Container> containers, Plan? plan)
    {
        var own = containers.ToList();
        var wanted = service.Planned is { } planned ? Replicas(planned.Declaration) : 1;
        if (own.Count == 0)
        {
            var (state, isFine) =
                service.Planned?.Declaration.Body.Contains("provider") == true ? ("elsewhere", true)
                : wanted == 0 ? ("none wanted", true)
                : plan is not null && service.IsSelected && !plan.Started.Contains(service.Key) ? ("off by its profile", true)
                : ("not created", false);
            return new ServiceStatus(service, state, isFine) { Wanted = wanted };
        }

        var worst = own.MinBy(Rank)!;
        var isDone = worst is { Status: "exited", ExitCode: 0 } && plan is not null && IsWaitedForToEnd(service, plan);
        var running = own.Count(container => container.Status == "running");
        var isEnough = running >= wanted;
        return new ServiceStatus(service, StateOf(worst, isDone), isDone || (worst.Status == "running" && !worst.IsUnhealthy && isEnough))
        {
            Health = HealthOf(worst),
            Words = worst.Words,
            Exit = worst.IsRunning || worst.Status == "created" ? null : worst.ExitCode,
            Running = running,
            Wanted = Math.Max(wanted, own.Count),
            IsOneOff = worst.IsOneOff,
        };
    }

    private static string StateOf(Container container, bool isDone) =>
        isDone ? "done"
        : container.Status is "exited" or "dead" ? string.Create(CultureInfo.InvariantCulture, $"{container.Status} ({container.ExitCode})")
        : container.Status;

    private static string HealthOf(Container container) =>
        container.IsUnhealthy ? "unhealthy"
        : container.Words.EndsWith("(healthy)", StringComparison.Ordinal) ? "healthy"
        : container.Words.EndsWith("(health: starting)", StringComparison.Ordinal) ? "starting"
        : string.Empty;

    private static int Rank(Container container) =>
        container.Status switch
        {
            "running" => container.IsUnhealthy ? 3 : HealthOf(container) == "starting" ? 4 : 5,
            "paused" => 2,
            "restarting" => 1,
            _ => 0,
        };

    // A job that others wait for is there to end.
    private static bool IsWaitedForToEnd(NamedService service, Plan plan) =>
        plan.Services.Any(other =>
            other.Declaration.Body["depends_on"] is YamlMapping needs
            && needs.Entries.Any(need =>
                (need.Value as YamlMapping)?["condition"] is YamlScalar { Value: "service_completed_successfully" }
                && plan.Names.Find(other.Project, need.Name)?.Key == service.Key
            )
        );

    // `scale`, else `deploy.replicas`; what a variable says is Compose's to know.
    private static int Replicas(ServiceDeclaration declaration) =>
        int.TryParse(
            declaration.Text("scale") ?? ((declaration.Body["deploy"] as YamlMapping)?["replicas"] as YamlScalar)?.Value,
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var count
        )
            ? count
            : 1;
}
