using System.Text.Json;

namespace ComposeGen.Tests.Docker;

/// <summary>What a service is told of the addresses of others is true.</summary>
public class AddressesTests : EngineFixture
{
    private const string Ask = "import os, urllib.request as r; print(r.urlopen(os.environ['SHOP_WEB_URL'] + '/is').read().decode())";

    [Test]
    public void A_service_gets_an_answer_at_the_urls_that_it_is_told()
    {
        using var stack = new Stack("addresses")
            .WithProject(
                "shop",
                "services: {web: {image: \"python:3.11-slim\", init: true, working_dir: /srv, ports: [8000], "
                    + "command: [sh, -c, \"echo -n the-shop > is; exec python -m http.server 8000\"]}}"
            )
            .WithProject(
                "front",
                "service: {image: \"python:3.11-slim\", init: true, command: [sleep, infinity], depends_on: [\"shop:web\"], "
                    + "environment: {NO_PROXY: \"*\", no_proxy: \"*\"}}"
            );
        stack.Do("up", "-d");
        Http.AnswersEventually(stack.Urls()["shop:web"]);

        Assert.That(stack.Exec("front", "python", "-c", Ask), Is.EqualTo("the-shop"));
        var outside = stack.Exec("front", "printenv", "SHOP_WEB_PUBLIC_URL");
        Assert.That(Http.Get($"{outside}/is").GetAwaiter().GetResult(), Is.EqualTo("the-shop"));
    }

    [Test]
    public void A_public_url_follows_the_variable_that_publishes()
    {
        using var stack = new Stack("addresses-port")
            .With("which-project", "a\n")
            .With("projects/a/compose.yaml", "services: {web: {image: i, ports: [\"${BIND:-0.0.0.0}:${PORT:-18890}:80\"]}}\n");
        stack.Do("generate");

        Assert.That(Read(stack, "a", [])["A_WEB_PUBLIC_URL"], Is.EqualTo("http://127.0.0.1:18890"));
        Assert.That(
            Read(stack, "a", new() { ["A_PORT"] = "18999", ["BIND"] = "127.0.0.2" })["A_WEB_PUBLIC_URL"],
            Is.EqualTo("http://127.0.0.2:18999")
        );
    }

    [Test]
    public void What_an_env_file_sets_stays()
    {
        const string Values = """
            BASE=b
            A_DB_HOST="a \"b\" \$BASE ${BASE}" # and a comment
            A_WEB_HOST=${BASE:-none}-${NONE:-d}
            """;
        using var stack = new Stack("addresses-file")
            .With("which-project", "a\n")
            .With("projects/a/web.env", Values)
            .With("projects/a/raw.env", "A_RAW_HOST=\"$BASE\" 'x' \\ # y\n")
            .With(
                "projects/a/compose.yaml",
                """
                services:
                  db: {image: i}
                  web: {image: i, depends_on: [db], env_file: web.env}
                  raw: {image: i, depends_on: [db], env_file: [{path: raw.env, format: raw}]}
                """
            );
        stack.Do("generate");
        var web = Read(stack, "a-web", []);
        var raw = Read(stack, "a-raw", []);

        Assert.That(web["A_DB_HOST"], Is.EqualTo("a \"b\" $BASE b"));
        Assert.That(web["A_WEB_HOST"], Is.EqualTo("b-d"));
        Assert.That(raw["A_RAW_HOST"], Is.EqualTo("\"$BASE\" 'x' \\ # y"));
        Assert.That(raw["A_DB_HOST"], Is.EqualTo("a-db"));
    }

    // The dollar signs of what is printed are doubled, as in a file.
    private static Dictionary<string, string?> Read(Stack stack, string service, Dictionary<string, string?> environment)
    {
        var outcome = Support.Run.Program("docker", stack.Root, environment, "compose", "config", "--format", "json");
        Assert.That(outcome.ExitCode, Is.Zero, outcome.ToString);
        using var config = JsonDocument.Parse(outcome.Output);
        return config
            .RootElement.GetProperty("services")
            .GetProperty(service)
            .GetProperty("environment")
            .EnumerateObject()
            .ToDictionary(variable => variable.Name, variable => variable.Value.GetString()?.Replace("$$", "$", StringComparison.Ordinal));
    }
}
