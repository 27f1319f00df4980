using System.Text.Json.Nodes;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>The subnets that networks of the generated file have beyond what their projects say.</summary>
internal static class GivenSubnet
{
    /// <summary>Takes a network's away again; it has to be there where the plan gives one.</summary>
    public static void TakeFrom(JsonObject network, string key, PartNames names)
    {
        if (!names.Plan.Ports.Subnets.TryGetValue(key, out var subnet))
        {
            return;
        }

        var configs = network["ipam"]!["config"]!.AsArray();
        configs.Remove(configs.Single(config => (string?)config!["subnet"] == subnet.ToString()));
        if (configs.Count == 0)
        {
            network.Remove("ipam");
        }
    }
}
