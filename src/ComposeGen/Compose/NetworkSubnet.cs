using ComposeGen.Manifests;
using ComposeGen.Planning;

namespace ComposeGen.Compose;

/// <summary>The subnet that the plan gives a network, said as Compose wants it (Compose Specification, Networks, chapter ipam).</summary>
internal static class NetworkSubnet
{
    /// <summary>The network with its subnet, where it has one, beside whatever else is said of it.</summary>
    public static YamlNode Add(Plan plan, string key, YamlNode network, YamlFactory yaml)
    {
        if (network is not YamlMapping map || !plan.Ports.Subnets.TryGetValue(key, out var subnet))
        {
            return network;
        }

        var ipam = map["ipam"] as YamlMapping ?? yaml.Map();
        var others = (ipam["config"] as YamlSequence)?.Items ?? [];
        var own = yaml.Map(("subnet", yaml.Text(subnet.ToString())));
        return map.With("ipam", ipam.With("config", yaml.List([.. others, own])));
    }
}
