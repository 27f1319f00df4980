using System.Collections.Immutable;
using System.Globalization;
using ComposeGen.Diagnostics;
using ComposeGen.Docker;
using ComposeGen.Processes;

namespace ComposeGen.Cli;

/// <summary>Shows a service's page in the browser; where there is none, tells its address.</summary>
internal static class OpenCommand
{
    // A page that takes longer to come up is better waited for with `up --wait`.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A browser that cannot start says so sooner.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(2);

    public static async Task<int> Run(OpenOptions options, Terminal terminal)
    {
        var (live, code) = await LiveWorkspace.Look(options, terminal);
        if (live is null)
        {
            return code;
        }

        var bag = new DiagnosticBag();
        var services = live.Named([.. options.Arguments], bag);
        var links = bag.HasErrors ? null : await ServiceLink.Of(live);
        var page = links is null ? null : Choose(live, services, links, options.Arguments.FirstOrDefault(), bag, terminal.Out);
        if (terminal.Report(bag, live.Files) || page is null)
        {
            return ExitCode.Of(bag);
        }

        ImmutableArray<ServiceLink> all = [.. links![page.Key].OrderByDescending(link => link.IsPage)];
        return await Show(page, all, options.Print, terminal);
    }

    /// <summary>The service with a page that is meant; null, with a diagnostic, where that is not one, or it does not run.</summary>
    private static NamedService? Choose(
        LiveWorkspace live,
        ImmutableArray<NamedService> services,
        ILookup<string, ServiceLink> links,
        string? name,
        DiagnosticBag bag,
        TextWriter output
    )
    {
        var pages = services.Where(service => links[service.Key].Any(link => link.IsPage)).ToList();
        var running = pages.FindAll(IsUp);
        switch (pages, running)
        {
            case (_, [var only]):
                return only;
            case (_, [_, _, ..]):
                WriteLinks(running.SelectMany(service => links[service.Key].Where(link => link.IsPage).Take(1).Select(link => (service, link))), output);
                bag.Add(Errors.WhichPage([.. running.Select(service => service.Label)]));
                return null;
            case ([], _):
                bag.Add(Errors.NoPage(name, [.. services.SelectMany(service => links[service.Key]).Select(link => link.Place)]));
                return null;
            default:
                bag.Add(HandOver.NotUp(live, pages is [var idle] ? idle.Label : name, pages));
                return null;
        }

        bool IsUp(NamedService service) => live.ContainersOf(service).Any(container => container.IsRunning);
    }

    private static async Task<int> Show(NamedService service, ImmutableArray<ServiceLink> links, bool isPrinted, Terminal terminal)
    {
        var page = links[0];
        var place = EnginePlace.Current();
        var isHidden = place.Machine is not null && page.IsOfOneMachine;
        if (!isHidden && !await PortAnswer.Wait(new Uri(page.Url), Patience))
        {
            var bag = new DiagnosticBag();
            bag.Add(Errors.NoAnswer(service.Label, page.Place));
            terminal.Report(bag);
            return ExitCode.Wrong;
        }

        if (isPrinted)
        {
            terminal.Out.WriteLine(page.Url);
            terminal.Out.Flush();
            return ExitCode.Done;
        }

        WriteLinks(links.Select(link => (service, link)), terminal.Out);
        if (isHidden)
        {
            terminal.Error.WriteLine($"not opened: it answers on {place.Machine} alone; this brings it here: {Tunnel(page, place.Login!)}");
        }
        else if (Browser.Find(page.Url, Environment.GetEnvironmentVariable, program => ForeignProgram.OnPath(program) is not null, OperatingSystem.IsMacOS(), out var why) is not { } browser)
        {
            terminal.Error.WriteLine($"not opened: {why}{(Login(Environment.GetEnvironmentVariable("SSH_CONNECTION")) is { } login && page.IsOfOneMachine ? $"; this brings the page there: {Tunnel(page, login)}" : string.Empty)}");
        }
        else if (await ForeignProgram.Launch(browser.Program, browser.Arguments, Start) is not 0 and var ended && browser.IsTelling)
        {
            terminal.Error.WriteLine($"not opened: {DiagnosticWriter.Visible(browser.Program)} {(ended is { } exit ? string.Create(CultureInfo.InvariantCulture, $"ended with exit code {exit}") : "could not be started")}; open the address yourself");
        }

        return ExitCode.Done;
    }

    private static void WriteLinks(IEnumerable<(NamedService Service, ServiceLink Link)> links, TextWriter output)
    {
        foreach (var (service, link) in links)
        {
            output.WriteLine($"{DiagnosticWriter.Visible(service.Label)}  {link.Url}");
        }

        output.Flush();
    }

    private static string Tunnel(ServiceLink link, string login) =>
        string.Create(CultureInfo.InvariantCulture, $"ssh -N -L {link.Host}:{link.HostIp}:{link.Host} {login}");

    /// <summary>What <c>ssh</c> takes, on the other side, for a login here.</summary>
    /// <param name="connection">What a session has in SSH_CONNECTION: the addresses and ports of both sides.</param>
    public static string? Login(string? connection) =>
        connection?.Split(' ') is [_, _, var address, var port] ? $"{(port == "22" ? string.Empty : $"-p {port} ")}{Environment.UserName}@{address}" : null;
}
