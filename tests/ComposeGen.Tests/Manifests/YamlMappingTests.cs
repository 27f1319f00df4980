using ComposeGen.Manifests;

namespace ComposeGen.Tests.Manifests;

public class YamlMappingTests
{
    [Test]
    public void A_changed_mapping_of_many_keys_gives_its_new_values()
    {
        var yaml = new YamlFactory(default);
        var mapping = yaml.Map(Enumerable.Range(0, 20).Select(i => ($"key{i}", (YamlNode)yaml.Text("old"))));
        Assert.That(mapping["key3"], Is.EqualTo(yaml.Text("old")), "asked once, which makes the table");

        var changed = mapping with { Entries = [.. mapping.Entries.Select(entry => entry with { Value = yaml.Text("new") })] };

        Assert.That(changed["key3"], Is.EqualTo(yaml.Text("new")));
    }
}
