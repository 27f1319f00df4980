using System.Text.Json;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Tests.Support;
using Json.Schema;

namespace ComposeGen.Tests.Cli;

/// <summary>What editors say of a <c>composegen.yml</c> by its schema is what the tool says of it.</summary>
public class SettingsSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(SettingsSchema.Text());

    public static IEnumerable<string> GoldenCases() =>
        Directory
            .GetFiles(Repository.PathOf("tests", "ComposeGen.Tests", "Golden"), Settings.FileName, SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!))
            .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Paths() => SettingsTable.All.Select(setting => setting.Path);

    [Test]
    public void The_committed_schema_is_what_the_command_prints() =>
        Assert.That(
            File.ReadAllText(Repository.PathOf("schemas", "composegen.schema.json")),
            Is.EqualTo(SettingsSchema.Text()),
            "write it anew: ./composegen schema > schemas/composegen.schema.json"
        );

    [TestCaseSource(nameof(GoldenCases))]
    public void A_golden_file_is_valid_where_the_tool_takes_it_and_not_where_it_does_not(string name)
    {
        var text = File.ReadAllText(Repository.PathOf("tests", "ComposeGen.Tests", "Golden", name, Settings.FileName));

        Assert.That(IsValid(text), Is.EqualTo(Problems(text).Count == 0), string.Join('\n', Problems(text)));
    }

    [Test]
    public void There_are_golden_files_of_both_kinds() =>
        Assert.That(GoldenCases().Where(name => name.StartsWith("settings-mistakes", StringComparison.Ordinal)), Has.Exactly(4).Items);

    [TestCase("{}", true)]
    [TestCase("name: shop_2", true)]
    [TestCase("name: 2024", true)]
    [TestCase("name: -1", false)]
    [TestCase("name: -shop", false)]
    [TestCase("name: Shop", false)]
    [TestCase("name: ", false)]
    [TestCase("nam: shop", false)]
    [TestCase("ports: ", true)]
    [TestCase("ports: {}", true)]
    [TestCase("ports: {rang: 8000-8999}", false)]
    [TestCase("ports: {range: 1024-65535}", true)]
    [TestCase("ports: {range: 10000-9999999}", false)]
    [TestCase("ports: {range: 1023-2000}", false)]
    [TestCase("ports: {range: 8000-65536}", false)]
    [TestCase("ports: {range: 8000}", false)]
    [TestCase("ports: {range: 08000-8999}", false)]
    [TestCase("ports: {range: 8000 - 8999}", false)]
    [TestCase("ports: {range: 8000-8999-9000}", false)]
    [TestCase("ports: {range: [8000-8999]}", false)]
    [TestCase("ports: {reserved: []}", true)]
    [TestCase("ports: {reserved: [1, 65535, \"3306\", 9000-9100]}", true)]
    [TestCase("ports: {reserved: 3306}", false)]
    [TestCase("ports: {reserved: [0]}", false)]
    [TestCase("ports: {reserved: [65536]}", false)]
    [TestCase("ports: {reserved: [\"65536\"]}", false)]
    [TestCase("ports: {reserved: [80.5]}", false)]
    [TestCase("ports: {reserved: [-80]}", false)]
    [TestCase("ports: {reserved: [null]}", false)]
    [TestCase("ports: {host_ip: 192.168.1.10}", true)]
    [TestCase("ports: {host_ip: \"::\"}", true)]
    [TestCase("ports: {host_ip: \"fe80::1\"}", true)]
    [TestCase("ports: {host_ip: \"::ffff:10.0.0.1\"}", true)]
    [TestCase("ports: {host_ip: \"[::1]\"}", false)]
    [TestCase("ports: {host_ip: \"fe80::1%eth0\"}", false)]
    [TestCase("ports: {host_ip: 256.0.0.1}", false)]
    [TestCase("ports: {host_ip: 010.0.0.1}", false)]
    [TestCase("ports: {host_ip: 127.1}", false)]
    [TestCase("ports: {host_ip: 1}", false)]
    [TestCase("network: {name: back-bone2}", true)]
    [TestCase("network: {name: 2back}", false)]
    [TestCase("network: {name: back_bone}", false)]
    [TestCase("network: {name: -back}", false)]
    [TestCase("network: {name: null}", false)]
    [TestCase("network: {pool: 10.0.0.0/8}", true)]
    [TestCase("network: {pool: 10.77.1.0/24}", true)]
    [TestCase("network: {pool: 10.77.1.0/25}", false)]
    [TestCase("network: {pool: 0.0.0.0/7}", false)]
    [TestCase("network: {pool: 10.77.1.0}", false)]
    [TestCase("templates: a", true)]
    [TestCase("templates: ./a b/..c/", true)]
    [TestCase("templates: .", false)]
    [TestCase("templates: .//./", false)]
    [TestCase("templates: /a", false)]
    [TestCase("templates: ~/a", false)]
    [TestCase("templates: ..", false)]
    [TestCase("templates: a/../b", false)]
    [TestCase("templates: a/..", false)]
    [TestCase("templates: \"C:/a\"", false)]
    [TestCase("templates: 'a\\b'", false)]
    [TestCase("templates: \"\"", false)]
    [TestCase("python: 3", true)]
    [TestCase("python: 3.12", true)]
    [TestCase("python: 3.12.1", true)]
    [TestCase("python: 2.7", false)]
    [TestCase("python: 4", false)]
    [TestCase("python: three", false)]
    public void Both_say_the_same_of(string text, bool isSound)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(IsValid(text), Is.EqualTo(isSound), "by the schema");
            Assert.That(Problems(text), isSound ? Is.Empty : Is.Not.Empty);
        }
    }

    [TestCase("ports: {range: 9000-8000}")]
    [TestCase("ports: {reserved: [9100-9000]}")]
    [TestCase("ports: {host_ip: \"1::2::3\"}")]
    [TestCase("network: {pool: 10.77.3.0/16}")]
    public void What_a_schema_cannot_say_the_tool_does(string text)
    {
        Assert.That(IsValid(text), Is.True);
        Assert.That(Problems(text), Has.Count.EqualTo(1));
    }

    [TestCaseSource(nameof(Paths))]
    public void A_settings_examples_can_be_written_and_so_can_its_default(string path)
    {
        var setting = SettingsTable.All.Single(setting => setting.Path == path);
        string?[] values = setting.IsList ? [$"[{string.Join(", ", setting.Examples)}]", "[]"] : [.. setting.Examples, setting.Default];
        foreach (var value in values.OfType<string>())
        {
            var text = setting.Section is null ? $"{setting.Key}: {value}" : $"{setting.Section}: {{{setting.Key}: {Quoted(value)}}}";

            Assert.That(Problems(text), Is.Empty, text);
            Assert.That(IsValid(text), Is.True, text);
        }
    }

    [TestCaseSource(nameof(Paths))]
    public void The_page_about_settings_has_a_line_for_each_with_its_default(string path)
    {
        var setting = SettingsTable.All.Single(setting => setting.Path == path);
        var page = File.ReadAllText(Repository.PathOf("docs", "settings.md"));

        Assert.That(page, Does.Contain($"| `{path}` | {(string.IsNullOrEmpty(setting.Default) ? string.Empty : $"`{setting.Default}`")}"));
    }

    private static bool IsValid(string text)
    {
        using var json = JsonDocument.Parse(YamlToJson.Read(text).ToJsonString());
        return Schema.Evaluate(json.RootElement).IsValid;
    }

    private static List<string> Problems(string text)
    {
        var bag = new DiagnosticBag();
        Settings.Read(new SourceText(Settings.FileName, text), bag);
        return [.. bag.Sorted().Select(diagnostic => diagnostic.Message)];
    }

    // `::1` would begin a mapping.
    private static string Quoted(string value) => value.StartsWith(':') ? $"\"{value}\"" : value;
}
