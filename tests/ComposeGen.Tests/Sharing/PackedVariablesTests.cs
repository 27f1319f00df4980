using ComposeGen.Cli;
using ComposeGen.Compose;
using ComposeGen.Diagnostics;
using ComposeGen.Planning;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Sharing;

/// <summary>What somebody has to set who starts what was packed, and what the packed file says of the rest.</summary>
public class PackedVariablesTests
{
    [Test]
    public void Which_have_to_be_set_and_which_may_be()
    {
        using var workspace = new ScratchWorkspace("lab")
            .With("which-project", "shop\n")
            .With("projects/shop/some.env", "COLOUR=blue\n")
            .With(
                "projects/shop/project.yml",
                """
                service:
                  build: {context: ., args: {ONLY_BUILT: "${ONLY_BUILT:?}"}}
                  env_file: some.env
                  secrets: [token]
                  environment:
                    A: "${DEMANDED:?say it}"
                    B: "${BARE}"
                    C: "${USUAL:-some}"
                    TAKEN:
                    D: "${COMPOSE_PROJECT_NAME}"
                secrets: {token: {environment: TOKEN}}

                """
            );
        var plan = Pipeline.Run(new WorkspaceFiles(workspace.Root), new DiagnosticBag())!.Plan;
        var document = PackedDocument.Of(ComposeBuilder.Build(plan), "lab", new Dictionary<string, string> { ["shop"] = "lab-packed/shop:1" }, _ => ["COLOUR"]);

        var variables = PackedVariables.Of(plan, document.Services.Select(service => service.Body), ["${SHOP_TOKEN+SHOP_}TOKEN"]);

        Assert.That(
            variables.Select(variable => $"{variable.Name} {variable.HasToBeSet}"),
            Is.EqualTo(
                new[]
                {
                    "SHOP_BARE True",
                    "SHOP_DEMANDED True",
                    "SHOP_FILE_COLOUR True",
                    "SHOP_TAKEN False",
                    "SHOP_TOKEN True",
                    "SHOP_USUAL False",
                }
            )
        );
        var text = PackTexts.Example(variables);
        Assert.That(PackTexts.Wanted(text), Is.EqualTo(new[] { "SHOP_BARE", "SHOP_DEMANDED", "SHOP_FILE_COLOUR", "SHOP_TOKEN" }));
        Assert.That(text, Does.Contain("\n# SHOP_USUAL=\n").And.Not.Contain("some\n"));
    }

    [TestCase("plain", ExpectedResult = "A='plain'\n")]
    [TestCase("$HOME #1", ExpectedResult = "A='$HOME #1'\n")]
    [TestCase("it's $5\\", ExpectedResult = "A=\"it's \\$5\\\\\"\n")]
    public string A_value_is_written_so_that_it_means_itself(string value) => PackTexts.Line("A", value);
}
