using System.Text.RegularExpressions;
using ComposeGen.Cli;
using ComposeGen.Diagnostics;
using ComposeGen.Tests.Support;
using ComposeGen.Workspaces;

namespace ComposeGen.Tests.Sharing;

/// <summary>The file that is sent to a swarm, and what is said of that which a swarm cannot do.</summary>
public partial class StackFileTests
{
    private static readonly Dictionary<string, string> Images =
        new() { ["shop"] = $"registry.test/shop:1@sha256:{new string('a', 64)}", ["shop-db"] = "registry.test/db:1" };

    private ScratchWorkspace _workspace = null!;

    [SetUp]
    public void Makes_a_workspace() => _workspace = new ScratchWorkspace("lab").With("which-project", "shop\n");

    [TearDown]
    public void Removes_it() => _workspace.Dispose();

    [Test]
    public void A_service_is_said_as_a_swarm_takes_it()
    {
        var (text, messages) = Render(
            """
            services:
              web:
                image: shop
                ports: ["127.0.0.1:8080:80", {target: 443, mode: host, app_protocol: https}]
                restart: on-failure:3
                scale: 2
                cpus: 0.5
                mem_limit: 64m
                pids_limit: 100
                mem_reservation: 32m
                expose: [9000]
                tty: on
                environment: {GREETING: "${GREETING:-hi ${NAME-there} for $$5}", TOKEN: "${TOKEN}", x-y: "true"}
                volumes: ["data:/data:ro", {type: tmpfs, target: /cache, tmpfs: {size: 4m}}]
                deploy: {placement: {constraints: [node.role == worker], x-why: data}}
            volumes: {data: {}}

            """,
            "TOKEN='a$b'\n"
        );

        Assert.That(
            text,
            Is.EqualTo(
                """
                services:
                  shop:
                    image: registry.test/shop:1@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
                    tty: true
                    environment:
                      GREETING: "hi there for $$5"
                      TOKEN: "a$$b"
                      x-y: "true"
                      SHOP_WEB_443_PUBLIC_URL: https://127.0.0.1:8443
                      SHOP_WEB_443_URL: https://shop
                      SHOP_WEB_80_PUBLIC_URL: http://127.0.0.1:8080
                      SHOP_WEB_80_URL: http://shop
                      SHOP_WEB_HOST: shop
                      SHOP_WEB_PORT: "80"
                      SHOP_WEB_PUBLIC_URL: http://127.0.0.1:8080
                      SHOP_WEB_URL: http://shop
                    volumes: [shop-data:/data:ro, {type: tmpfs, target: /cache, tmpfs: {size: 4194304}}]
                    ports:
                      - {target: 80, published: 8080, protocol: tcp}
                      - {target: 443, published: 8443, protocol: tcp, mode: host}
                    networks: {shared: {aliases: [web.shop]}}
                    deploy:
                      placement: {constraints: ["node.role == worker"]}
                      replicas: 2
                      restart_policy: {condition: on-failure, max_attempts: 3}
                      resources: {limits: {cpus: "0.5", memory: "64m", pids: 100}, reservations: {memory: "32m"}}
                networks: {shared: {name: labshared, driver: overlay}}
                volumes: {shop-data: {}}

                """
            )
        );
        Assert.That(messages, Is.Empty);
    }

    [Test]
    public void What_a_swarm_does_otherwise_is_said_with_its_place()
    {
        var (text, messages) = Render(
            """
            services:
              web:
                build: .
                privileged: true
                depends_on: [db]
                volumes: [".:/src", "/srv/data:/data", "cache:/cache"]
                deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}
              db: {image: db, network_mode: host}
            volumes: {cache: {}}

            """
        );

        Assert.That(
            messages,
            Is.EqualTo(
                new[]
                {
                    "projects/shop/project.yml:3:12 CG0934 nodes build nothing: shop:web is built here, and pulled there as an image that is pushed first",
                    "projects/shop/project.yml:4:5 CG0932 `privileged` of shop:web means nothing in a swarm and is left out",
                    "projects/shop/project.yml:5:5 CG0932 `depends_on` of shop:web means nothing in a swarm and is left out",
                    "projects/shop/project.yml:6:15 CG0935 shop:web mounts ./projects/shop of this machine, which the swarm's nodes have not: it is left out",
                    "projects/shop/project.yml:6:25 CG0936 shop:web mounts /srv/data of whichever node it runs on",
                    "projects/shop/project.yml:6:44 CG0937 the volume `shop-cache` of shop:web is on the node where it runs: on another one it starts with an empty one",
                    "projects/shop/project.yml:7:50 CG0932 `deploy.resources.reservations.devices` of shop:web means nothing in a swarm and is left out",
                    "projects/shop/project.yml:8:19 CG0933 shop:db cannot run in a swarm as it is: `network_mode`",
                }
            )
        );
        Assert.That(text, Does.Contain("volumes: [/srv/data:/data, shop-cache:/cache]").And.Not.Contain("privileged").And.Not.Contain("devices"));
    }

    [Test]
    public void Configs_and_secrets_have_another_name_once_they_have_another_content()
    {
        const string Project = "services: {web: {image: shop, configs: [page], secrets: [key]}}\nconfigs: {page: {content: \"for ${WHO-all}\"}}\nsecrets: {key: {file: key.txt}}\n";
        _workspace.With("projects/shop/key.txt", "a key");
        var first = Names(Render(Project).Text);
        var same = Names(Render(Project).Text);
        var others = Names(Render(Project, "WHO=me\n").Text);

        Assert.That(first, Has.Length.EqualTo(2).And.All.Match("^lab_shop-(page|key)_[0-9a-f]{12}$"));
        Assert.That(same, Is.EqualTo(first));
        Assert.That(others[0], Is.Not.EqualTo(first[0]));
        Assert.That(others[1], Is.EqualTo(first[1]));

        File.Delete(_workspace.PathOf("projects/shop/key.txt"));
        Assert.That(Render(Project).Messages, Is.EqualTo(new[] { " CG0943 the secret `shop-key` cannot be sent: there is no file ./projects/shop/key.txt" }));

        static string[] Names(string text) => [.. NameOf().Matches(text).Select(match => match.Groups[1].Value)];
    }

    [Test]
    public void Networks_are_encrypted_where_that_is_asked_for()
    {
        var (text, _) = Render("service: {image: shop}\n", isEncrypted: true);

        Assert.That(text, Does.Contain("networks: {shared: {name: labshared, driver: overlay, driver_opts: {encrypted: \"true\"}}}"));
    }

    [Test]
    public void A_definition_has_no_values_and_no_digest_counts()
    {
        const string Project = "service: {image: shop, environment: {TOKEN: \"${TOKEN}\"}}\n";
        var one = Definition("TOKEN=first\n", 'a');

        Assert.That(one, Does.Contain("TOKEN: \"${SHOP_TOKEN-${TOKEN-}}\"").And.Not.Contain("first"));
        Assert.That(Definition("TOKEN=first\n", 'b'), Is.EqualTo(one), "the same image, pushed again");
        Assert.That(Definition("TOKEN=second\n", 'a'), Is.Not.EqualTo(one), "another value");

        string Definition(string variables, char digest)
        {
            using var file = Fill(Project, variables, new Dictionary<string, string> { ["shop"] = $"registry.test/shop:1@sha256:{new string(digest, 64)}" }, false, new DiagnosticBag());
            return StackFile.WithoutDigests(file.Definitions["shop"]);
        }
    }

    private (string Text, string[] Messages) Render(string project, string variables = "", bool isEncrypted = false)
    {
        var bag = new DiagnosticBag();
        using var file = Fill(project, variables, Images, isEncrypted, bag);
        // How it was defined is a label, and the same once more.
        var text = Label().Replace(File.ReadAllText(file.Path), string.Empty);
        return (text, [.. bag.Sorted().Select(diagnostic => $"{diagnostic.Span} {diagnostic.Code} {diagnostic.Message}")]);
    }

    private StackFile Fill(string project, string variables, Dictionary<string, string> images, bool isEncrypted, DiagnosticBag bag)
    {
        _workspace.With("projects/shop/project.yml", project).With(".env", variables);
        var files = new WorkspaceFiles(_workspace.Root);
        var problems = new DiagnosticBag();
        var generated = Pipeline.Run(files, problems);
        Assert.That(generated, Is.Not.Null, () => string.Join('\n', problems.Sorted().Select(diagnostic => diagnostic.Message)));
        var file = new StackFile(files, generated!.Plan, "lab", WorkspaceEnvironment.Load(files));
        file.Render(images, isEncrypted, bag);
        file.Fill(bag);
        return file;
    }

    [GeneratedRegex("""\n    deploy: \{labels: \{composegen\.definition: .*\}\}|\n    deploy:\n      labels:\n        composegen\.definition: .*|\n      labels:\n        composegen\.definition: .*""")]
    private static partial Regex Label();

    [GeneratedRegex(@"name: (lab_\S+?)[,\n]")]
    private static partial Regex NameOf();
}
