using System.Collections.Immutable;
using System.Text;
using ComposeGen.Compose;
using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Rendering;

/// <summary>
/// The override file (Compose Specification, chapter Merge): where this machine's plan comes to other ports, variables or
/// subnets than the committed one. Found by building both, so that whatever follows from a port follows here too.
/// </summary>
internal static class MachineOverride
{
    /// <param name="committed">The plan as the committed file has it.</param>
    /// <param name="here">The same with this machine's ports and subnets.</param>
    /// <param name="memory">What is remembered, written as comments; not empty.</param>
    public static string Text(Plan committed, Plan here, MachinePorts memory)
    {
        var text = new StringBuilder();
        foreach (var line in memory.Lines())
        {
            text.Append(line).Append('\n');
        }

        // For a plain `docker compose`; the tool itself gives the name with each call.
        if (memory.Slot != LocalSettings.FirstSlot)
        {
            text.Append("name:");
            YamlText.Append(text, new YamlScalar(here.Workspace.ComposeProject, false, default), 0);
            text.Append('\n');
        }

        var (old, now) = (ComposeBuilder.Build(committed), ComposeBuilder.Build(here));
        AppendServices(text, old, now);
        AppendNetworks(text, old, now);
        return text.ToString();
    }

    private static void AppendServices(StringBuilder text, ComposeDocument old, ComposeDocument now)
    {
        var services = new StringBuilder();
        foreach (var (before, (service, body)) in old.Services.Zip(now.Services))
        {
            var isMoved = !YamlNode.Same(before.Body["ports"], body["ports"]);
            var variables = Changed(before.Body["environment"], body["environment"]);
            if (!isMoved && variables is null)
            {
                continue;
            }

            services.Append("  ").Append(YamlText.Quote(service.Key)).Append(":\n");
            AppendKey(services, "environment:", variables);
            AppendKey(services, "ports: !override", isMoved ? body["ports"] : null);
        }

        if (services.Length > 0)
        {
            text.Append("services:\n").Append(services);
        }
    }

    private static void AppendKey(StringBuilder text, string key, YamlNode? value)
    {
        if (value is not null)
        {
            YamlText.Append(text.Append(' ', 4).Append(key), value, 6);
            text.Append('\n');
        }
    }

    // Compose merges variables by name, in whichever of the two forms they are written; null where none is another.
    private static YamlNode? Changed(YamlNode? old, YamlNode? now)
    {
        if (old is YamlMapping before && now is YamlMapping map)
        {
            var entries = map.Entries.Where(entry => !YamlNode.Same(before[entry.Name], entry.Value)).ToImmutableArray();
            return entries.IsEmpty ? null : map with { Entries = entries };
        }

        if (old is YamlSequence texts && now is YamlSequence list)
        {
            var items = list.Items.Zip(texts.Items).Where(pair => !YamlNode.Same(pair.First, pair.Second)).Select(pair => pair.First).ToImmutableArray();
            return items.IsEmpty ? null : list with { Items = items };
        }

        return null;
    }

    private static void AppendNetworks(StringBuilder text, ComposeDocument old, ComposeDocument now)
    {
        var networks = new StringBuilder();
        foreach (var (before, entry) in Networks(old).Zip(Networks(now)))
        {
            if (Addresses(entry) is { } addresses && !YamlNode.Same(Addresses(before), addresses))
            {
                networks.Append("  ").Append(YamlText.Quote(entry.Name)).Append(":\n    ipam:\n      config: !override");
                YamlText.Append(networks, addresses, 8);
                networks.Append('\n');
            }
        }

        if (networks.Length > 0)
        {
            text.Append("networks:\n").Append(networks);
        }
    }

    private static IEnumerable<YamlEntry> Networks(ComposeDocument document) =>
        document.Sections.Where(section => section.Name == "networks").SelectMany(section => section.Entries);

    private static YamlNode? Addresses(YamlEntry network) => ((network.Value as YamlMapping)?["ipam"] as YamlMapping)?["config"];
}
