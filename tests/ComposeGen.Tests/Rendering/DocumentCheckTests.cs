using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Manifests;
using ComposeGen.Planning;
using ComposeGen.Rendering;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Rendering;

/// <summary>What is wrong with trees is noticed before they are written, so that it need not be looked for in the text.</summary>
public class DocumentCheckTests
{
    [TestCase("image: i", ExpectedResult = true)]
    [TestCase("ports: [{target: 80, published: \"8000\"}]", ExpectedResult = false)] // both services have it
    [TestCase("depends_on: [shop-web]", ExpectedResult = true)]
    [TestCase("depends_on: [nobody]", ExpectedResult = false)]
    [TestCase("depends_on: {nobody: {condition: service_started, required: false}}", ExpectedResult = true)]
    [TestCase("network_mode: \"service:nobody\"", ExpectedResult = false)]
    [TestCase("volumes: [\"shop-data:/data\"]", ExpectedResult = true)]
    [TestCase("volumes: [\"other:/data\"]", ExpectedResult = false)]
    [TestCase("networks: [shared]", ExpectedResult = true)]
    [TestCase("networks: [other]", ExpectedResult = false)]
    [TestCase("secrets: [{source: other}]", ExpectedResult = false)]
    public bool What_a_service_says(string said) => IsSound(said);

    [TestCase(160, ExpectedResult = true)]
    [TestCase(998, ExpectedResult = true)]
    [TestCase(1_001, ExpectedResult = false)]
    public bool A_key_is_no_longer_than_YAML_takes(int length) => IsSound($"labels: {{? \"{new string('é', length)}\" : x}}");

    private static bool IsSound(string said)
    {
        using var workspace = new ScratchWorkspace()
            .With("which-project", "shop\n")
            .With("projects/shop/project.yml", "services: {web: {image: i, volumes: [\"data:/d\"]}, db: {image: i}}\nvolumes: {data: {}}\n");
        var bag = new DiagnosticBag();
        var plan = Planner.Plan(WorkspaceLoader.Load(new WorkspaceFiles(workspace.Root), bag)!, bag);
        var entries = ((YamlMapping)YamlReader.Read(new SourceText("f", $"{{{said}}}"), new DiagnosticBag())!).Entries;
        var document = ComposeBuilder.Build(plan);
        var check = new DocumentCheck(document);
        var changed = document.Services.Then(service => service with { Body = entries.Aggregate(service.Body, (body, entry) => body.With(entry.Name, entry.Value)) });
        foreach (var service in changed)
        {
            check.Look(service);
        }

        return check.IsSound;
    }
}
