using System.Text.Json.Nodes;
using ComposeGen.Cli;
using ComposeGen.Tests.Support;

namespace ComposeGen.Tests.Cli;

/// <summary>What people see in an editor with the YAML language server, beside what is wrong.</summary>
public class EditorTests
{
    [Test]
    public void Over_a_key_it_says_what_the_key_is_for_with_an_example()
    {
        var project = new LanguageQuestion("service:\n  image: redis:7\n  healthcheck: {retries: 3}\n") { Schema = ProjectSchema.Text(), Hover = [new(1, 4), new(2, 17)] };
        var settings = new LanguageQuestion("ports: {range: 8000-8999}\n") { Schema = SettingsSchema.Text(), Hover = [new(0, 2), new(0, 10)] };

        var answers = LanguageServer.Ask(project, settings);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[0].Hovers[0], Does.Contain("The image to run").And.Contain("postgres:17"));
            Assert.That(answers[0].Hovers[1], Does.Contain("before the container counts as unhealthy").And.Contain("3 unless given"));
            Assert.That(answers[1].Hovers[0], Does.Contain("Ports on the host"));
            Assert.That(answers[1].Hovers[1], Does.Contain("32767").And.Contain("unless given").And.Contain("8000-8999"));
        }
    }

    [Test]
    public void It_offers_the_keys_that_can_stand_at_a_place_with_what_they_are_for()
    {
        var project = new LanguageQuestion("services:\n  web:\n    image: redis:7\n    \n") { Schema = ProjectSchema.Text(), Complete = [new(3, 4)] };
        var settings = new LanguageQuestion("ports:\n  \n") { Schema = SettingsSchema.Text(), Complete = [new(1, 2)] };

        var answers = LanguageServer.Ask(project, settings);
        var keys = answers[0].Completions[0].DistinctBy(item => item.Label).ToDictionary(item => item.Label, item => item.Documentation, StringComparer.Ordinal);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(keys, Does.ContainKey("depends_on").And.ContainKey("healthcheck").And.Not.ContainKey("image").And.Not.ContainKey("members"));
            Assert.That(keys["depends_on"], Does.Contain("start before this one"));
            Assert.That(answers[1].Completions[0].Select(item => item.Label), Is.SupersetOf((string[])["range", "reserved", "host_ip"]));
        }
    }

    /// <summary>Relative to the file, so that it works in every checkout and without a network.</summary>
    [Test]
    public void A_file_can_name_the_schema_that_lies_in_the_workspace()
    {
        using var workspace = new ScratchWorkspace()
            .With("schemas/project.schema.json", ProjectSchema.Text())
            .With("schemas/composegen.schema.json", SettingsSchema.Text());
        var project = new LanguageQuestion("# yaml-language-server: $schema=../../../schemas/project.schema.json\nservice:\n  imag: redis:7\n")
        {
            File = workspace.PathOf("projects/course/week1/project.yml"),
            Hover = [new(1, 2)],
        };
        var settings = new LanguageQuestion(DocPage.Snippets("settings.md", "yaml").First(text => text.Contains("$schema=schemas/", StringComparison.Ordinal)))
        {
            File = workspace.PathOf("composegen.yml"),
            Hover = [new(1, 1)],
        };

        var answers = LanguageServer.Ask(project, settings);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers[0].Messages, Is.EqualTo((string[])["Property imag is not allowed."]));
            Assert.That(answers[0].Hovers[0], Does.Contain("The one service of this project"));
            Assert.That(answers[1].Messages, Is.Empty);
            Assert.That(answers[1].Hovers[0], Does.Contain("The name of the Compose project"));
        }
    }

    [TestCase("/home/me/lab/composegen.yml", "schemas/composegen.schema.json", "nam: shop\n")]
    [TestCase("/home/me/lab/projects/shop/project.yml", "schemas/project.schema.json", "service: {imag: x}\n")]
    [TestCase("/home/me/lab/projects/course/week1/project.yml", "schemas/project.schema.json", "service: {imag: x}\n")]
    [TestCase("/home/me/lab/projects/shop/compose.yaml", null, "service: {imag: x}\n")]
    public void The_documented_settings_of_VS_Code_are_for_these_files(string file, string? schema, string text)
    {
        var settings = DocPage.Snippets("settings.md", "json", "In an editor").First();
        var schemas = JsonNode.Parse(settings)!["yaml.schemas"]!.AsObject();

        var answers = LanguageServer.Ask(
            [
                .. schemas.Select(entry => new LanguageQuestion(text)
                {
                    Schema = File.ReadAllText(Repository.PathOf(entry.Key)),
                    FileMatch = [entry.Value!.GetValue<string>()],
                    File = file,
                }),
            ]
        );

        var checkedBy = schemas.Select(entry => Path.GetRelativePath(".", entry.Key)).Where((_, i) => answers[i].Messages.Length > 0);
        Assert.That(checkedBy, Is.EqualTo(schema is null ? [] : new[] { schema }));
    }
}
