using System.Collections.Immutable;
using System.Text;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Manifests;
using ComposeGen.Output;
using ComposeGen.Planning;

namespace ComposeGen.Cli;

/// <summary>The file with the images for one platform.</summary>
internal sealed record SavedImages(string Platform, string Path);

/// <summary>
/// Images on their way elsewhere. There they have names of their own, after what is in them: a machine that has another image
/// of the name that one has here keeps it.
/// </summary>
/// <param name="plan">Whose images they are.</param>
/// <param name="compose">Makes them.</param>
/// <param name="understood">The services as Compose understands them.</param>
/// <param name="composeFiles">The Compose files.</param>
/// <param name="repository">What their names begin with.</param>
internal sealed class ShippedImages(
    Plan plan,
    DockerCompose compose,
    ImmutableDictionary<string, ComposedService> understood,
    IReadOnlyList<string> composeFiles,
    string repository
)
{
    // Of a hash, in hexadecimal digits: enough that two do not meet.
    private const int Digits = 12;

    // The ids by platform and by what the image is called here.
    private readonly List<(string Platform, ImmutableDictionary<string, string> Ids)> _platforms = [];
    private readonly HashSet<string> _tagged = new(StringComparer.Ordinal);
    private ImmutableDictionary<string, string> _before = [];

    /// <summary>What each service's image is called there, by the service's key.</summary>
    public IReadOnlyDictionary<string, string> Names { get; private set; } = ImmutableDictionary<string, string>.Empty;

    private IEnumerable<PlannedService> WithImages =>
        plan.Services.Where(service => understood.ContainsKey(service.Key) && !service.Declaration.Body.Contains("provider"));

    /// <summary>Builds and pulls for each platform; for the engine's own where none is given.</summary>
    /// <returns>The exit code; where it is not <see cref="ExitCode.Done"/>, the bag may say why.</returns>
    public async Task<int> Make(string[] platforms, UpFailure failure, DiagnosticBag bag)
    {
        var own = await ImageTransfer.Platform();
        var refs = WithImages.Select(service => understood[service.Key].Image).Distinct().ToList();
        _before = platforms.Length == 0 ? [] : await ImageTransfer.Ids(refs);
        foreach (var platform in platforms.Length == 0 ? [own] : platforms)
        {
            var foreign = platforms.Length == 0 ? null : platform;
            if (await Make(foreign, failure, bag) is var code && code != ExitCode.Done)
            {
                return code;
            }

            _platforms.Add((platform, await ImageTransfer.Ids(refs)));
        }

        Names = WithImages.ToImmutableDictionary(service => service.Key, service => NameThere(service), StringComparer.Ordinal);
        return ExitCode.Done;
    }

    /// <summary>Writes a file for each platform into a folder.</summary>
    public async Task<IReadOnlyList<SavedImages>> Save(string folder, Terminal terminal, CancellationToken isUnwanted)
    {
        var saved = new List<SavedImages>();
        foreach (var (platform, ids) in Names.Count == 0 ? [] : _platforms)
        {
            foreach (var (packed, id) in WithImages.Select(service => (Names[service.Key], ids[understood[service.Key].Image])).Distinct())
            {
                await ImageTransfer.Tag(id, packed);
                _tagged.Add(packed);
            }

            var file = Path.Combine(folder, PackFormat.Images(platform));
            await Save(file, platform, ids.Values, terminal, isUnwanted);
            saved.Add(new SavedImages(platform, file));
        }

        return saved;
    }

    private async Task Save(string file, string platform, IEnumerable<string> ids, Terminal terminal, CancellationToken isUnwanted)
    {
        var names = Names.Values.Distinct().Order(StringComparer.Ordinal).ToList();
        var size = await ImageTransfer.Size(ids);
        using var progress = new Progress(terminal, $"saving {GenerateCommand.Count(names.Count, "image")} for {platform}", size);
        await ImageTransfer.Save(names, file, progress.Add, isUnwanted);
        progress.Finish();
    }

    /// <summary>Pushes images, each once, and says what they are called by their content.</summary>
    /// <param name="services">Keys of the services whose images are pushed.</param>
    public async Task<IReadOnlyDictionary<string, string>> Push(IEnumerable<string> services)
    {
        var ids = _platforms[^1].Ids;
        var pushed = new Dictionary<string, string>(StringComparer.Ordinal);
        var names = services.ToDictionary(key => key, key => Names[key], StringComparer.Ordinal);
        foreach (var (key, name) in names.DistinctBy(pair => pair.Value))
        {
            await ImageTransfer.Tag(ids[understood[key].Image], name);
            _tagged.Add(name);
            pushed[name] = await ImagePush.Push(name);
        }

        return names.ToDictionary(pair => pair.Key, pair => pushed[pair.Value], StringComparer.Ordinal);
    }

    /// <summary>Takes the names away again, and gives back those that were another platform's meanwhile.</summary>
    public async Task Forget()
    {
        await ImageTransfer.Untag(_tagged);
        foreach (var (image, id) in _before)
        {
            await ImageTransfer.Tag(id, image);
        }
    }

    private async Task<int> Make(string? platform, UpFailure failure, DiagnosticBag bag)
    {
        var services = WithImages.ToImmutableArray();
        var builders = plan.Builders(services);
        var toPull = services.Where(service => plan.Builders([service]).Count == 0).ToImmutableArray();
        // What is here is taken as it is, but for another platform it is another image.
        var missing = platform is null ? await UpFailure.Missing(toPull, understood) : toPull;
        foreach (var service in missing.DistinctBy(service => understood[service.Key].Image))
        {
            var code = compose.Pull(composeFiles, service.Key, platform);
            if (code == ExitCode.Interrupted)
            {
                return ExitCode.Interrupted;
            }

            if (code != ExitCode.Done)
            {
                bag.Add(UpFailure.NotPulled(service, understood));
            }
        }

        if (bag.HasErrors)
        {
            return ExitCode.Wrong;
        }

        var built = builders.Count == 0 ? ExitCode.Done : compose.Build(composeFiles, builders, platform) ?? throw DockerFailure.Vanished("compose build");
        if (built is not (ExitCode.Done or ExitCode.Interrupted))
        {
            bag.AddAll(await failure.NotBuilt(builders, understood));
        }

        return built;
    }

    private string NameThere(PlannedService service)
    {
        var image = understood[service.Key].Image;
        var ids = string.Join(' ', _platforms.Select(platform => platform.Ids[image]));
        var hash = Sha256.Hex(Encoding.UTF8.GetBytes(ids))[..Digits];
        if (plan.Builders([service]) is [var builder])
        {
            return $"{repository}/{builder}:{hash}";
        }

        var last = image[(image.LastIndexOf('/') + 1)..].Split('@')[0].Split(':');
        return $"{repository}/{last[0]}:{(last.Length > 1 ? $"{last[1]}-" : string.Empty)}{hash}";
    }
}
