using System.Text.Json.Nodes;
using ComposeGen.Planning;

namespace ComposeGen.Tests.Docker.Semantics;

/// <summary>The variables that services of the generated file have beyond what their projects say: where others are.</summary>
internal static class AddedAddresses
{
    /// <summary>
    /// Takes a service's away again; all that the plan gives it have to be there. One that the original has (from an env_file)
    /// stays, to be compared.
    /// </summary>
    public static void TakeFrom(JsonObject service, PlannedService planned, PartNames names)
    {
        var original = names.Original["services"]![planned.Name]!["environment"] as JsonObject;
        foreach (var (name, _) in names.Addresses.Of(planned))
        {
            Assert.That(service["environment"]?[name], Is.Not.Null, $"{name} of {planned}");
            if (original?.ContainsKey(name) != true)
            {
                service["environment"]!.AsObject().Remove(name);
            }
        }

        if (original is null && service["environment"] is JsonObject { Count: 0 })
        {
            service.Remove("environment");
        }
    }
}
